import type { Finding } from "../model/finding.ts";
import { FRAMEWORK_TITLES, type Control } from "../model/frameworks.ts";
import type { Report, Reporter, ReportContext } from "../model/report.ts";
import { CONTROL_STATUSES, controlCaveats, describeControls, firstFindings } from "./controls.ts";
import { byteLength, code, escapeMarkdown, row } from "./markdown-text.ts";
import { permissionGraph, permissionRows } from "./permissions.ts";
import { compareSeverity } from "./severity.ts";
import {
  count,
  describeChecked,
  describeFindings,
  describeFixed,
  describeObject,
  describePrecision,
  describeRequest,
  describeStanding,
  describeStatus,
  describeVerdict,
  lineOf,
  REASONS,
  ruleName,
} from "./wording.ts";

/** GitHub refuses a job summary that is larger than this, in bytes. */
export const LARGEST_SUMMARY = 1024 * 1024;

interface Section {
  /** Stands in front of the rows; left out with them. */
  readonly head: readonly string[];
  readonly rows: readonly string[];
  readonly one: string;
  readonly many: string;
}

/** The report as a Markdown page: verdict, counts, what could not be judged, and every finding. */
export const renderMarkdown: Reporter = (report, context) =>
  renderMarkdownWithin(report, context, Number.POSITIVE_INFINITY);

/**
 * The same page in at most `maxBytes` bytes of UTF-8 (a page without rows needs about 2,000). Rows that
 * do not fit are left out, the least severe first, and the page says how many.
 */
export function renderMarkdownWithin(report: Report, context: ReportContext, maxBytes: number): string {
  const intro = [
    `## Portcullis: ${report.verdict}`,
    "",
    ...[describeVerdict(report), describeFindings(report), describeFixed(report), describeChecked(report)]
      .filter((line) => line !== null)
      .map((line) => escapeMarkdown(line))
      .flatMap((line) => [line, ""]),
  ];
  const parts = [...intro];
  let left = maxBytes - byteLength(intro.join("\n")) - RESERVE;
  for (const section of sectionsOf(report, context)) {
    if (section.rows.length === 0) continue;
    left -= byteLength(section.head.join("\n")) + 1;
    const kept: string[] = [];
    for (const line of section.rows) {
      left -= byteLength(line) + 1;
      if (left < 0) break;
      kept.push(line);
    }
    if (kept.length > 0) parts.push(...section.head, ...kept, "");
    const omitted = section.rows.length - kept.length;
    if (omitted > 0)
      parts.push(
        `Left out here for size: ${count(omitted, section.one, section.many)}. The JSON and SARIF reports have all of them.`,
        "",
      );
  }
  return `${parts.join("\n").trimEnd()}\n`;
}

/** Bytes kept free for the sentences that say what was left out. */
const RESERVE = 1000;

