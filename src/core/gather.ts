import picomatch from "picomatch";
import type { Config } from "../model/config.ts";
import type { KubernetesObject } from "../model/document.ts";
import type { Evidence } from "../model/evidence.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { RuleId, RuleMetadata } from "../model/rule.ts";
import { collectSchemaDefaults, isValuesSchema } from "./charts/schema-defaults.ts";
import { templateFacts } from "./charts/template-facts.ts";
import { compileRegex } from "./config/regex.ts";
import { ruleParams } from "./config/settings.ts";
import { collectEvidence, type EvidenceOptions } from "./evidence/collect.ts";
import { collectConfiguration } from "./evidence/collect-configuration.ts";
import { withExtraPatterns, type ExtraPattern } from "./evidence/extra-patterns.ts";
import { formatsOf } from "./evidence/formats.ts";
import { Nesting, type WithEvidence } from "./evidence/innermost.ts";
import { literalFields } from "./evidence/literal-fields.ts";
import { redactValue } from "./evidence/redact.ts";
import { collectTokens } from "./evidence/tokens.ts";
import type { CertificateFinder } from "./facts/certificates.ts";
import type { JudgedObject } from "./input/policy-input.ts";
import { VALUES_KIND } from "./load.ts";
import type { LoadedFile } from "./loaded-file.ts";
import type { GatheredFile } from "./gathered-file.ts";
import { Memory } from "./memory.ts";
import type { TokenDetector } from "./ports.ts";
import type { LineIndex } from "./yaml/lines.ts";

/** What the configuration says about evidence. */
export interface GatherOptions extends EvidenceOptions {
  /** Token formats of the user's own. */
  readonly extraPatterns: readonly ExtraPattern[];
  /** Missing where no rule asks for certificates. */
  readonly certificates?: CertificateFinder | null;
}

/**
 * Collects the evidence of every file and redacts every object: from here on nobody needs a value.
 * `clock` is in seconds; `progress` is called with the number of files that are done. Files that an
 * earlier run with the same `memory` searched are not searched again.
 */
export async function gatherEvidence(
  files: readonly LoadedFile[],
  detector: TokenDetector,
  options: GatherOptions,
  clock: number,
  progress: (done: number) => void,
  memory: Memory = new Memory(),
): Promise<readonly GatheredFile[]> {
  const tokenDetector = withExtraPatterns(detector, options.extraPatterns);
  const nextId = memory.nextEvidence;
  const gathered: GatheredFile[] = [];
  const evidenceIn = collector(options, nextId);
  const changedNames = differences(memory.knownNames, options.knownNames ?? new Set());
  memory.knownNames = options.knownNames ?? new Set();
  for (const file of files) {
    const known = memory.gathered.get(file);
    // A word that became the name of a Secret, or is none any more, is other evidence.
    if (known !== undefined && !changedNames.some((name) => file.source.text.includes(name))) {
      gathered.push(known);
      progress(gathered.length);
      continue;
    }
    const { source, lines, context, documents } = file;
    const objects = file.templateOf === undefined ? file.objects : [];
    const committed = committedIn(file);
    const nesting = new Nesting(objects, documents);
    const all = objects.map((object) => ({ object, evidence: evidenceIn(object, lines).filter(committed) }));
    const collected = all.map(({ object, evidence }) => ({
      object,
      evidence: evidence.filter((each) => !nesting.isInside(object, each)),
    }));
    // Nothing is reported about context, so nothing is looked for in its text; its objects still must
    // not reach the policy unredacted.
    const tokens = await collectTokens(
      { source, documents, objects: collected, lines, clock },
      tokenDetector,
      options,
      nextId,
    );
    const withTokens = (each: WithEvidence): WithEvidence => ({
      object: each.object,
      evidence: [...each.evidence, ...(tokens.objects.get(each.object.id) ?? []).filter(committed)],
    });
    // What an object holds in other objects must not reach the policy in its own value either.
    const found = all.map(withTokens);
    const secrets = new Map(found.map(({ object, evidence }) => [object, [...evidence]]));
    for (const each of found)
      for (const { object, evidence } of nesting.outwards(each)) secrets.get(object)?.push(...evidence);
    const result: GatheredFile = {
      uri: source.uri,
      source,
      context,
      objects: collected
        .map(withTokens)
        .map(({ object, evidence }): JudgedObject => ({
          object,
          evidence: evidence.filter(({ id }) => !tokens.superseded.has(id)),
          redacted: redactValue(object, secrets.get(object) ?? []),
          certificates: options.certificates?.in(object) ?? [],
        }))
        .concat(judgedTemplate(file, options, nextId)),
      evidence: tokens.file.filter(committed),
      hidden: all.flatMap(({ object, evidence }) =>
        evidence.filter((each) => tokens.superseded.has(each.id) || nesting.isInside(object, each)),
      ),
    };
    memory.gathered.set(file, result);
    gathered.push(result);
    progress(gathered.length);
  }
  return gathered;
}

function differences(before: ReadonlySet<string> | null, now: ReadonlySet<string>): readonly string[] {
  if (before === null) return [];
  return [...[...before].filter((name) => !now.has(name)), ...[...now].filter((name) => !before.has(name))];
}

