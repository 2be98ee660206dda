import { isBlocking, type Finding } from "../../model/finding.ts";
import type { ReportedUnreadable, Verdict } from "../../model/report.ts";
import type { Severity } from "../../model/rule.ts";

/**
 * The gate's answer. What could not be judged makes it `error`, whatever else was found; a finding at
 * or above `failOn` makes it `fail`. Only what is new counts.
 */
export function verdictOf(
  findings: readonly Finding[],
  unreadable: readonly ReportedUnreadable[],
  failOn: Severity | "never",
): Verdict {
  if (unreadable.some(({ status }) => status === "new")) return "error";
  return findings.some((finding) => isBlocking(finding, failOn)) ? "fail" : "pass";
}
