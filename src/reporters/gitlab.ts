import type { Report } from "../model/report.ts";
import { shorten, showInvisible, stringify } from "./harmless.ts";
import { GITLAB_SEVERITY } from "./severity.ts";
import { describePrecision, REASONS, ruleName } from "./wording.ts";

const LONGEST_DESCRIPTION = 4000;

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end?: number } };
}

/**
 * The report in GitLab's Code Quality format. GitLab compares the reports of two branches itself, so
 * `existing` findings stay in; it knows no suppressions, so what is waived or in the baseline does not.
 * What could not be judged is a `blocker` entry.
 */
export function renderGitlab(report: Report): string {
  const unique = uniqueNames();
  const entries: Entry[] = [];
  for (const entry of report.unreadable) {
    if (entry.status === "waived" || entry.status === "baseline") continue;
    entries.push({
      description: describe(`Could not be judged: ${REASONS[entry.reason]}: ${entry.message}`),
      check_name: `portcullis/unreadable/${entry.reason}`,
      fingerprint: unique(entry.fingerprint),
      severity: "blocker",
      location: { path: entry.uri, lines: { begin: entry.at?.line ?? 1 } },
    });
  }
  for (const finding of report.findings) {
    if (finding.status === "waived" || finding.status === "baseline") continue;
    const { range, uri, precision } = finding.location;
    const inexact = describePrecision(precision);
    entries.push({
      description: describe(`${finding.message}${inexact === null ? "" : ` (${inexact})`}`),
      check_name: ruleName(finding),
      fingerprint: unique(finding.fingerprint),
      severity: GITLAB_SEVERITY[finding.severity],
      location: { path: uri, lines: { begin: range.start.line, end: range.end.line } },
    });
  }
  return stringify(entries);
}

function describe(text: string): string {
  return shorten(showInvisible(text), LONGEST_DESCRIPTION);
}

// GitLab drops the second of two entries with one fingerprint.
function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  const times = new Map<string, number>();
  return (name) => {
    let ordinal = times.get(name) ?? 1;
    let unique = ordinal === 1 ? name : `${name}:${ordinal}`;
    while (taken.has(unique)) unique = `${name}:${++ordinal}`;
    times.set(name, ordinal + 1);
    taken.add(unique);
    return unique;
  };
}
