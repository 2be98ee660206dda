import type { Unreadable } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import type {
  Finding,
  Location,
  ObjectIdentity,
  RawFinding,
  RelatedLocation,
  SuggestedFix,
} from "../../model/finding.ts";
import { yieldsOf, type Fix, type RuleId, type RuleMetadata, type Severity } from "../../model/rule.ts";
import { LOOSE } from "../../model/document.ts";
import { CHART_API } from "../charts/chart-sources.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import type { Digest } from "../ports.ts";
import { fingerprints, stablePath, type FingerprintParts } from "./fingerprint.ts";
import { fillMessage } from "./message.ts";
import { writtenUri } from "../charts/rendered-file.ts";
import { settleOverlaps, type Overlapping } from "./overlap.ts";

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

/** Where a finding is written, for one that was found in the output of a template. */
export interface Placed {
  /** The line that a person would edit. */
  readonly location: Location;
  /** Further places: where it surfaces, the helper that it comes through. */
  readonly related: readonly RelatedLocation[];
  /** The template, which the fingerprint goes by; the file itself for what is not rendered. */
  readonly source: string;
  /** The values file with which it was found; empty for the chart's own values, `null` for no chart. */
  readonly values: string | null;
  /** How many renderings the chart has; 0 for no chart. */
  readonly renderings: number;
}

/** Tells where findings are written, in their order. */
export type Place = (findings: readonly Located[]) => Promise<readonly Placed[]>;

/** What a finding is recognised by in another state of the repository; no report may show it. */
export interface Trace {
  readonly parts: FingerprintParts;
  readonly judged: JudgedObject | null;
  /** Where it is written, to the end: a report's location is cut down where it would tell a length. */
  readonly location: Location;
}

interface Settled extends Overlapping {
  readonly located: Located;
  readonly placed: Placed;
  readonly also: readonly RuleId[];
}

/**
 * Locates raw findings, drops what the configuration leaves out and what is to be told only once, folds
 * findings of one place into the one that speaks for it, moves those in rendered output to where they are
 * written, and gives each its fingerprint. Findings come back in the order of files, lines and rules, each
 * with its trace. A raw finding that names an
 * unknown rule, variant or object is a defect of the policy and comes back as unreadable.
 */
export async function assembleFindings(
  raw: readonly RawFinding[],
  lookup: Lookup,
  place: Place,
  digest: Digest,
): Promise<{ findings: readonly Finding[]; traces: readonly Trace[]; unreadable: readonly Unreadable[] }> {
  const unreadable: Unreadable[] = [];
  const located: Located[] = [];
  for (const finding of raw) {
    const result = locateFinding(finding, lookup);
    if (result === "off") continue;
    if (result === null) {
      const message = `rule ${finding.rule} returned a finding that does not fit its METADATA (${finding.variant})`;
      unreadable.push({ uri: ".", reason: "evaluation-failed", message, at: null });
    } else if (!isLeftOut(result, lookup)) {
      located.push(result);
    }
  }
  located.sort(compareLocated);
  const yieldsTo = ({ metadata, raw: { variant } }: Located) => yieldsOf(metadata, variant);
  const settled = settleOverlaps(distinct(located), yieldsTo);
  const placed = await place(settled.map(({ finding }) => finding));
  const moved = settled.map(({ finding, also }, index) => settledAt(finding, also, placed[index]));
  const groups = groupRenderings(
    onceOnly(
      moved.filter(
        ({
          located: {
            raw: { rule, variant },
            judged,
          },
          uri,
        }) => !lookup.excluded(rule, variant, uri, identityOf(judged)),
      ),
    ),
  );
  // What was found in a values file itself and in what it renders to meets only now.
  const last = settleOverlaps(
    groups.map(([first]) => first),
    (finding) => yieldsTo(finding.located),
  );
  const byFirst = new Map(groups.map((group) => [group[0], group]));
  const ordered = last
    .map(({ finding, also }) => ({
      group: byFirst.get(finding) ?? ([finding] as const),
      also: [...new Set([...finding.also, ...also])].sort(),
    }))
    .sort((a, b) => compareLocated(atPlace(a.group[0]), atPlace(b.group[0])));
  const traces = ordered.map(({ group: [first] }): Trace => ({
    parts: printParts(first),
    judged: first.located.judged,
    location: first.placed.location,
  }));
  const prints = fingerprints(
    traces.map(({ parts }) => parts),
    digest,
  );
  const findings = ordered.map(({ group, also }, index) => toFinding(group, also, prints[index] ?? "", lookup));
  return { findings, traces, unreadable };
}

// What is left out where it is found may not fold in others; what is rendered is written elsewhere, which shows later.
function isLeftOut({ rule, uri, judged, raw: { variant } }: Located, lookup: Lookup): boolean {
  return writtenUri(uri) === uri && lookup.excluded(rule, variant, uri, identityOf(judged));
}

function settledAt(located: Located, also: readonly RuleId[], placed: Placed | undefined): Settled {
  const at = placed ?? { location: located.location, related: [], source: located.uri, values: null, renderings: 0 };
  const { uri, range, precision } = at.location;
  return { ...located, uri, range, exact: precision === "exact", located, placed: at, also };
}

