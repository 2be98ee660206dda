import type { KubernetesObject, YamlNode } from "../../model/document.ts";
import type { DataPath } from "../../model/json.ts";
import { VALUES_KIND } from "../load.ts";
import type { LoadedFile } from "../loaded-file.ts";
import { waiverComments, type WaiverComment } from "./comments.ts";
import { readDirective } from "./directive.ts";
import { scalarSpans } from "./scalar-spans.ts";

/** A comment that waives findings of a stretch of lines. */
export interface InlineWaiver {
  readonly uri: string;
  /** The comment's line (1-based). */
  readonly line: number;
  /** `<rule>` or `<rule>/<variant>`, as written. */
  readonly rules: readonly string[];
  readonly until: string | null;
  readonly reason: string;
  /** Offset of the reason. */
  readonly reasonAt: number;
  /** First and last line (1-based, both included) of what is waived. */
  readonly first: number;
  readonly last: number;
  /** What it waives and why, whatever lines it stands on: equal in another state of the file. It may hold a secret. */
  readonly key: string;
}

/** A comment that waives nothing, and what is wrong with it. */
export interface WaiverProblem {
  readonly uri: string;
  readonly line: number;
  readonly problem: string;
}

/** The waivers that stand in a file. */
export function inlineWaivers(file: LoadedFile): {
  readonly waivers: readonly InlineWaiver[];
  readonly problems: readonly WaiverProblem[];
} {
  const waivers: InlineWaiver[] = [];
  const problems: WaiverProblem[] = [];
  const comments = waiverComments(file);
  if (comments.length === 0) return { waivers, problems };
  const { uri } = file.source;
  for (const comment of comments) {
    const { line } = file.lines.positionAt(comment.start);
    const read = readDirective(comment.body);
    if ("problem" in read) {
      problems.push({ uri, line, problem: read.problem });
      continue;
    }
    const { rules, until, reason } = read;
    const scope = scopeOf(comment, file);
    const key = JSON.stringify([rules.toSorted(), reason, scope.what]);
    const reasonAt = comment.bodyAt + read.reasonAt;
    waivers.push({ uri, line, rules, until, reason, reasonAt, first: scope.first, last: scope.last, key });
  }
  return { waivers, problems };
}

interface Scope {
  readonly first: number;
  readonly last: number;
  /** Names what is waived. */
  readonly what: readonly string[];
}

function scopeOf(comment: WaiverComment, file: LoadedFile): Scope {
  const { lines } = file;
  const { line } = lines.positionAt(comment.start);
  const isOwn =
    textOf(file, line)
      .replace(commentOn(comment, file, line), "")
      .trim() === "";
  if (!isOwn) return linesFrom(line, file, comment);
  const isTemplate = file.templateOf !== undefined;
  const whole = isTemplate ? templateObject(line, file) : documentBelow(comment, file);
  if (whole !== null) return whole;
  const last = lines.positionAt(comment.end).line;
  let next = last + 1;
  while (next < lines.lineCount && isComment(textOf(file, next))) next += 1;
  return linesFrom(next, file, null);
}

