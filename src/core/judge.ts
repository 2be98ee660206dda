import type { Config } from "../model/config.ts";
import { LOOSE, type Unit, type Unreadable } from "../model/document.ts";
import type { RawFinding } from "../model/finding.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { RuleId, RuleMetadata } from "../model/rule.ts";
import { ruleParams } from "./config/settings.ts";
import { evaluate, type EvaluationResult } from "./evaluate.ts";
import { changeFacts, type Changes } from "./compare/changes.ts";
import { encryptionFacts } from "./facts/encryption.ts";
import { collectFacts } from "./facts/facts.ts";
import { RepositoryFacts } from "./facts/repository.ts";
import type { GatheredFile } from "./gather.ts";
import type { Evaluation, FileEvidence, JudgedObject } from "./input/policy-input.ts";
import { writtenUri } from "./charts/rendered-file.ts";
import { Memory, type JudgedUnit } from "./memory.ts";
import { EVERYTHING, type Share } from "./shard.ts";
import type { PolicyEngine, Progress } from "./ports.ts";

/** Object rules are evaluated on this many objects at a time: memory stays bounded, and a failure small. */
const BATCH = 400;

/**
 * Kinds that a reference from a unit may still resolve to among the loose objects: what a cluster has
 * for everybody. Workloads and Secrets of others say nothing about a unit.
 */
export const SHARED_KINDS: ReadonlySet<string> = new Set([
  "ClusterRole",
  "Role",
  "CustomResourceDefinition",
  "Namespace",
  "ServiceAccount",
  "CronJob",
  "Certificate",
]);

/** What the policy said about a run. */
export interface Judgement {
  readonly findings: readonly RawFinding[];
  readonly unreadable: readonly Unreadable[];
  /** The rules that had something to look at, besides what is only there for references. */
  readonly applied: readonly RuleId[];
}

/**
 * Evaluates object rules on all objects in batches, and set rules once on each unit. `clock` is in
 * seconds. What an earlier run with the same `memory` judged is not judged again.
 */
export async function judge(
  gathered: readonly GatheredFile[],
  rules: readonly RuleMetadata[],
  config: Config,
  clock: number,
  engine: PolicyEngine,
  { memory = new Memory(), share = EVERYTHING, addresses = [], changes = new Map(), progress }: JudgeOptions,
): Promise<Judgement> {
  const settings = settingsFor(config, rules);
  const repository = new RepositoryFacts(
    gathered.map(({ source, context, objects }) => ({
      source,
      context,
      objects: objects.map(({ object }) => object),
    })),
    addresses,
  );
  const run: Run = {
    evaluate: (evaluation) => evaluate({ ...evaluation, clock }, settings, engine),
    progress,
    memory,
    share,
    told: (some) => ({ ...repository.of(some.map(({ object }) => object)), ...changeFacts(some, changes) }),
  };
  const objects = await judgeObjects(
    gathered,
    rules.filter(({ scope }) => scope === "object"),
    run,
  );
  const units = await judgeUnits(
    gathered,
    rules.filter(({ scope }) => scope === "set"),
    run,
  );
  // What is no manifest is looked at too: by the rules that read any kind.
  const own = gathered.filter(({ context }) => !context);
  const looked =
    own.length > 0
      ? applicable(
          rules,
          own.flatMap((file) => file.objects),
        )
      : [];
  return {
    findings: [...objects.findings, ...units.findings],
    unreadable: [...objects.unreadable, ...units.unreadable],
    applied: looked.map(({ id }) => id),
  };
}

/** How a run judges. */
export interface JudgeOptions {
  readonly progress: Progress;
  /** That of an earlier run over almost the same files. */
  readonly memory?: Memory;
  readonly share?: Share;
  /** Addresses of the repository, as `host/path`. */
  readonly addresses?: readonly string[];
  /** What a change did to the objects; empty without a comparison. */
  readonly changes?: Changes;
}

interface Run {
  readonly evaluate: (evaluation: Omit<Evaluation, "clock">) => Promise<EvaluationResult>;
  readonly progress: Progress;
  readonly memory: Memory;
  readonly share: Share;
  /** What the host tells of the repository and of the change, as far as it is about some objects. */
  readonly told: (objects: readonly JudgedObject[]) => JsonObject;
}

async function judgeObjects(
  gathered: readonly GatheredFile[],
  rules: readonly RuleMetadata[],
  { evaluate, progress, memory, share, told: toldOf }: Run,
): Promise<EvaluationResult> {
  const findings: RawFinding[] = [];
  const unreadable: Unreadable[] = [];
  const judged = gathered.filter(({ context }) => !context);
  const own = judged.filter(({ uri }) => writtenUri(uri) !== uri || share.ownsFile(uri));
  const encryption = encryptionFacts(
    judged.map(({ uri, objects: all }) => ({ uri, objects: all.map(({ object }) => object) })),
  );
  const told = (judgedObject: JudgedObject): string => JSON.stringify([encryption, toldOf([judgedObject])]);
  const files = own.filter((file) => file.evidence.length > 0 && !recall(memory.files.get(file), findings));
  const all = own.flatMap((file) => file.objects);
  const objects = all.filter((object) => {
    const known = memory.objects.get(object);
    return !recall(known !== undefined && known.facts === told(object) ? known.findings : undefined, findings);
  });
  for (let start = 0; start === 0 || start < objects.length; start += BATCH) {
    const batch = objects.slice(start, start + BATCH);
    const searched = start === 0 ? files : [];
    const result = await evaluate({
      rules: applicable(rules, batch).map(({ id }) => id),
      objects: batch,
      context: [],
      files: searched.map(({ uri, evidence }): FileEvidence => ({ uri, evidence })),
      facts: factsOf(batch, { encryption, ...toldOf(batch) }),
      unit: null,
    });
    findings.push(...result.findings);
    unreadable.push(...result.unreadable);
    if (result.unreadable.length === 0) keep(result.findings, batch, searched, told, memory);
    progress("judging", Math.min(start + BATCH, objects.length), objects.length);
  }
  return { findings, unreadable };
}