// What is true of a file or of the whole run is told at the first place that shows it.
function onceOnly(settled: readonly Settled[]): readonly Settled[] {
  const seen = new Set<string>();
  return settled.filter(({ located: { raw, metadata }, uri }) => {
    const once = metadata.variants[raw.variant]?.once;
    if (once === undefined) return true;
    const key = JSON.stringify([raw.rule, raw.variant, once === "file" ? uri : null]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function atPlace({ located, placed: { location } }: Settled): Located {
  return { ...located, uri: location.uri, range: location.range };
}

// One violation that several renderings show is one finding; so is one that a values file shows by
// itself and through a template, and then the one with an object says more.
function groupRenderings(settled: readonly Settled[]): readonly (readonly [Settled, ...Settled[]])[] {
  const groups = new Map<string, [Settled, ...Settled[]]>();
  for (const each of settled) {
    const { raw, judged } = each.located;
    const rendered = each.placed.values !== null;
    const object = identityOf(judged);
    const key = JSON.stringify([
      raw.rule,
      raw.variant,
      each.uri,
      each.range.start.line,
      each.range.start.column,
      rendered ? null : each.range.end.offset,
      rendered ? null : raw.args,
      object,
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  const told = toldByRendered(settled);
  return [...groups.values()].filter(([each]) => !told.has(each));
}

// Findings in files of charts that a rendering shows as well: those that begin where a rendered one begins, and those that
// stand in its place all alone, such as a key in a block of text. Where several do, each has a line of its own.
function toldByRendered(settled: readonly Settled[]): ReadonlySet<Settled> {
  const ofFiles = new Map<string, Settled[]>();
  for (const each of settled) {
    if (!isOfChartFile(each)) continue;
    const there = ofFiles.get(samePlaceKey(each));
    if (there === undefined) ofFiles.set(samePlaceKey(each), [each]);
    else there.push(each);
  }
  const told = new Set<Settled>();
  for (const each of ofFiles.size === 0 ? [] : settled) {
    if (each.placed.values === null) continue;
    const { start, end } = each.range;
    const there = ofFiles.get(samePlaceKey(each)) ?? [];
    const within = there.filter(
      ({ range }) => each.exact && range.start.offset >= start.offset && range.end.offset <= end.offset,
    );
    for (const other of within.length === 1 ? within : []) told.add(other);
    for (const other of there) if (other.range.start.offset === start.offset) told.add(other);
  }
  return told;
}

function samePlaceKey({ located: { raw }, uri }: Settled): string {
  return JSON.stringify([raw.rule, raw.variant, uri]);
}

function isOfChartFile({ located: { judged }, placed }: Settled): boolean {
  return placed.values === null && judged?.object.apiVersion === CHART_API;
}

function printParts({
  located: {
    raw: { rule, variant, path },
    judged,
  },
  placed,
}: Settled): FingerprintParts {
  return {
    rule,
    variant,
    uri: placed.source,
    object: identityOf(judged),
    path: judged === null ? [] : stablePath(judged.redacted, path),
  };
}

function locateFinding(raw: RawFinding, lookup: Lookup): Located | "off" | null {
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

// Two units, or an anchor used twice, give the same finding at the same place: once is enough.
function distinct(sorted: readonly Located[]): readonly Located[] {
  const seen = new Set<string>();
  return sorted.filter(({ rule, raw, uri, range, judged }) => {
    const object = identityOf(judged);
    const key = JSON.stringify([rule, raw.variant, uri, range.start.offset, range.end.offset, object, raw.args]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toFinding(
  group: readonly [Settled, ...Settled[]],
  also: readonly RuleId[],
  fingerprint: string,
  lookup: Lookup,
): Finding {
  const [{ located, placed, severity }] = group;
  const { raw, metadata, judged } = located;
  const variant = metadata.variants[raw.variant];
  const message = fillMessage(variant?.message ?? "", raw.args);
  const related: RelatedLocation[] = placed.related.map((other) => ({
    ...lookup.conceal(other),
    message: other.message,
  }));
  for (const place of raw.related) {
    const other = lookup.object(place.object);
    if (other === undefined) continue;
    const text = fillMessage(metadata.related[place.label] ?? place.label, raw.args);
    related.push({ ...lookup.conceal(lookup.locateWritten(other, place.path)), message: lookup.safe(text) });
  }
  return {
    rule: raw.rule,
    variant: raw.variant,
    severity,
    message: lookup.safe(message),
    location: lookup.conceal(placed.location),
    related,
    object: safeIdentity(identityOf(judged), lookup.safe),
    unit: judged?.object.units[0] ?? LOOSE,
    values: valuesOf(group),
    path: raw.path.map((step) => (typeof step === "string" ? lookup.safe(step) : step)),
    region: raw.region.map((step) => (typeof step === "string" ? lookup.safe(step) : step)),
    also,
    fingerprint,
    status: "new",
    waiver: null,
    fix: judged === null || placed.values !== null ? null : lookup.fix(judged, raw.path, variant?.fixes ?? []),
  };
}

// What shows whatever the values are is not the values' doing.
function valuesOf(group: readonly Settled[]): readonly string[] {
  const values = [...new Set(group.flatMap(({ placed }) => placed.values ?? []))].sort();
  return values.length > 1 && values.length === group[0]?.placed.renderings ? [""] : values;
}

// Files of charts are handed to the policy like objects, and are none.
function identityOf(judged: JudgedObject | null): ObjectIdentity | null {
  if (judged === null || judged.object.apiVersion === CHART_API) return null;
  const { apiVersion, kind, namespace, name } = judged.object;
  return { apiVersion, kind, namespace, name };
}

function safeIdentity(identity: ObjectIdentity | null, safe: (text: string) => string): ObjectIdentity | null {
  if (identity === null) return null;
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