function isComment(line: string): boolean {
  return /^\s*(?:#|\{\{-?\s*\/\*(?:(?!\*\/).)*\*\/\s*-?\}\}\s*$)/.test(line);
}

function textOf({ lines, source }: LoadedFile, line: number): string {
  const span = lines.lineSpan(line);
  return span === null ? "" : source.text.slice(span.start, span.end);
}

function commentOn({ start, end }: WaiverComment, { lines, source }: LoadedFile, line: number): string {
  return source.text.slice(start, Math.min(end, lines.lineSpan(line)?.end ?? end));
}

// A value that goes on over further lines, where no comment can stand, belongs to the line that it begins on.
function linesFrom(line: number, file: LoadedFile, comment: WaiverComment | null): Scope {
  const { documents, lines, source, templateOf } = file;
  const isYaml = templateOf === undefined && documents.length > 0;
  const span = lines.lineSpan(line);
  let last = line;
  if (isYaml && span !== null) {
    for (const { start, end } of scalarSpans(documents, source.text))
      if (start >= span.start && start <= span.end && end > span.end)
        last = Math.max(last, lines.positionAt(end - 1).line);
  } else if (span !== null) {
    last = blockBelow(line, file);
  }
  const covered = Array.from({ length: last - line + 1 }, (_, index) => textOf(file, line + index));
  const [first = "", ...rest] = covered;
  const own = comment === null ? first : first.replace(commentOn(comment, file, line), "");
  const what = [own, ...rest].map((text) => text.trim()).join("\n");
  const object = isYaml ? objectAt(span?.start ?? 0, span?.end ?? 0, file) : sectionName(line, file);
  return { first: line, last, what: ["line", object, what.trim()] };
}

function blockBelow(line: number, file: LoadedFile): number {
  const header = textOf(file, line).replace(/\s#.*$/, "");
  if (!/(?:^|[\s:-])[|>][-+\d]{0,2}\s*$/.test(header)) return line;
  const parent = /^[ \t]*(?:-[ \t]+)*/.exec(header)?.[0].length ?? 0;
  let last = line;
  for (let next = line + 1; next <= file.lines.lineCount; next += 1) {
    const text = textOf(file, next);
    if (text.trim() === "") continue;
    if ((/^[ \t]*/.exec(text)?.[0].length ?? 0) <= parent) break;
    last = next;
  }
  return last;
}

// Above the first key of a document with an object: between the two there are only comments.
function documentBelow(comment: WaiverComment, file: LoadedFile): Scope | null {
  const { documents, source, lines } = file;
  const position = documents.findIndex(({ start }) => start > comment.start);
  const document = documents[position];
  if (document === undefined || (documents[position - 1]?.end ?? 0) > comment.start) return null;
  const objects = file.objects.filter(({ origin, kind }) => origin.document === document && kind !== VALUES_KIND);
  const between = source.text.slice(comment.end, document.start);
  if (objects.length === 0 || (position > 0 && /^---/m.test(between))) return null;
  return {
    first: lines.positionAt(comment.start).line,
    last: lines.positionAt(document.end).line,
    what: ["object", ...objects.map(identityOf)],
  };
}

function identityOf({ apiVersion, kind, namespace, name }: KubernetesObject): string {
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

/** The objects that hold anything of a stretch of text. */
function objectAt(start: number, end: number, { objects }: LoadedFile): string {
  return objects
    .filter(({ origin }) => {
      const node = nodeAt(origin.document.root, origin.base);
      return node !== null && node.start <= end && node.end >= start;
    })
    .map(identityOf)
    .join();
}

function nodeAt(root: YamlNode, path: DataPath): YamlNode | null {
  let node: YamlNode | undefined = root;
  for (const step of path) {
    if (typeof step === "number") node = node?.kind === "sequence" ? node.items[step] : undefined;
    else node = node?.kind === "mapping" ? node.entries.find(({ key }) => key === step)?.value : undefined;
  }
  return node ?? null;
}

// In a template lines must do: what stands between two `---` is an object.
function templateObject(line: number, file: LoadedFile): Scope | null {
  const { first, last } = section(line, file);
  const isBlank = (text: string): boolean =>
    text.trim() === "" || isComment(text) || /^\s*\{\{[^}]*\}\}\s*$/.test(text);
  for (let above = line - 1; above >= first; above -= 1) if (!isBlank(textOf(file, above))) return null;
  let below = line + 1;
  while (below <= last && isBlank(textOf(file, below))) below += 1;
  if (!/^(?:apiVersion|kind|metadata)\s*:/.test(textOf(file, below))) return null;
  return { first: line, last, what: ["object", sectionName(line, file)] };
}

function section(line: number, file: LoadedFile): { readonly first: number; readonly last: number } {
  const isEnd = (at: number): boolean => /^---(?:\s|$)/.test(textOf(file, at));
  let first = line;
  while (first > 1 && !isEnd(first - 1)) first -= 1;
  let last = line;
  while (last < file.lines.lineCount && !isEnd(last + 1)) last += 1;
  return { first, last };
}

function sectionName(line: number, file: LoadedFile): string {
  if (file.templateOf === undefined) return "";
  const { first, last } = section(line, file);
  const all = Array.from({ length: last - first + 1 }, (_, index) => textOf(file, first + index));
  return JSON.stringify([/^kind:/, /^ {1,8}name:/].map((what) => all.find((text) => what.test(text))?.trim() ?? ""));
}
