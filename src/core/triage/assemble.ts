import type { Unreadable } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { Finding, Location, ObjectIdentity, RawFinding, RelatedLocation } from "../../model/finding.ts";
import type { RuleId, RuleMetadata, Severity } from "../../model/rule.ts";
import { LOOSE } from "../../model/document.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import type { Digest } from "../ports.ts";
import { fingerprints, stablePath } from "./fingerprint.ts";
import { fillMessage } from "./message.ts";
import { settleOverlaps, type Overlapping } from "./overlap.ts";

/** What turning raw findings into findings needs to look up. */
export interface Lookup {
  readonly rule: (id: RuleId) => RuleMetadata | undefined;
  readonly object: (id: number) => JudgedObject | undefined;
  /** Evidence by id, with the file that it stands in. */
  readonly evidence: (id: number) => { uri: string; evidence: Evidence } | undefined;
  readonly locate: (object: JudgedObject, path: RawFinding["path"]) => Location;
  /** The configured severity; `off` drops the finding. */
  readonly severity: (rule: RuleId, variant: string, own: Severity) => Severity | "off";
  /** Whether the user's configuration leaves this place out. */
  readonly excluded: (rule: RuleId, variant: string, uri: string, object: ObjectIdentity | null) => boolean;
  /** The location without what would tell how long a secret is. */
  readonly conceal: (location: Location) => Location;
  /** Makes text from the repository safe to show. */
  readonly safe: (text: string) => string;
}

interface Located extends Overlapping {
  readonly raw: RawFinding;
  readonly metadata: RuleMetadata;
  readonly severity: Severity;
  readonly location: Location;
  readonly judged: JudgedObject | null;
}

/**
 * Locates raw findings, drops what the configuration leaves out, folds findings of one place into the
 * one that speaks for it, and gives each its fingerprint. Findings come back in the order of files,
 * lines and rules. A raw finding that names an unknown rule, variant or object is a defect of the
 * policy and comes back as unreadable.
 */
export function assembleFindings(
  raw: readonly RawFinding[],
  lookup: Lookup,
  digest: Digest,
): { findings: readonly Finding[]; unreadable: readonly Unreadable[] } {
  const unreadable: Unreadable[] = [];
  const located: Located[] = [];
  for (const finding of raw) {
    const result = locateFinding(finding, lookup);
    if (result === "off") continue;
    if (result === null) {
      const message = `rule ${finding.rule} returned a finding that does not fit its METADATA (${finding.variant})`;
      unreadable.push({ uri: ".", reason: "evaluation-failed", message, at: null });
    } else {
      located.push(result);
    }
  }
  located.sort(compareLocated);
  const settled = settleOverlaps(distinct(located), (rule) => lookup.rule(rule)?.yieldsTo ?? []);
  const prints = fingerprints(
    settled.map(({ finding: { raw: { rule, variant, path }, judged, uri } }) => ({
      rule,
      variant,
      uri,
      object: judged === null ? null : identityOf(judged),
      path: judged === null ? [] : stablePath(judged.redacted, path),
    })),
    digest,
  );
  const findings = settled.map(({ finding, also }, index) => toFinding(finding, also, prints[index] ?? "", lookup));
  return { findings, unreadable };
}

function locateFinding(raw: RawFinding, lookup: Lookup): Located | "off" | null {
  const metadata = lookup.rule(raw.rule);
  const variant = metadata?.variants[raw.variant];
  if (metadata === undefined || variant === undefined) return null;
  const severity = lookup.severity(raw.rule, raw.variant, raw.severity ?? variant.severity);
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
  const object = judged === null ? null : identityOf(judged);
  if (lookup.excluded(raw.rule, raw.variant, location.uri, object)) return "off";
  const { uri, range, precision } = location;
  const exact = precision === "exact";
  return { rule: raw.rule, uri, range, exact, object: raw.object, path: raw.path, region: raw.region, raw, metadata, severity, location, judged };
}

// Two units, or an anchor used twice, give the same finding at the same place: once is enough.
function distinct(sorted: readonly Located[]): readonly Located[] {
  const seen = new Set<string>();
  return sorted.filter(({ rule, raw, uri, range, judged }) => {
    const object = judged === null ? null : identityOf(judged);
    const key = JSON.stringify([rule, raw.variant, uri, range.start.offset, range.end.offset, object, raw.args]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toFinding(located: Located, also: readonly RuleId[], fingerprint: string, lookup: Lookup): Finding {
  const { raw, metadata, severity, location, judged } = located;
  const message = fillMessage(metadata.variants[raw.variant]?.message ?? "", raw.args);
  const related: RelatedLocation[] = [];
  for (const place of raw.related) {
    const other = lookup.object(place.object);
    if (other === undefined) continue;
    const text = fillMessage(metadata.related[place.label] ?? place.label, raw.args);
    related.push({ ...lookup.conceal(lookup.locate(other, place.path)), message: lookup.safe(text) });
  }
  return {
    rule: raw.rule,
    variant: raw.variant,
    severity,
    message: lookup.safe(message),
    location: lookup.conceal(location),
    related: related.sort((a, b) => compareText(a.uri, b.uri) || a.range.start.offset - b.range.start.offset),
    object: judged === null ? null : safeIdentity(identityOf(judged), lookup.safe),
    unit: judged?.object.units[0] ?? LOOSE,
    path: raw.path.map((step) => (typeof step === "string" ? lookup.safe(step) : step)),
    also,
    fingerprint,
    status: "new",
  };
}

function identityOf({ object: { apiVersion, kind, namespace, name } }: JudgedObject): ObjectIdentity {
  return { apiVersion, kind, namespace, name };
}

function safeIdentity(identity: ObjectIdentity, safe: (text: string) => string): ObjectIdentity {
  const { apiVersion, kind, namespace, name } = identity;
  return { apiVersion: safe(apiVersion), kind: safe(kind), namespace: safe(namespace), name: safe(name) };
}

function compareLocated(a: Located, b: Located): number {
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
