import type { Config } from "../model/config.ts";
import type { KubernetesObject } from "../model/document.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Location, SuggestedFix } from "../model/finding.ts";
import type { DataPath } from "../model/json.ts";
import type { RuleMetadata } from "../model/rule.ts";
import type { ChartTexts } from "./charts/chart-texts.ts";
import type { RenderedFile } from "./charts/rendered-file.ts";
import { locateInTemplate } from "./charts/template-place.ts";
import { safeText } from "./evidence/redact.ts";
import type { SecretRanges } from "./evidence/secret-ranges.ts";
import { evidenceOf } from "./gather.ts";
import type { GatheredFile } from "./gathered-file.ts";
import type { LoadedFile } from "./loaded-file.ts";
import { suggestFix } from "./fix/suggest.ts";
import { locate } from "./locate/locate.ts";
import type { Lookup } from "./triage/located.ts";
import { concealer } from "./triage/conceal.ts";
import { exclusions } from "./triage/exclude.ts";
import { severityOf } from "./triage/severity.ts";

/** What triage looks up of a run. */
export interface LookupInput {
  readonly files: readonly LoadedFile[];
  readonly rendered: ReadonlyMap<string, RenderedFile>;
  readonly texts: ChartTexts;
  readonly gathered: readonly GatheredFile[];
  readonly config: Config;
  readonly rules: readonly RuleMetadata[];
  /** Offsets of what may be secret, by file that a person wrote. */
  readonly secretsOf: (uri: string) => SecretRanges;
}

/** The answers to what triage asks about objects, evidence, rules and the configuration. */
export function lookupIn({ files, rendered, texts, gathered, config, rules, secretsOf }: LookupInput): Lookup {
  const byUri = new Map(files.map((file) => [file.source.uri, file]));
  const byId = new Map(gathered.flatMap(({ objects }) => objects.map((each) => [each.object.id, each] as const)));
  const byRule = new Map(rules.map((rule) => [rule.id, rule]));
  const evidence = new Map<number, { uri: string; evidence: Evidence }>();
  for (const file of gathered) {
    for (const each of evidenceOf(file)) evidence.set(each.id, { uri: file.uri, evidence: each });
  }
  const placeOf = (object: KubernetesObject, path: DataPath): Location => locateObject(object, path, byUri);
  return {
    rule: (id) => byRule.get(id),
    object: (id) => byId.get(id),
    evidence: (id) => evidence.get(id),
    locate: ({ object }, path) => placeOf(object, path),
    locateWritten: ({ object }, path) => {
      const found = placeOf(object, path);
      const file = rendered.get(found.uri);
      return file === undefined ? found : locateInTemplate(file, found.range, texts).location;
    },
    severity: (rule, variant, own) => severityOf(config, rule, variant, own),
    excluded: exclusions(config),
    conceal: concealer(secretsOf),
    fix: ({ object }, path, fixes) => {
      const file = fixes.length === 0 ? undefined : byUri.get(object.origin.source.uri);
      const fix = file === undefined ? null : suggestFix(object, path, fixes, file.lines);
      return fix === null || touchesSecret(fix, file?.source.text ?? "", secretsOf(fix.uri)) ? null : fix;
    },
    safe: safeText,
  };
}

function locateObject({ origin }: KubernetesObject, path: DataPath, files: ReadonlyMap<string, LoadedFile>): Location {
  const { uri } = origin.source;
  const file = files.get(uri);
  if (file === undefined) throw new Error("an object of a file that is not part of the run");
  const { range, precision } = locate(origin.document, [...origin.base, ...path], file.lines);
  return { uri, range, precision };
}

// A suggestion shows whole lines.
function touchesSecret({ start, end }: SuggestedFix, text: string, secrets: SecretRanges): boolean {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next === -1 ? text.length : next;
  return secrets.some(([first, last]) => first < to && last > from);
}
