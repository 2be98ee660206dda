import picocolors from "picocolors";
import { surfacesIn, type Finding, type Location } from "../model/finding.ts";
import type { Report, ReportContext, ReportedUnreadable } from "../model/report.ts";
import type { RuleMetadata, Severity } from "../model/rule.ts";
import type { Permission } from "../model/permissions.ts";
import { describePermission, describeWay } from "./permissions.ts";
import { controlCaveats, controlLines } from "./controls.ts";
import { createFrames } from "./frame.ts";
import { defuseCommands, showInvisible } from "./harmless.ts";
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
  describeUnit,
  describeVerdict,
  lineOf,
  REASONS,
  remediationHint,
  ruleName,
} from "./wording.ts";

type Colors = ReturnType<typeof picocolors.createColors>;

/** Related places shown below a finding; the rest is counted. */
const MOST_RELATED = 10;

/**
 * The report for people at a terminal: each new finding with its code frame, grouped by file, the file
 * with the worst finding first; then what is waived, what could not be judged, notes, and the summary
 * with the verdict as the last line. Source text comes from the masked sources alone.
 */
export function renderText(report: Report, context: ReportContext): string {
  const colors = picocolors.createColors(context.color);
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const frameOf = createFrames(context.sources, { gutter: colors.dim, mark: colors.red });
  const blocks: string[][] = [];
  for (const finding of groupByFile(report.findings.filter(({ status }) => status === "new"))) {
    blocks.push(renderFinding(finding, rules.get(finding.rule), frameOf(finding.location), colors, context));
  }
  const waived = report.findings.filter(({ status }) => status === "waived");
  if (waived.length > 0) {
    const lines = waived.flatMap((finding) => [
      `  ${header(finding, colors, context)}`,
      ...(finding.waiver === null ? [] : [`    ${showInvisible(describeStanding(finding) ?? "")}`]),
    ]);
    blocks.push([colors.bold("Waived"), ...lines]);
  }
  // A secret that was committed stays one, whatever a baseline says.
  const secrets = report.findings.filter(({ status, rule }) => status === "baseline" && rule.startsWith("secrets/"));
  if (secrets.length > 0) {
    const lines = secrets.map((finding) => `  ${header(finding, colors, context)}`);
    blocks.push([colors.bold("Secrets in the baseline: they are still to be revoked"), ...lines]);
  }
  if (report.waiverRequests.length > 0) {
    const lines = report.waiverRequests.map((request) => {
      const path = showInvisible(context.displayPath(request.uri));
      const place = request.line === null ? path : `${path}:${request.line}`;
      return `  ${colors.bold(place)}  ${showInvisible(describeRequest(request))}`;
    });
    blocks.push([colors.bold("Waivers that this change adds, and that do not count yet"), ...lines]);
  }
  if (report.unreadable.length > 0) {
    const lines = report.unreadable.flatMap((entry) => renderUnreadable(entry, colors, context));
    blocks.push([colors.bold("Could not be judged"), ...lines]);
  }
  const { gained, lost } = report.permissions ?? { gained: [], lost: [] };
  if (gained.length + lost.length > 0) {
    const line = (sign: string, permission: Permission): string =>
      `  ${sign} ${showInvisible(`${describePermission(permission)}, through ${describeWay(permission)}`)}`;
    blocks.push([
      colors.bold("Permissions"),
      ...gained.map((each) => line(colors.red("+"), each)),
      ...lost.map((each) => line(colors.green("-"), each)),
    ]);
  }
  if (report.pending.length > 0) {
    const lines = report.pending.map(
      ({ uri, message }) => `  ${colors.bold(showInvisible(context.displayPath(uri)))}  ${showInvisible(message)}`,
    );
    blocks.push([colors.bold("Changes to the gate itself"), ...lines]);
  }
  if (report.controls.length > 0) {
    const line = (finding: Finding): string => header(finding, colors, context);
    const lines = [...report.controls.flatMap((of) => controlLines(of, line)), ...controlCaveats(report)];
    blocks.push([colors.bold("Controls"), ...lines.map((text) => `  ${text}`)]);
  }
  if (report.notes.length > 0)
    blocks.push([colors.bold("Notes"), ...report.notes.map((note) => `  ${showInvisible(note)}`)]);
  if (report.timings !== null) {
    const stages = Object.entries(report.timings).map(
      ([stage, time]) => `  ${showInvisible(stage)}  ${time.toFixed(1)} ms`,
    );
    blocks.push([colors.bold("Timings"), ...stages]);
  }
  blocks.push(renderSummary(report, colors));
  return `${defuseCommands(blocks.map((lines) => lines.join("\n")).join("\n\n"))}\n`;
}