function sectionsOf(report: Report, context: ReportContext): readonly Section[] {
  const helpUris = new Map(report.rules.map(({ id, helpUri }) => [id, helpUri]));
  const sorted = report.findings.toSorted(compareSeverity);
  const unreadable = report.unreadable.map(({ uri, at, reason, message, status }) =>
    row([
      code(at === null ? context.displayPath(uri) : `${context.displayPath(uri)}:${at.line}:${at.column}`),
      REASONS[reason],
      escapeMarkdown(message),
      describeStatus(status) ?? "new",
    ]),
  );
  const permissions = report.permissions ?? { gained: [], lost: [] };
  const rowsOf = (fresh: boolean): readonly string[] =>
    sorted
      .filter(({ status }) => (status === "new") === fresh)
      .map((finding) => findingRow(finding, helpUris.get(finding.rule), context));
  return [
    {
      head: ["### Could not be judged", "", ...table(["Where", "Why", "Message", "Status"])],
      rows: unreadable,
      one: "entry",
      many: "entries",
    },
    {
      head: ["### Findings", "", ...table(["Severity", "Where", "Rule", "Message"])],
      rows: rowsOf(true),
      one: "finding",
      many: "findings",
    },
    {
      head: ["### Fixed", "", ...table(["Severity", "Where it was", "Rule", "Message"])],
      rows: report.fixed
        .toSorted(compareSeverity)
        .map((finding) => findingRow(finding, helpUris.get(finding.rule), context)),
      one: "finding",
      many: "findings",
    },
    {
      head: ["### Not counted", "", ...table(["Severity", "Where", "Rule", "Message"])],
      rows: rowsOf(false),
      one: "finding",
      many: "findings",
    },
    ...report.controls.map((of) => ({
      head: [
        `### Controls: ${escapeMarkdown(FRAMEWORK_TITLES[of.framework])}`,
        "",
        ...[describeControls(of), ...controlCaveats(report)].flatMap((text) => [escapeMarkdown(text), ""]),
        ...table(["Control", "Result", "Findings"]),
      ],
      rows: of.controls.map((control) => controlRow(control, context)),
      one: "control",
      many: "controls",
    })),
    {
      head: [
        "### Permissions",
        "",
        ...permissionGraph(permissions),
        "",
        ...table(["", "Who", "What", "Through", "Where"]),
      ],
      rows: permissionRows(permissions, context.displayPath),
      one: "permission",
      many: "permissions",
    },
    {
      head: ["### Waivers that this change adds, and that do not count yet", "", ...table(["Where", "What and why"])],
      rows: report.waiverRequests.map((request) =>
        row([
          code(`${context.displayPath(request.uri)}${request.line === null ? "" : `:${request.line}`}`),
          escapeMarkdown(describeRequest(request)),
        ]),
      ),
      one: "waiver",
      many: "waivers",
    },
    {
      head: ["### Changes to the gate itself", "", ...table(["File", "What"])],
      rows: report.pending.map(({ uri, message }) => row([code(context.displayPath(uri)), escapeMarkdown(message)])),
      one: "change",
      many: "changes",
    },
    {
      head: ["### Notes", ""],
      rows: report.notes.map((note) => `- ${escapeMarkdown(note)}`),
      one: "note",
      many: "notes",
    },
  ];
}

function controlRow({ id, status, findings }: Control, { displayPath }: ReportContext): string {
  const lines = firstFindings(
    findings,
    (finding) => `${code(lineOf(finding.location, displayPath))} ${finding.severity} ${code(ruleName(finding))}`,
  );
  return row([escapeMarkdown(id), CONTROL_STATUSES[status], lines.join("<br>")]);
}

function findingRow(finding: Finding, helpUri: string | undefined, { displayPath }: ReportContext): string {
  const { location, object, severity, message, related, also } = finding;
  const place = lineOf(location, displayPath);
  const details = [
    escapeMarkdown(message),
    ...(object === null ? [] : [escapeMarkdown(describeObject(object))]),
    ...related
      .slice(0, MOST_RELATED)
      .map((item) => `${code(`${displayPath(item.uri)}:${item.range.start.line}`)} ${escapeMarkdown(item.message)}`),
    ...(related.length > MOST_RELATED ? [`and ${count(related.length - MOST_RELATED, "more place")}`] : []),
    ...(also.length === 0 ? [] : [`also: ${also.map(escapeMarkdown).join(", ")}`]),
    ...[describePrecision(location.precision), describeStanding(finding)]
      .filter((text) => text !== null)
      .map((text) => `<em>${escapeMarkdown(text)}</em>`),
  ];
  const rule = code(ruleName(finding));
  return row([
    severity,
    code(place),
    helpUri === undefined ? rule : `<a href="${escapeAttribute(helpUri)}">${rule}</a>`,
    details.join("<br>"),
  ]);
}

const MOST_RELATED = 10;

function table(columns: readonly string[]): readonly string[] {
  return [row(columns), row(columns.map(() => "---"))];
}

function escapeAttribute(uri: string): string {
  return uri.replaceAll(/[&<>"'|\s`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