/** Adds what is known already; whether it was. */
function recall(known: readonly RawFinding[] | undefined, findings: RawFinding[]): boolean {
  if (known !== undefined) findings.push(...known);
  return known !== undefined;
}

function keep(
  findings: readonly RawFinding[],
  objects: readonly JudgedObject[],
  files: readonly GatheredFile[],
  told: (object: JudgedObject) => string,
  memory: Memory,
): void {
  const ofObject = groupBy(findings, ({ object }) => object);
  for (const judged of objects)
    memory.objects.set(judged, { facts: told(judged), findings: ofObject.get(judged.object.id) ?? [] });
  const ofEvidence = groupBy(ofObject.get(null) ?? [], ({ evidence }) => evidence);
  for (const file of files)
    memory.files.set(
      file,
      file.evidence.flatMap(({ id }) => ofEvidence.get(id) ?? []),
    );
}

async function judgeUnits(
  gathered: readonly GatheredFile[],
  rules: readonly RuleMetadata[],
  { evaluate, memory, share, told: toldOf }: Run,
): Promise<EvaluationResult> {
  const findings: RawFinding[] = [];
  const unreadable: Unreadable[] = [];
  const kinds = new Set(rules.flatMap((rule) => rule.kinds));
  const everything = gathered
    .flatMap((file) => file.objects)
    .filter(({ object }) => kinds.has("*") || kinds.has(object.kind));
  const shared = everything.filter(({ object }) => object.units.includes(LOOSE) && SHARED_KINDS.has(object.kind));
  for (const [unit, members] of byUnit(everything)) {
    if (!share.ownsUnit(unit)) continue;
    const context = unit === LOOSE ? [] : shared;
    const known = memory.units.get(unit);
    const host = toldOf(members);
    const told = JSON.stringify(host);
    const changed = known === undefined ? null : changedKinds(known, { members, context });
    const wanted = applicable(rules, members).filter(({ kinds: read, id, needs }) => {
      if ((needs.includes("repository") || needs.includes("diff")) && known?.told !== told) return true;
      const untouched = changed !== null && !read.some((kind) => (kind === "*" ? changed.size > 0 : changed.has(kind)));
      return !(untouched && recall(known?.findings.get(id), findings));
    });
    const result = await evaluate({
      rules: wanted.map(({ id }) => id),
      objects: members,
      context,
      files: [],
      facts: wanted.length === 0 ? {} : factsOf([...members, ...context], host),
      unit,
    });
    findings.push(...result.findings);
    unreadable.push(...result.unreadable);
    if (result.unreadable.length === 0) {
      const byRule = groupBy(result.findings, ({ rule }) => rule);
      const kept = new Map(known?.findings);
      for (const { id } of wanted) kept.set(id, byRule.get(id) ?? []);
      memory.units.set(unit, { members, context, told, findings: kept });
    }
  }
  return { findings, unreadable };
}

/** Kinds of the objects that one of two states of a unit has and the other has not. */
function changedKinds(
  before: Pick<JudgedUnit, "members" | "context">,
  now: Pick<JudgedUnit, "members" | "context">,
): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const list of ["members", "context"] as const) {
    const [old, fresh] = [new Set(before[list]), new Set(now[list])];
    for (const { object } of [
      ...before[list].filter((each) => !fresh.has(each)),
      ...now[list].filter((each) => !old.has(each)),
    ])
      kinds.add(object.kind);
  }
  return kinds;
}

// A rule that reads none of the kinds that are there has nothing to say.
function applicable(rules: readonly RuleMetadata[], objects: readonly JudgedObject[]): readonly RuleMetadata[] {
  const kinds = new Set(objects.map(({ object }) => object.kind));
  return rules.filter((rule) => rule.kinds.some((kind) => kind === "*" || kinds.has(kind)));
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function factsOf(objects: readonly JudgedObject[], more: JsonObject = {}): Json {
  const facts = collectFacts(objects.map(({ object, redacted }) => ({ id: object.id, value: redacted })));
  return isJsonObject(facts) ? { ...facts, ...certificatesOf(objects), ...more } : facts;
}

function certificatesOf(objects: readonly JudgedObject[]): JsonObject {
  const holders = objects.filter(({ certificates }) => certificates.length > 0);
  if (holders.length === 0) return {};
  return { certificates: Object.fromEntries(holders.map(({ object, certificates }) => [object.id, certificates])) };
}

function byUnit(objects: readonly JudgedObject[]): ReadonlyMap<Unit, readonly JudgedObject[]> {
  const units = new Map<Unit, JudgedObject[]>();
  for (const judged of objects) {
    for (const unit of judged.object.units) {
      const members = units.get(unit);
      if (members === undefined) units.set(unit, [judged]);
      else members.push(judged);
    }
  }
  return units;
}

function settingsFor(config: Config, rules: readonly RuleMetadata[]): JsonObject {
  const { prefix, completeness, profile } = config;
  return {
    prefix,
    completeness,
    profile,
    params: Object.fromEntries(rules.map((rule) => [rule.id, ruleParams(config, rule)])),
  };
}
