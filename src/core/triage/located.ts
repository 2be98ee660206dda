import type { Evidence } from "../../model/evidence.ts";
import type { Location, ObjectIdentity, RawFinding, SuggestedFix } from "../../model/finding.ts";
import type { Fix, RuleId, RuleMetadata, Severity } from "../../model/rule.ts";
import { CHART_API } from "../charts/chart-sources.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import type { Overlapping } from "./overlap.ts";

/** What turning raw findings into findings needs to look up. */
export interface Lookup {
  readonly rule: (id: RuleId) => RuleMetadata | undefined;
  readonly object: (id: number) => JudgedObject | undefined;
  /** Evidence by id, with the file that it stands in. */
  readonly evidence: (id: number) => { uri: string; evidence: Evidence } | undefined;
  readonly locate: (object: JudgedObject, path: RawFinding["path"]) => Location;
  /** The same, in the template for an object that was rendered. */
  readonly locateWritten: (object: JudgedObject, path: RawFinding["path"]) => Location;
  /** The configured severity; `off` drops the finding. */
  readonly severity: (rule: RuleMetadata, variant: string, own: Severity) => Severity | "off";
  /** Whether the user's configuration leaves this place out. */
  readonly excluded: (rule: RuleId, variant: string, uri: string, object: ObjectIdentity | null) => boolean;
  /** The location without what would tell how long a secret is. */
  readonly conceal: (location: Location) => Location;
  /** The fix for a finding at that path, where it has one and no secret stands on the lines that it touches. */
  readonly fix: (object: JudgedObject, path: RawFinding["path"], fixes: readonly Fix[]) => SuggestedFix | null;
  /** Makes text from the repository safe to show. */
  readonly safe: (text: string) => string;
}

/** A raw finding with its metadata and the place that it was found in. */
export interface Located extends Overlapping {
  readonly raw: RawFinding;
  readonly metadata: RuleMetadata;
  readonly location: Location;
  readonly judged: JudgedObject | null;
}

/**
 * Locates a raw finding: `off` where the configuration drops it, `null` where it names a rule, a variant, an object or
 * evidence that there is not.
 */
export function locateFinding(raw: RawFinding, lookup: Lookup): Located | "off" | null {
  const metadata = lookup.rule(raw.rule);
  const variant = metadata?.variants[raw.variant];
  if (metadata === undefined || variant === undefined) return null;
  const severity = lookup.severity(metadata, raw.variant, raw.severity ?? variant.severity);
  if (severity === "off") return "off";
  const judged = raw.object === null ? null : (lookup.object(raw.object) ?? null);
  if (judged === null && raw.object !== null) return null;
  const found = raw.evidence === null ? undefined : lookup.evidence(raw.evidence);
  if (raw.evidence !== null && found === undefined) return null;
  const location: Location | null =
    found !== undefined
      ? { uri: found.uri, range: found.evidence.range, precision: "exact" }
      : judged === null
        ? null
        : lookup.locate(judged, raw.path);
  if (location === null) return null;
  const { uri, range, precision } = location;
  const exact = precision === "exact";
  return {
    rule: raw.rule,
    severity,
    uri,
    range,
    exact,
    object: raw.object,
    path: raw.path,
    region: raw.region,
    raw,
    metadata,
    location,
    judged,
  };
}

/** The findings without repetitions: two units, or an anchor used twice, give the same finding at the same place. */
export function distinct(sorted: readonly Located[]): readonly Located[] {
  const seen = new Set<string>();
  return sorted.filter(({ rule, raw, uri, range, judged }) => {
    const object = identityOf(judged);
    const key = JSON.stringify([rule, raw.variant, uri, range.start.offset, range.end.offset, object, raw.args]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What tells the object from others; `null` for files of charts, which are handed to the policy like objects and are none. */
export function identityOf(judged: JudgedObject | null): ObjectIdentity | null {
  if (judged === null || judged.object.apiVersion === CHART_API) return null;
  const { apiVersion, kind, namespace, name } = judged.object;
  return { apiVersion, kind, namespace, name };
}

/** The order of files, places and rules. */
export function compareLocated(a: Located, b: Located): number {
  return (
    compareText(a.uri, b.uri) ||
    a.range.start.offset - b.range.start.offset ||
    a.range.end.offset - b.range.end.offset ||
    compareText(a.rule, b.rule) ||
    compareText(a.raw.variant, b.raw.variant) ||
    (a.object ?? -1) - (b.object ?? -1) ||
    compareText(JSON.stringify(a.raw.args), JSON.stringify(b.raw.args))
  );
}

/** Orders texts by UTF-16 code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
