import type { Finding } from "../../model/finding.ts";
import type { PendingChange, Report, ReportedUnreadable } from "../../model/report.ts";
import type { Permission, PermissionDelta } from "../../model/permissions.ts";
import { SEVERITIES } from "../../model/rule.ts";
import type { Checked } from "../run.ts";
import { safeText } from "../evidence/redact.ts";
import { permissionDelta } from "../permissions/delta.ts";
import { permissionsOf } from "../permissions/permissions.ts";
import { verdictOf } from "../triage/verdict.ts";
import { matchFindings, writtenText } from "./match.ts";

/** What a comparison is made with. */
export interface Comparison {
  /** The commit that the base is, as reports show it. */
  readonly commit: string;
  /** Files that Git sees as renamed: base path to head path. */
  readonly renames: ReadonlyMap<string, string>;
  /** Whether what was there before decides the verdict as well. */
  readonly block: "new" | "all";
  /** What the change does to the gate itself. */
  readonly pending: readonly PendingChange[];
}

/**
 * The head's report, with the status that each finding and each unreadable file has against the base:
 * `existing` where the base has it, unless it became more severe or, under `secrets/`, another value
 * stands there; those and all others are `new`. What only the base has is `fixed`.
 */
export function compareReports(base: Checked, head: Checked, { commit, renames, block, pending }: Comparison): Report {
  const matches = matchFindings(base, head, renames);
  const findings = head.report.findings.map((finding, index): Finding => {
    const before = matches[index] ?? null;
    const known = before !== null && isSame(before, index, base, head);
    // A fingerprint says nothing of the value, and of the base more is known: another secret is in no baseline.
    if (!known && finding.status === "baseline" && finding.rule.startsWith("secrets/"))
      return { ...finding, status: "new" };
    return known && finding.status === "new" ? { ...finding, status: "existing" } : finding;
  });
  const matched = new Set(matches);
  const fixed = base.report.findings.filter(({ status }, index) => status === "new" && !matched.has(index));
  const unreadable = compareUnreadable(base.report.unreadable, head.report.unreadable, renames);
  const { failOn } = head.report;
  const counting = <T extends Finding | ReportedUnreadable>(each: T): T =>
    block === "all" && each.status === "existing" ? { ...each, status: "new" } : each;
  return {
    ...head.report,
    findings,
    unreadable,
    fixed,
    base: commit,
    permissions: permissionsBetween(base, head),
    pending: pending.map((each) => ({ ...each, message: safeText(each.message) })),
    verdict:
      head.report.verdict === "error" && !head.report.unreadable.some(({ status }) => status === "new")
        ? "error"
        : verdictOf(findings.map(counting), unreadable.map(counting), failOn),
  };
}

function isSame(before: number, after: number, base: Checked, head: Checked): boolean {
  const [old, now] = [base.report.findings[before], head.report.findings[after]];
  const [oldTrace, nowTrace] = [base.traces[before], head.traces[after]];
  if (old === undefined || now === undefined || oldTrace === undefined || nowTrace === undefined) return false;
  if (SEVERITIES.indexOf(now.severity) < SEVERITIES.indexOf(old.severity)) return false;
  if (!now.rule.startsWith("secrets/")) return true;
  return writtenText(oldTrace, base) === writtenText(nowTrace, head);
}

function compareUnreadable(
  base: readonly ReportedUnreadable[],
  head: readonly ReportedUnreadable[],
  renames: ReadonlyMap<string, string>,
): readonly ReportedUnreadable[] {
  const counts = new Map<string, number>();
  const keyOf = (uri: string, { reason }: ReportedUnreadable): string => JSON.stringify([uri, reason]);
  for (const each of base) {
    const key = keyOf(renames.get(each.uri) ?? each.uri, each);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return head.map((each) => {
    const key = keyOf(each.uri, each);
    const left = counts.get(key) ?? 0;
    if (left === 0 || each.status !== "new") return each;
    counts.set(key, left - 1);
    return { ...each, status: "existing" };
  });
}

function permissionsBetween(base: Checked, head: Checked): PermissionDelta {
  const { gained, lost } = permissionDelta(permissionsIn(base), permissionsIn(head));
  return { gained: gained.map(safePermission), lost: lost.map(safePermission) };
}

function permissionsIn({ objects, placeOf }: Checked): readonly Permission[] {
  return permissionsOf(objects, (judged) => {
    const { range, precision } = placeOf(judged, ["metadata", "name"]);
    return precision === "file" ? null : range.start.line;
  });
}

// A name may hold a token.
function safePermission({ subject, right, scope, binding, role, uri, line }: Permission): Permission {
  return {
    subject: safeText(subject),
    right,
    scope: safeText(scope),
    binding: {
      apiVersion: binding.apiVersion,
      kind: binding.kind,
      namespace: safeText(binding.namespace),
      name: safeText(binding.name),
    },
    role: { kind: safeText(role.kind), name: safeText(role.name) },
    uri: safeText(uri),
    line,
  };
}
