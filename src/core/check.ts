import type { Config } from "../model/config.ts";
import { LOOSE, type KubernetesObject, type Unit, type Unreadable } from "../model/document.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Finding, Location, RawFinding } from "../model/finding.ts";
import type { DataPath, Json, JsonObject } from "../model/json.ts";
import type { MaskedSources, Report, Stats } from "../model/report.ts";
import { SEVERITIES, type RuleMetadata } from "../model/rule.ts";
import { activeRules, ruleParams } from "./config/settings.ts";
import { evaluate } from "./evaluate.ts";
import { evidenceOptions, gatherEvidence, type GatheredFile } from "./gather.ts";
import { collectFacts } from "./facts/facts.ts";
import type { FileEvidence, JudgedObject } from "./input/policy-input.ts";
import { load, type InputText, type LoadedFile } from "./load.ts";
import { locate } from "./locate/locate.ts";
import { maskText, safeText, secretRanges } from "./evidence/redact.ts";
import type { Digest, PolicyEngine, Progress, TokenDetector } from "./ports.ts";
import { assembleFindings } from "./triage/assemble.ts";
import { concealer } from "./triage/conceal.ts";
import { exclusions } from "./triage/exclude.ts";
import { severityOf } from "./triage/severity.ts";
import { reportUnreadable } from "./triage/unreadable.ts";
import { verdictOf } from "./triage/verdict.ts";

/** All that a run is about. */
export interface CheckInput {
  readonly texts: readonly InputText[];
  /** What discovery and reading could not give. */
  readonly unreadable: readonly Unreadable[];
  /** Files left out before they were read, by reason. */
  readonly skipped: { readonly [reason: string]: number };
  readonly config: Config;
  readonly rules: readonly RuleMetadata[];
  /** Seconds since 1970-01-01T00:00:00Z that count as now. */
  readonly clock: number;
  readonly requireObjects: boolean;
  readonly notes: readonly string[];
  readonly version: string;
}

/** What a run needs of the world. */
export interface CheckPorts {
  readonly engine: PolicyEngine;
  readonly detector: TokenDetector;
  readonly digest: Digest;
  readonly progress: Progress;
  /** Called at the end of each stage, to time it. */
  readonly stage: (name: string) => void;
}

/** Object rules are evaluated on this many objects at a time: memory stays bounded, and a failure small. */
const BATCH = 400;

/**
 * Judges texts: the one pipeline that the command line, the Action and the tests share. Pure but for
 * its ports. Throws only for defects.
 */
export async function check(input: CheckInput, ports: CheckPorts): Promise<{ report: Report; sources: MaskedSources }> {
  const { config } = input;
  const rules = activeRules(config, input.rules);
  const loaded = load(input.texts);
  ports.stage("parse");
  const options = evidenceOptions(config, input.rules, loaded.files);
  const gathered = await gatherEvidence(loaded.files, ports.detector, options, input.clock, (done) =>
    ports.progress("reading evidence", done, loaded.files.length),
  );
  ports.stage("evidence");
  const judged = gathered.flatMap(({ objects }) => objects);
  const outcome = await judge(gathered, rules, settingsFor(config, rules), input, ports);
  ports.stage("policy");
  const files = new Map(loaded.files.map((file) => [file.source.uri, file]));
  const { findings: all, unreadable: defects } = assembleFindings(
    outcome.findings,
    lookup(judged, gathered, files, input),
    ports.digest,
  );
  const contexts = new Set(loaded.files.filter(({ context }) => context).map(({ source }) => source.uri));
  const findings = all.filter(({ location }) => !contexts.has(location.uri));
  const unreadable = reportUnreadable([...input.unreadable, ...loaded.unreadable, ...outcome.unreadable, ...defects], ports.digest);
  const objects = judged.filter(({ object }) => !contexts.has(object.origin.source.uri)).length;
  const nothing = input.requireObjects && objects === 0;
  const report: Report = {
    verdict: nothing ? "error" : verdictOf(findings, unreadable, config.failOn),
    failOn: config.failOn,
    findings,
    unreadable,
    stats: statsOf(input, loaded.files, objects, rules.length, findings),
    rules,
    notes: nothing ? [...input.notes, "No Kubernetes object was found, and at least one was required."] : input.notes,
    timings: null,
    version: input.version,
  };
  const sources = maskSources(findings, gathered);
  ports.stage("triage");
  return { report, sources };
}

