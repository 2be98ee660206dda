import { surfacesIn, type Finding } from "../model/finding.ts";
import type { Report, ReportedUnreadable } from "../model/report.ts";
import { controlCaveats, describeControls } from "./controls.ts";
import { defuseCommands, shorten, showInvisible, wellFormed } from "./harmless.ts";
import { ANNOTATION_LEVEL, compareSeverity } from "./severity.ts";
import {
  count,
  describeChecked,
  describeFindings,
  describeFixed,
  describeObject,
  describePrecision,
  describeVerdict,
  lineOf,
  REASONS,
  remediationHint,
  ruleName,
} from "./wording.ts";

/** GitHub shows this many annotations of each level per step and drops the others. */
const MOST_PER_LEVEL = 10;
/** What the Checks API takes: characters of a title, and of a message (64 KB there). */
const LONGEST_TITLE = 255;
const LONGEST_MESSAGE = 4000;

/** One annotation, in the words of `@actions/core`. Values are raw: whoever writes them escapes them. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Only on a range within one line: GitHub ignores columns otherwise. 1-based, end exclusive. */
  readonly startColumn?: number;
  readonly endColumn?: number;
  readonly title: string;
  readonly message: string;
}

/**
 * The annotations of what is new, worst first: first what could not be judged, since it decides the
 * verdict. At most ten of each level, as GitHub shows no more; `omitted` counts those above that.
 * Findings of severity `info` have none and are not counted.
 */
export function toAnnotations(report: Report): {
  readonly annotations: readonly Annotation[];
  readonly omitted: number;
} {
  const all = allAnnotations(report);
  const shown = new Map<Annotation["level"], number>();
  const annotations = all.filter(({ level }) => {
    const before = shown.get(level) ?? 0;
    shown.set(level, before + 1);
    return before < MOST_PER_LEVEL;
  });
  return { annotations, omitted: all.length - annotations.length };
}

/** All annotations of what is new, in the same order, for a surface without that limit. */
export function allAnnotations(report: Report): readonly Annotation[] {
  const hints = new Map(report.rules.map(({ id, remediation }) => [id, remediationHint(remediation)]));
  const all: Annotation[] = report.unreadable.filter(({ status }) => status === "new").map(unreadableAnnotation);
  for (const finding of report.findings.toSorted(compareSeverity)) {
    const level = ANNOTATION_LEVEL[finding.severity];
    if (level !== null && finding.status === "new")
      all.push(findingAnnotation(finding, level, hints.get(finding.rule) ?? ""));
  }
  return all;
}

/** The report as workflow commands for GitHub's runner, then what was left out, and the summary. */
export function renderGithub(report: Report): string {
  const { annotations, omitted } = toAnnotations(report);
  const left = `${count(omitted, "annotation")} left out: GitHub shows ten of each level per step. The other formats list all findings.`;
  const rest = [
    ...(omitted === 0 ? [] : [left]),
    ...report.pending.map(({ uri, message }) => `${showInvisible(uri)}: ${showInvisible(message)}`),
    ...(report.controls.length === 0 ? [] : [...report.controls.map(describeControls), ...controlCaveats(report)]),
    ...report.notes.map((note) => `note: ${showInvisible(note)}`),
    describeFindings(report),
    ...[describeFixed(report)].filter((line) => line !== null),
    describeChecked(report),
    describeVerdict(report),
  ];
  return `${[...annotations.map(toCommand), ...rest.map(defuseCommands)].join("\n")}\n`;
}

function findingAnnotation(finding: Finding, level: Annotation["level"], hint: string): Annotation {
  const { location, object, message, rule, severity } = finding;
  const { start, end } = location.range;
  const precision = describePrecision(location.precision);
  const surfaces = surfacesIn(finding);
  const lines = [
    message,
    ...(surfaces === null ? [] : [`Written in ${lineOf(location, asIs)}, surfaces in ${lineOf(surfaces, asIs)}.`]),
    ...(object === null ? [] : [describeObject(object)]),
    ...(precision === null ? [] : [`Line: ${precision}.`]),
    `${hint === "" ? "" : `${hint} `}See: portcullis explain ${rule}`,
  ];
  const columns =
    start.line === end.line && location.precision !== "file"
      ? { startColumn: start.column, endColumn: end.column }
      : {};
  return {
    level,
    file: wellFormed(location.uri),
    startLine: start.line,
    endLine: end.line,
    ...columns,
    title: titleOf(`${severity}: ${ruleName(finding)}`),
    message: messageOf(lines),
  };
}

function unreadableAnnotation({ uri, at, reason, message }: ReportedUnreadable): Annotation {
  const line = at?.line ?? 1;
  return {
    level: "error",
    file: wellFormed(uri),
    startLine: line,
    endLine: line,
    ...(at === null ? {} : { startColumn: at.column, endColumn: at.column }),
    title: titleOf(`could not be judged: ${REASONS[reason]}`),
    message: messageOf(at === null ? [message, "Line: only the file is known, not the line."] : [message]),
  };
}

function asIs(uri: string): string {
  return uri;
}

function titleOf(text: string): string {
  return shorten(showInvisible(text), LONGEST_TITLE);
}

function messageOf(lines: readonly string[]): string {
  return shorten(lines.map(showInvisible).join("\n"), LONGEST_MESSAGE);
}

function toCommand(annotation: Annotation): string {
  const { level, file, startLine, endLine, startColumn, endColumn, title, message } = annotation;
  const properties = { file, line: startLine, endLine, col: startColumn, endColumn, title };
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${list.join(",")}::${escapeData(message)}`;
}

// What the runner undoes: `%`, CR and LF in data, also `:` and `,` in properties. Other characters have
// no escape; invisible ones are written out, which costs a hostile file name its place on the page.
function escapeData(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => showInvisible(line).replaceAll("%", "%25"));
  return lines.join("%0A");
}

function escapeProperty(text: string): string {
  const visible = text.split(/([\r\n])/).map((part) => (part === "\r" || part === "\n" ? part : showInvisible(part)));
  const escapes: { readonly [character: string]: string } = {
    "%": "%25",
    "\r": "%0D",
    "\n": "%0A",
    ":": "%3A",
    ",": "%2C",
  };
  return visible.join("").replaceAll(/[%\r\n:,]/g, (character) => escapes[character] ?? character);
}
