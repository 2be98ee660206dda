import type { Finding } from "../../model/finding.ts";
import type { Report, Stats } from "../../model/report.ts";
import { SEVERITIES, yieldsOf, type RuleId, type RuleMetadata } from "../../model/rule.ts";
import type { Position } from "../../model/position.ts";
import { compareText } from "../triage/located.ts";
import { settleOverlaps } from "../triage/overlap.ts";
import { mergeRotation } from "./merge-rotation.ts";
import { verdictOf } from "../triage/verdict.ts";

/**
 * Joins the reports of the shards of one run into the report that the run would have given in one piece: what several say is said once; a finding
 * gives way to that of another shard that speaks for the same place; what one shard calls fixed and another new is a move. Reports that
 * do not belong together, or do not make up a whole, are a reason, in words.
 */
export function mergeReports(reports: readonly Report[]): Report | string {
  const [first] = reports;
  if (first === undefined) return "there is no report to merge";
  const problem = misfit(reports);
  if (problem !== null) return problem;
  const rules = new Map(first.rules.map((rule) => [rule.id, rule]));
  const all = settle(
    once(
      reports.flatMap(({ findings }) => findings),
      ({ fingerprint }) => fingerprint,
    ),
    rules,
  );
  const moves = new Map<string, number>();
  const allFixed = once(
    reports.flatMap(({ fixed }) => fixed),
    ({ fingerprint }) => fingerprint,
  );
  for (const finding of allFixed) count(moves, moveKey(finding), 1);
  const moved = new Map<string, number>();
  const findings = all
    .map((finding): Finding => {
      // Whether a secret that moved is the same one cannot be seen in a report, so it stays new.
      const key = moveKey(finding);
      if (
        finding.status !== "new" ||
        finding.object === null ||
        finding.rule.startsWith("secrets/") ||
        (moves.get(key) ?? 0) === 0
      )
        return finding;
      count(moves, key, -1);
      count(moved, key, 1);
      return { ...finding, status: "existing" };
    })
    .toSorted(byPlace);
  const fixed = allFixed.filter((finding) => {
    const key = moveKey(finding);
    const taken = (moved.get(key) ?? 0) > 0;
    if (taken) count(moved, key, -1);
    return !taken;
  });
  const unreadable = once(
    reports.flatMap((report) => report.unreadable),
    ({ fingerprint }) => fingerprint,
  ).toSorted((a, b) => compareText(a.uri, b.uri) || (a.at?.line ?? 0) - (b.at?.line ?? 0));
  const json = (value: unknown): string => JSON.stringify(value);
  const permissions = reports.flatMap((report) => (report.permissions === null ? [] : [report.permissions]));
  return {
    ...first,
    verdict: verdictOf(findings, unreadable, first.failOn),
    shard: null,
    applied: [...new Set(reports.flatMap(({ applied }) => applied))].sort(),
    findings,
    fixed,
    unreadable,
    permissions:
      permissions.length === 0
        ? null
        : {
            gained: once(
              permissions.flatMap(({ gained }) => gained),
              json,
            ),
            lost: once(
              permissions.flatMap(({ lost }) => lost),
              json,
            ),
          },
    rotation: mergeRotation(reports.map(({ rotation }) => rotation)),
    pending: once(
      reports.flatMap(({ pending }) => pending),
      json,
    ),
    waiverRequests: once(
      reports.flatMap(({ waiverRequests }) => waiverRequests),
      json,
    ),
    notes: once(
      reports.flatMap(({ notes }) => notes),
      json,
    ),
    stats: sum(
      reports.map(({ stats }) => stats),
      findings,
    ),
  };
}

function misfit(reports: readonly Report[]): string | null {
  const [first] = reports;
  const counts = new Set(reports.map(({ shard }) => shard?.count ?? 0));
  if (first === undefined || counts.has(0))
    return "a report is of no shard: run `portcullis check --shard 1/4 --format json` and so on";
  if (counts.size > 1) return "the reports are of runs with different numbers of shards";
  if (new Set(reports.map(({ failOn }) => failOn)).size > 1 || new Set(reports.map(({ base }) => base)).size > 1) {
    return "the reports are of runs with different settings or bases";
  }
  const total = first.shard?.count ?? 0;
  const there = new Set(reports.map(({ shard }) => shard?.index ?? 0));
  const missing = Array.from({ length: total }, (_, index) => index + 1).filter((index) => !there.has(index));
  return missing.length === 0
    ? null
    : `the report of shard ${missing.map((index) => `${index}/${total}`).join(", ")} is missing`;
}

// As in one run. A report has lines and columns but no offsets; what is on a later line comes later.
function settle(findings: readonly Finding[], rules: ReadonlyMap<RuleId, RuleMetadata>): readonly Finding[] {
  const objects = new Map<string, number>();
  const idOf = ({ location: { uri }, object }: Finding): number | null => {
    if (object === null) return null;
    const key = JSON.stringify([uri, object]);
    const id = objects.get(key) ?? objects.size;
    objects.set(key, id);
    return id;
  };
  const settled = settleOverlaps(
    findings.map((finding) => {
      const { rule, severity, location, path, region } = finding;
      const range = { start: withOffset(location.range.start), end: withOffset(location.range.end) };
      const exact = location.precision === "exact";
      return { finding, rule, severity, uri: location.uri, range, exact, object: idOf(finding), path, region };
    }),
    ({ rule, finding: { variant } }) => {
      const metadata = rules.get(rule);
      return metadata === undefined ? [] : yieldsOf(metadata, variant);
    },
  );
  return settled.map(({ finding: { finding }, also }) =>
    also.length === 0 ? finding : { ...finding, also: [...new Set([...finding.also, ...also])].sort() },
  );
}

const LONGEST_LINE = 2 ** 24;

function withOffset({ line, column }: Position): Position {
  return { line, column, offset: line * LONGEST_LINE + column };
}

function moveKey({ rule, variant, object, path }: Finding): string {
  return JSON.stringify([rule, variant, object, path]);
}

function byPlace(a: Finding, b: Finding): number {
  const [one, other] = [a.location, b.location];
  return (
    compareText(one.uri, other.uri) ||
    one.range.start.line - other.range.start.line ||
    one.range.start.column - other.range.start.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.variant, b.variant)
  );
}

function once<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function sum(all: readonly Stats[], findings: readonly Finding[]): Stats {
  const skipped = new Map<string, number>();
  for (const stats of all) for (const [reason, amount] of Object.entries(stats.skipped)) count(skipped, reason, amount);
  const total = (of: (stats: Stats) => number): number => all.reduce((so, stats) => so + of(stats), 0);
  return {
    files: total(({ files }) => files),
    objects: total(({ objects }) => objects),
    texts: total(({ texts }) => texts),
    skipped: Object.fromEntries(skipped),
    rules: Math.max(0, ...all.map(({ rules }) => rules)),
    findings: Object.fromEntries(
      SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length]),
    ) as Stats["findings"],
  };
}