function groupByFile(findings: readonly Finding[]): readonly Finding[] {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = files.get(finding.location.uri);
    if (group === undefined) files.set(finding.location.uri, [finding]);
    else group.push(finding);
  }
  const groups = [...files.values()].map((group) => group.sort(compareSeverity));
  groups.sort((a, b) => (a[0] !== undefined && b[0] !== undefined ? compareSeverity(a[0], b[0]) : 0));
  return groups.flat();
}

function header(finding: Finding, colors: Colors, context: ReportContext): string {
  const { severity, location } = finding;
  return `${colors.bold(placeOf(location, context))}  ${paintSeverity(severity, colors)}  ${showInvisible(ruleName(finding))}`;
}

function renderFinding(
  finding: Finding,
  rule: RuleMetadata | undefined,
  frame: readonly string[],
  colors: Colors,
  context: ReportContext,
): string[] {
  const { location, object, also, related } = finding;
  const lines = [header(finding, colors, context), `  ${colors.bold(showInvisible(finding.message))}`];
  if (frame.length > 0) lines.push("", ...frame);
  lines.push("");
  const detail = (label: string, text: string): void => {
    lines.push(`  ${colors.dim(label.padEnd(8))} ${showInvisible(text)}`);
  };
  const precision = describePrecision(location.precision);
  if (precision !== null) detail("line", precision);
  if (object !== null) {
    const unit = describeUnit(finding.unit);
    detail("object", `${describeObject(object)}${unit === null ? "" : `, in ${unit}`}`);
  }
  const surfaces = surfacesIn(finding);
  if (surfaces !== null)
    detail(
      "chart",
      `written in ${lineOf(location, context.displayPath)}, surfaces in ${lineOf(surfaces, context.displayPath)}`,
    );
  const files = finding.values.filter((name) => name !== "");
  if (files.length > 0)
    detail("values", `${finding.values.includes("") ? "the chart's own, " : ""}${files.join(", ")}`);
  for (const place of related.slice(surfaces === null ? 0 : 1, MOST_RELATED)) {
    const inexact = describePrecision(place.precision);
    detail("related", `${placeOf(place, context)}  ${place.message}${inexact === null ? "" : ` (${inexact})`}`);
  }
  if (related.length > MOST_RELATED) detail("related", `and ${count(related.length - MOST_RELATED, "more place")}`);
  if (also.length > 0) detail("also", also.join(", "));
  const hint = rule === undefined ? "" : remediationHint(rule.remediation);
  detail("help", `${hint === "" ? "" : `${hint} `}See: portcullis explain ${finding.rule}`);
  return lines;
}

function renderUnreadable(entry: ReportedUnreadable, colors: Colors, context: ReportContext): readonly string[] {
  const { uri, at, reason, message, status } = entry;
  const path = showInvisible(context.displayPath(uri));
  const place = at === null ? path : `${path}:${at.line}:${at.column}`;
  const known = describeStatus(status);
  const level = known === null ? colors.red("error") : colors.dim(known);
  return [`  ${colors.bold(place)}  ${level}  ${REASONS[reason]}`, `    ${showInvisible(message)}`];
}

function renderSummary(report: Report, colors: Colors): string[] {
  const paint = report.verdict === "pass" ? colors.green : colors.red;
  const fixed = describeFixed(report);
  return [
    describeFindings(report),
    ...(fixed === null ? [] : [colors.green(fixed)]),
    describeChecked(report),
    colors.bold(paint(describeVerdict(report))),
  ];
}

function placeOf({ uri, range, precision }: Location, { displayPath }: ReportContext): string {
  const path = showInvisible(displayPath(uri));
  return precision === "file" ? path : `${path}:${range.start.line}:${range.start.column}`;
}

function paintSeverity(severity: Severity, colors: Colors): string {
  const paints: { readonly [name in Severity]: (text: string) => string } = {
    critical: (text) => colors.bold(colors.red(text)),
    high: colors.red,
    medium: colors.yellow,
    low: colors.cyan,
    info: colors.dim,
  };
  return paints[severity](severity);
}