async function judge(
  gathered: readonly GatheredFile[],
  rules: readonly RuleMetadata[],
  settings: JsonObject,
  { clock }: CheckInput,
  { engine, progress }: CheckPorts,
): Promise<{ findings: RawFinding[]; unreadable: Unreadable[] }> {
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
  const objectRules = rules.filter(({ scope }) => scope === "object").map(({ id }) => id);
  for (let start = 0; start === 0 || start < objects.length; start += BATCH) {
    const batch = objects.slice(start, start + BATCH);
    const facts = factsOf(batch);
    await collect({ rules: objectRules, objects: batch, context: [], files: start === 0 ? files : [], facts, clock, unit: null });
    progress("judging", Math.min(start + BATCH, objects.length), objects.length);
  }
  const setRules = rules.filter(({ scope }) => scope === "set");
  const kinds = new Set(setRules.flatMap((rule) => rule.kinds));
  const everything = gathered.flatMap((file) => file.objects).filter(({ object }) => kinds.has("*") || kinds.has(object.kind));
  for (const [unit, members] of byUnit(everything)) {
    const context = unit === LOOSE ? [] : everything.filter(({ object }) => object.units.includes(LOOSE));
    const facts = factsOf([...members, ...context]);
    await collect({ rules: setRules.map(({ id }) => id), objects: members, context, files: [], facts, clock, unit });
  }
  return { findings, unreadable };
}

function factsOf(objects: readonly JudgedObject[]): Json {
  return collectFacts(objects.map(({ object, redacted }) => ({ id: object.id, value: redacted })));
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
  return { prefix, completeness, profile, params: Object.fromEntries(rules.map((rule) => [rule.id, ruleParams(config, rule)])) };
}

function lookup(
  judged: readonly JudgedObject[],
  gathered: readonly GatheredFile[],
  files: ReadonlyMap<string, LoadedFile>,
  { config, rules }: CheckInput,
): Parameters<typeof assembleFindings>[1] {
  const byId = new Map(judged.map((each) => [each.object.id, each]));
  const byRule = new Map(rules.map((rule) => [rule.id, rule]));
  const evidence = new Map<number, { uri: string; evidence: Evidence }>();
  for (const file of gathered) {
    for (const each of evidenceOf(file)) evidence.set(each.id, { uri: file.uri, evidence: each });
  }
  const secrets = new Map(gathered.map((file) => [file.uri, secretRanges(evidenceOf(file))]));
  return {
    rule: (id) => byRule.get(id),
    object: (id) => byId.get(id),
    evidence: (id) => evidence.get(id),
    locate: ({ object }, path) => placeOf(object, path, files),
    severity: (rule, variant, own) => severityOf(config, rule, variant, own),
    excluded: exclusions(config),
    conceal: concealer((uri) => secrets.get(uri) ?? []),
    safe: safeText,
  };
}

function placeOf({ origin }: KubernetesObject, path: DataPath, files: ReadonlyMap<string, LoadedFile>): Location {
  const { uri } = origin.source;
  const file = files.get(uri);
  if (file === undefined) throw new Error(`no such file in this run: ${uri}`);
  const { range, precision } = locate(origin.document, [...origin.base, ...path], file.lines);
  return { uri, range, precision };
}

function maskSources(findings: readonly Finding[], gathered: readonly GatheredFile[]): MaskedSources {
  const shown = new Set(findings.flatMap(({ location, related }) => [location.uri, ...related.map(({ uri }) => uri)]));
  return new Map(
    gathered
      .filter(({ uri }) => shown.has(uri))
      .map((file) => [file.uri, maskText(file.source, evidenceOf(file))]),
  );
}

function evidenceOf({ evidence, objects }: GatheredFile): readonly Evidence[] {
  return [...evidence, ...objects.flatMap((object) => object.evidence)];
}

function statsOf(
  { skipped, texts }: CheckInput,
  files: readonly LoadedFile[],
  objects: number,
  rules: number,
  findings: readonly Finding[],
): Stats {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as { -readonly [S in keyof Stats["findings"]]: number };
  for (const { severity } of findings) counts[severity] += 1;
  const own = files.filter(({ context }) => !context);
  const manifests = own.filter(({ documents }) => documents.length > 0).length;
  return {
    files: texts.filter(({ context }) => !context).length,
    objects,
    texts: own.length - manifests,
    skipped,
    rules,
    findings: counts,
  };
}