// `changeme` in a values file is a password in use until somebody replaces it, in an example as well. A
// values schema gives values by itself.
function collector(
  options: EvidenceOptions,
  nextId: () => number,
): (object: KubernetesObject, lines: LineIndex) => readonly Evidence[] {
  const forValues: EvidenceOptions = { ...options, isExample: () => false };
  return (object, lines) => {
    if (object.kind !== VALUES_KIND) return collectConfiguration(object, lines, options, nextId);
    const evidence = collectEvidence(object, lines, forValues, nextId);
    return isValuesSchema(object.origin.source.uri)
      ? [...evidence, ...collectSchemaDefaults(object, lines, forValues, nextId)]
      : evidence;
  };
}

// A template that has nothing to do with secrets is none of the policy's business.
function judgedTemplate(
  { source, lines, objects, templateOf }: LoadedFile,
  options: EvidenceOptions,
  nextId: () => number,
): readonly JudgedObject[] {
  if (templateOf === undefined) return [];
  const found = templateFacts({ source, lines, chart: templateOf }, options, nextId);
  return found === null
    ? []
    : objects.map((object) => ({
        object,
        evidence: found.evidence,
        redacted: found.facts,
        certificates: [],
      }));
}

// A value that a template makes anew on every run (`randAlphaNum`) is in no file. What stands around it
// is: evidence is dropped where most of it was generated.
function committedIn(file: LoadedFile): (evidence: Evidence) => boolean {
  const spans = file.generated ?? [];
  if (spans.length === 0) return () => true;
  return ({ range: { start, end } }) => {
    const generated = spans.reduce(
      (sum, span) => sum + Math.max(0, Math.min(span.end, end.offset) - Math.max(span.start, start.offset)),
      0,
    );
    return generated * 2 < end.offset - start.offset;
  };
}

/**
 * What the configuration says about classification: it is said as parameters of the rules that judge
 * the evidence, and the host honours it, since values do not reach the policy.
 */
export function evidenceOptions(
  config: Config,
  rules: readonly RuleMetadata[],
  files: readonly LoadedFile[],
): GatherOptions {
  const paramsOf = (id: RuleId): JsonObject => {
    const rule = rules.find((each) => each.id === id);
    return rule === undefined ? {} : ruleParams(config, rule);
  };
  const secret = paramsOf("secrets/secret-manifest-plaintext");
  const env = paramsOf("secrets/env-literal-credential");
  const argv = paramsOf("secrets/argv-literal-credential");
  const configMap = paramsOf("secrets/configmap-metadata-credential");
  const globs = strings(secret["exampleGlobs"]);
  return {
    patterns: {
      sensitiveNameRegex: regex(env["sensitiveNameRegex"]),
      notSensitiveNameRegex: regex(env["notSensitiveNameRegex"]),
    },
    weakValues: strings(secret["weakValues"]),
    ...(typeof env["minLength"] === "number" ? { minLength: env["minLength"] } : {}),
    ...(typeof secret["minEntropy"] === "number" ? { minEntropy: secret["minEntropy"] } : {}),
    isExample: globs.length === 0 ? () => false : picomatch([...globs], { dot: true }),
    knownNames: namesReferredTo(files),
    cliFlagTable: strings(argv["cliFlagTable"]),
    argvNameRegex: regex(argv["sensitiveNameRegex"]),
    ...(isJsonArray(configMap["parsers"]) ? { configFormats: formatsOf(strings(configMap["parsers"])) } : {}),
    proseIsPlain: configMap["proseHeuristic"] !== false,
    scanBinary: paramsOf("secrets/private-key-material")["scanBinary"] !== false,
    literalFields: literalFields(paramsOf("secrets/custom-resource-inline-credential")["literalFieldTable"]),
    parameterNameRegex: regex(paramsOf("secrets/gitops-kustomize-inline-value")["parameterPathRegex"]),
    extraPatterns: extraPatterns(paramsOf("secrets/known-token-or-url-credential")["extraPatterns"]),
  };
}

/** Globs of further files that are values of charts, said as a parameter of the rule about those. */
export function valuesGlobs(config: Config, rules: readonly RuleMetadata[]): readonly string[] {
  const rule = rules.find(({ id }) => id === "secrets/helm-values-credential-default");
  return rule === undefined ? [] : strings(ruleParams(config, rule)["valuesGlobs"]);
}

// A value that equals the name of a Secret or ServiceAccount of the set refers to it.
function namesReferredTo(files: readonly LoadedFile[]): ReadonlySet<string> {
  const names = files.flatMap(({ objects }) =>
    objects.filter(({ kind }) => kind === "Secret" || kind === "ServiceAccount").map(({ name }) => name),
  );
  return new Set(names.filter((name) => name !== ""));
}

function strings(value: Json | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function extraPatterns(value: Json | undefined): readonly ExtraPattern[] {
  if (!isJsonArray(value)) return [];
  return value.filter(isJsonObject).flatMap(({ name, pattern }) => {
    const compiled = regex(pattern);
    return typeof name === "string" && name !== "" && compiled !== undefined ? [{ name, pattern: compiled }] : [];
  });
}

function regex(value: Json | undefined): RegExp | undefined {
  return typeof value === "string" && value !== "" ? (compileRegex(value) ?? undefined) : undefined;
}

/** All evidence of a file: that in its objects, and what nobody is told of. */
export function evidenceOf({ evidence, objects, hidden }: GatheredFile): readonly Evidence[] {
  return [...evidence, ...objects.flatMap((object) => object.evidence), ...hidden];
}
