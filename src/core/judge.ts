import type { Config } from "../model/config.ts";
import { LOOSE, type Unit, type Unreadable } from "../model/document.ts";
import type { RawFinding } from "../model/finding.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { RuleId, RuleMetadata } from "../model/rule.ts";
import { ruleParams } from "./config/settings.ts";
import { evaluate } from "./evaluate.ts";
import { encryptionFacts } from "./facts/encryption.ts";
import { collectFacts } from "./facts/facts.ts";
import { RepositoryFacts } from "./facts/repository.ts";
import type { GatheredFile } from "./gather.ts";
import type { FileEvidence, JudgedObject } from "./input/policy-input.ts";
import type { PolicyEngine, Progress } from "./ports.ts";

/** Object rules are evaluated on this many objects at a time: memory stays bounded, and a failure small. */
const BATCH = 400;

/**
 * Kinds that a reference from a unit may still resolve to among the loose objects: what a cluster has
 * for everybody. Workloads and Secrets of others say nothing about a unit.
 */
const SHARED_KINDS = new Set([
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
}

/**
 * Evaluates object rules on all objects in batches, and set rules once on each unit. `clock` is in
 * seconds; `addresses` are those of the repository, as `host/path`.
 */
export async function judge(
  gathered: readonly GatheredFile[],
  rules: readonly RuleMetadata[],
  config: Config,
  clock: number,
  engine: PolicyEngine,
  progress: Progress,
  addresses: readonly string[] = [],
): Promise<Judgement> {
  const settings = settingsFor(config, rules);
  const findings: RawFinding[] = [];
  const unreadable: Unreadable[] = [];
  const collect = async (evaluation: Parameters<typeof evaluate>[0]): Promise<void> => {
    const result = await evaluate(evaluation, settings, engine);
    findings.push(...result.findings);
    unreadable.push(...result.unreadable);
  };
  const files: readonly FileEvidence[] = gathered
    .filter(({ context, evidence }) => !context && evidence.length > 0)
    .map(({ uri, evidence }) => ({ uri, evidence }));
  const objects = gathered.flatMap((file) => (file.context ? [] : file.objects));
  const objectRules = rules.filter(({ scope }) => scope === "object");
  const encryption = encryptionFacts(
    gathered
      .filter(({ context }) => !context)
      .map(({ uri, objects: judged }) => ({ uri, objects: judged.map(({ object }) => object) })),
  );
  const repository = new RepositoryFacts(
    gathered.map(({ source, context, objects: judged }) => ({
      source,
      context,
      objects: judged.map(({ object }) => object),
    })),
    addresses,
  );
  for (let start = 0; start === 0 || start < objects.length; start += BATCH) {
    const batch = objects.slice(start, start + BATCH);
    const facts = factsOf(batch, { encryption, ...repository.of(batch.map(({ object }) => object)) });
    await collect({
      rules: applicable(objectRules, batch),
      objects: batch,
      context: [],
      files: start === 0 ? files : [],
      facts,
      clock,
      unit: null,
    });
    progress("judging", Math.min(start + BATCH, objects.length), objects.length);
  }
  const setRules = rules.filter(({ scope }) => scope === "set");
  const kinds = new Set(setRules.flatMap((rule) => rule.kinds));
  const everything = gathered
    .flatMap((file) => file.objects)
    .filter(({ object }) => kinds.has("*") || kinds.has(object.kind));
  const shared = everything.filter(({ object }) => object.units.includes(LOOSE) && SHARED_KINDS.has(object.kind));
  for (const [unit, members] of byUnit(everything)) {
    const context = unit === LOOSE ? [] : shared;
    const facts = factsOf([...members, ...context], repository.of(members.map(({ object }) => object)));
    await collect({ rules: applicable(setRules, members), objects: members, context, files: [], facts, clock, unit });
  }
  return { findings, unreadable };
}

// A rule that reads none of the kinds that are there has nothing to say.
function applicable(rules: readonly RuleMetadata[], objects: readonly JudgedObject[]): readonly RuleId[] {
  const kinds = new Set(objects.map(({ object }) => object.kind));
  return rules.filter((rule) => rule.kinds.some((kind) => kind === "*" || kinds.has(kind))).map(({ id }) => id);
}

function factsOf(objects: readonly JudgedObject[], more: JsonObject = {}): Json {
  const facts = collectFacts(objects.map(({ object, redacted }) => ({ id: object.id, value: redacted })));
  return isJsonObject(facts) ? { ...facts, ...more } : facts;
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
