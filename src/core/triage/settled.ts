import type { Location, RelatedLocation } from "../../model/finding.ts";
import type { RuleId } from "../../model/rule.ts";
import { CHART_API } from "../charts/chart-sources.ts";
import { identityOf, type Located } from "./located.ts";
import type { Overlapping } from "./overlap.ts";

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

/** A finding at the place where it is written, with the rules that it speaks for. */
export interface Settled extends Overlapping {
  readonly located: Located;
  readonly placed: Placed;
  readonly also: readonly RuleId[];
}

/** The finding as it stands where it is written; where it was found without `placed`. */
export function settledAt(located: Located, also: readonly RuleId[], placed: Placed | undefined): Settled {
  const at = placed ?? { location: located.location, related: [], source: located.uri, values: null, renderings: 0 };
  const { uri, range, precision } = at.location;
  return { ...located, uri, range, exact: precision === "exact", located, placed: at, also };
}

/** Of what is true of a file or of the whole run, the first place that shows it. */
export function onceOnly(settled: readonly Settled[]): readonly Settled[] {
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

/**
 * Findings that are one: a violation that several renderings show, and one that a values file shows by itself and through
 * a template, where the one with an object says more. The first of a group speaks.
 */
export function groupRenderings(settled: readonly Settled[]): readonly (readonly [Settled, ...Settled[]])[] {
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
