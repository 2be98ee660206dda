import type { DataPath } from "../../model/json.ts";
import type { Range } from "../../model/position.ts";
import { SEVERITIES, type RuleId, type Severity } from "../../model/rule.ts";

/** What settling overlaps needs to know of a finding. */
export interface Overlapping {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly uri: string;
  readonly range: Range;
  readonly exact: boolean;
  readonly object: number | null;
  readonly path: DataPath;
  readonly region: DataPath;
}

/**
 * Settles which rule speaks where several see one place: a finding gives way to one of a rule that
 * its own rule yields to, when both stand in overlapping source ranges, or when it stands in the
 * region for which the other speaks. It never gives way to a milder one, which would hide how bad the
 * place is, unless that one speaks for the whole object. Of findings that would give way to each other in a circle, one
 * speaks: the worst, and of those the first. Returns the findings that speak, in their order, each with the
 * rules that gave way to it, directly or through another.
 */
export function settleOverlaps<F extends Overlapping>(
  findings: readonly F[],
  yieldsTo: (finding: F) => readonly RuleId[],
): readonly { finding: F; also: readonly RuleId[] }[] {
  const byPlace = indexByPlace(findings);
  const winner = new Map<F, F>();
  for (const finding of findings) {
    const speaker = speakerFor(finding, yieldsTo(finding), byPlace);
    if (speaker !== undefined && speaker !== finding) winner.set(finding, speaker);
  }
  breakCircles(findings, winner);
  const also = new Map<F, Set<RuleId>>();
  for (const finding of winner.keys()) {
    const last = finalSpeaker(finding, winner);
    if (last === finding) continue;
    const rules = also.get(last) ?? new Set();
    rules.add(finding.rule);
    also.set(last, rules);
  }
  return findings
    .filter((finding) => finalSpeaker(finding, winner) === finding)
    .map((finding) => ({ finding, also: [...(also.get(finding) ?? [])].sort() }));
}

// Takes a winner away from one finding of each circle, so that every chain ends.
function breakCircles<F extends Overlapping>(findings: readonly F[], winner: Map<F, F>): void {
  const order = new Map(findings.map((finding, index) => [finding, index]));
  const settled = new Set<F>();
  for (const finding of findings) {
    const chain = new Set<F>();
    let current: F | undefined = finding;
    while (current !== undefined && !settled.has(current) && !chain.has(current)) {
      chain.add(current);
      current = winner.get(current);
    }
    for (const each of chain) settled.add(each);
    if (current === undefined || !chain.has(current)) continue;
    const steps = [...chain];
    const [speaker] = steps
      .slice(steps.indexOf(current))
      .sort((a, b) => rank(a) - rank(b) || (order.get(a) ?? 0) - (order.get(b) ?? 0));
    if (speaker !== undefined) winner.delete(speaker);
  }
}

function finalSpeaker<F extends Overlapping>(finding: F, winner: ReadonlyMap<F, F>): F {
  let current = finding;
  for (let next = winner.get(current); next !== undefined; next = winner.get(current)) current = next;
  return current;
}

function indexByPlace<F extends Overlapping>(findings: readonly F[]): ReadonlyMap<string, readonly F[]> {
  const index = new Map<string, F[]>();
  const add = (key: string, finding: F) => {
    const there = index.get(key);
    if (there === undefined) index.set(key, [finding]);
    else there.push(finding);
  };
  for (const finding of findings) {
    if (finding.object !== null) {
      add(regionKey(finding.rule, finding.object, JSON.stringify(finding.region)), finding);
      add(objectKey(finding.rule, finding.object), finding);
    }
    add(fileKey(finding.rule, finding.uri), finding);
  }
  return index;
}

function speakerFor<F extends Overlapping>(
  finding: F,
  rules: readonly RuleId[],
  index: ReadonlyMap<string, readonly F[]>,
): F | undefined {
  let regions: readonly string[] | null = null;
  for (const rule of rules) {
    if (finding.object !== null && index.has(objectKey(rule, finding.object))) {
      regions ??= regionsAround(finding.path);
      for (const [length, region] of regions.entries()) {
        const covering = index.get(regionKey(rule, finding.object, region));
        const speaker = covering?.find((other) => length === 0 || isAsSevere(other, finding));
        if (speaker !== undefined) return speaker;
      }
    }
    const overlapping = index
      .get(fileKey(rule, finding.uri))
      ?.find(
        (other) => other.exact && finding.exact && isAsSevere(other, finding) && overlap(other.range, finding.range),
      );
    if (overlapping !== undefined) return overlapping;
  }
  return undefined;
}

function isAsSevere(other: Overlapping, finding: Overlapping): boolean {
  return rank(other) <= rank(finding);
}

function rank({ severity }: Overlapping): number {
  return SEVERITIES.indexOf(severity);
}

function overlap(a: Range, b: Range): boolean {
  return a.start.offset < b.end.offset && b.start.offset < a.end.offset;
}

// The regions that a path lies in, as text, from the whole object inwards.
function regionsAround(path: DataPath): readonly string[] {
  return Array.from({ length: path.length + 1 }, (_, length) => JSON.stringify(path.slice(0, length)));
}

function regionKey(rule: RuleId, object: number, region: string): string {
  return `${rule}\0${object}\0${region}`;
}

function objectKey(rule: RuleId, object: number): string {
  return `${rule}\0\0${object}`;
}

function fileKey(rule: RuleId, uri: string): string {
  return `${rule}\0${uri}`;
}
