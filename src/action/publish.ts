import type { PullRequestPort } from "../core/ports.ts";
import type { Finding } from "../model/finding.ts";
import type { Absence, CheckAnnotation, ReviewComment, Written } from "../model/pull-request.ts";
import type { Report, ReportContext } from "../model/report.ts";
import { allAnnotations, type Annotation } from "../reporters/github.ts";
import { escapeMarkdown } from "../reporters/markdown-text.ts";
import { renderMarkdownWithin } from "../reporters/markdown.ts";
import { ruleName } from "../reporters/wording.ts";

/** What GitHub takes as a comment (65,536 characters) and as the summary of a check run (65,535), with room for the rest. */
const LARGEST_BODY = 60_000;

/** The pull request of a run. */
export interface PublishTarget {
  readonly port: PullRequestPort;
  /** The head commit of the pull request. */
  readonly headSha: string;
  /** The lines of files of the head that the diff shows; none for a file that the checkout has otherwise. */
  readonly inDiff: (path: string, startLine: number, endLine: number) => boolean;
}

/**
 * Writes a report where reviewers read it: one comment, a check run with all annotations, edits to accept. What the token may not write is left out,
 * and the line that comes back says so; `null` where nothing is missing. The verdict does not depend on it.
 */
export async function publish(
  report: Report,
  context: ReportContext,
  { port, headSha, inDiff }: PublishTarget,
): Promise<string | null> {
  const page = renderMarkdownWithin(report, { ...context, displayPath: (uri) => uri }, LARGEST_BODY);
  const surfaces: readonly (readonly [string, string, () => Promise<Written>])[] = [
    ["the comment", "pull-requests: write", () => port.comment(page, isQuiet(report))],
    [
      "the check run",
      "checks: write",
      () =>
        port.checkRun({
          headSha,
          conclusion: report.verdict === "pass" ? "success" : "failure",
          title: `Portcullis: ${report.verdict}`,
          summary: page,
          annotations: allAnnotations(report).map(checkAnnotation),
        }),
    ],
    ["suggested changes", "pull-requests: write", () => port.review(headSha, suggestions(report, inDiff))],
  ];
  const absent: { what: string; permission: string; reason: Absence }[] = [];
  for (const [what, permission, write] of surfaces) {
    const result = await write();
    if (result.kind === "absent") absent.push({ what, permission, reason: result.reason });
  }
  return describeAbsent(absent);
}

/** All is well, and there is nothing that a reviewer should know. */
function isQuiet({ verdict, findings, pending, permissions, waiverRequests }: Report): boolean {
  return (
    verdict === "pass" &&
    pending.length === 0 &&
    waiverRequests.length === 0 &&
    (permissions?.gained ?? []).length === 0 &&
    findings.every(({ status, severity }) => status !== "new" || severity === "info")
  );
}

function describeAbsent(absent: readonly { what: string; permission: string; reason: Absence }[]): string | null {
  if (absent.length === 0) return null;
  const what = absent.map((each) => each.what).join(", ");
  if (absent.every(({ reason }) => reason === "forbidden")) {
    const permissions = [...new Set(absent.map(({ permission }) => `\`${permission}\``))].join(" and ");
    return `Without ${what}: the token may not write them (${permissions} would let it; in pull requests from forks nothing does).`;
  }
  const limited = absent.some(({ reason }) => reason === "limited");
  return `Without ${what}: GitHub ${limited ? "asked to slow down" : "did not take them"}. The verdict and the job summary are complete.`;
}

function checkAnnotation(annotation: Annotation): CheckAnnotation {
  const { level, file, startLine, endLine, startColumn, endColumn, title, message } = annotation;
  return {
    path: file,
    start_line: startLine,
    end_line: endLine,
    ...(startColumn === undefined ? {} : { start_column: startColumn }),
    ...(endColumn === undefined ? {} : { end_column: endColumn }),
    annotation_level: level === "error" ? "failure" : level,
    title,
    message,
  };
}

function suggestions(report: Report, inDiff: PublishTarget["inDiff"]): readonly ReviewComment[] {
  return report.findings.flatMap((finding): readonly ReviewComment[] => {
    const { fix, status, fingerprint } = finding;
    if (fix === null || status !== "new" || !inDiff(fix.uri, fix.startLine, fix.endLine)) return [];
    const body = suggestionBody(finding, fix.replacement);
    return [{ path: fix.uri, startLine: fix.startLine, endLine: fix.endLine, body, key: fingerprint }];
  });
}

// The fence is longer than any run of backticks in it, so that text from the repository can't end it.
function suggestionBody(finding: Finding, replacement: string): string {
  const longest = Math.max(2, ...[...replacement.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [
    `**${finding.severity}** ${escapeMarkdown(ruleName(finding))}`,
    "",
    escapeMarkdown(finding.message),
    "",
    `${fence}suggestion`,
    replacement,
    fence,
  ].join("\n");
}
