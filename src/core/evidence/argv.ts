import { CLI_TABLE, type CliForm, type CliRow } from "./cli-table.ts";
import { findHeaders } from "./headers.ts";
import { classifyName, type NamePatterns } from "./names.ts";
import { shellCommands, wholeWord, type ShellWord } from "./shell-words.ts";

/** A value that a command line gives to a name: `[valueStart, valueEnd)` in the element, in UTF-16 units. */
export interface ArgvSpan {
  /** Index of the argument. */
  readonly element: number;
  readonly keyName: string;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** The value without quotes. */
  readonly value: string;
  readonly context: "flag" | "assignment" | "header";
}

/** What `scanArgv` goes by. */
export interface ArgvOptions {
  readonly patterns?: NamePatterns;
  /** Rows that extend the table of known commands. */
  readonly cliFlagTable?: readonly CliRow[];
}

interface Word extends ShellWord {
  readonly element: number;
}

/**
 * The named credentials of a command line: flags, `KEY=value`, headers, and the flags of known
 * commands. Arguments that are shell scripts are taken apart, quotes and all. Only names that announce
 * a credential are returned, whatever the value.
 */
export function scanArgv(elements: readonly string[], options: ArgvOptions = {}): readonly ArgvSpan[] {
  const spans: ArgvSpan[] = [];
  const direct: Word[] = [];
  for (const [element, text] of elements.entries()) {
    if (isScript(elements, element)) {
      spans.push(...scanScript(text, options).map((span) => ({ ...span, element })));
    } else {
      direct.push({ ...wholeWord(text), element });
    }
  }
  scanCommand(direct, options, spans);
  return unique(spans);
}

/** The same for the text of a shell script; `element` is 0. */
export function scanScript(script: string, options: ArgvOptions = {}): readonly ArgvSpan[] {
  const spans: ArgvSpan[] = [];
  for (const words of shellCommands(script)) {
    scanCommand(
      words.map((word) => ({ ...word, element: 0 })),
      options,
      spans,
    );
  }
  for (const header of findHeaders(script)) {
    spans.push({ element: 0, ...header, context: "header" });
  }
  return unique(spans);
}

const SHELLS = /^(?:.*\/)?(?:ba|da|z|k|a|fi|c|tc)?sh$/;

function isScript(elements: readonly string[], element: number): boolean {
  const text = elements[element] ?? "";
  if (
    element > 0 &&
    /^-[a-z]*c$/.test(elements[element - 1] ?? "") &&
    elements.slice(0, element - 1).some((word) => SHELLS.test(word))
  )
    return true;
  return (
    /\n/.test(text.trim()) ||
    /^\S+\s.*(?:\s--?[A-Za-z]|\bexport\s|&&|\|)/.test(text.slice(0, 4000)) ||
    /^[A-Z_][A-Z0-9_]*=\S*\s+\S/.test(text.slice(0, 4000))
  );
}

function scanCommand(words: readonly Word[], options: ArgvOptions, spans: ArgvSpan[]): void {
  let first = 0;
  while (
    first < words.length &&
    /^(?:[A-Za-z_]\w*\+?=|(?:export|declare|local|readonly|typeset|env|sudo|exec|time|then|do|else|if|while|!|nohup|set)$)/.test(
      words[first]?.text ?? "",
    )
  )
    first += 1;
  const rows = rowsOf(words.slice(first), options);
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    scanFlag(word, next, options, spans);
    scanAssignment(word, words[index - 1], options, spans);
    for (const row of rows) scanRow(row, word, next, spans);
    if (/^(?:-H|--header|--proxy-header)$/.test(words[index - 1]?.text ?? "") || word.text.startsWith("--header="))
      scanHeader(word, spans);
  }
  for (const row of rows) {
    if (typeof row.form === "number") scanPositional(row, words.slice(first), spans);
  }
}

function rowsOf(words: readonly Word[], { cliFlagTable = [] }: ArgvOptions): readonly CliRow[] {
  const names = words
    .filter(({ text }) => !text.startsWith("-"))
    .slice(0, 4)
    .map(({ text }) => text.replace(/^.*\//, ""));
  return [...CLI_TABLE, ...cliFlagTable].filter((row) => row.words.every((word, index) => names[index] === word));
}

// `--password=x`, `--password x`, `-password x`; `-Ddb.password=x` of Java.
function scanFlag(word: Word, next: Word | undefined, { patterns }: ArgvOptions, spans: ArgvSpan[]): void {
  const match = /^(--?|\/)([A-Za-z][\w.:-]{1,120})(=)?/.exec(word.text);
  if (match === null || (match[1] === "/" && match[3] === undefined)) return;
  const name = (match[2] ?? "").replace(/^D(?=[a-z][\w-]*\.)/, "");
  if (classifyName(name, patterns) !== "sensitive") return;
  if (match[3] === "=") add(word, match[0].length, word.text.length, name, "flag", spans);
  else if (next !== undefined && !/^-{1,2}[A-Za-z]/.test(next.text))
    add(next, 0, next.text.length, name, "flag", spans);
}

const ASSIGNMENT = /(?:^|,)([A-Za-z_][\w.[\]/-]{0,200})=/g;

// `KEY=value`, also behind `--set`, `--env` and their like, where commas separate several.
function scanAssignment(word: Word, before: Word | undefined, { patterns }: ArgvOptions, spans: ArgvSpan[]): void {
  const flag = /^--[A-Za-z][\w-]{0,40}=(?=[A-Za-z_][\w.-]*=)/.exec(word.text)?.[0].length ?? 0;
  const text = word.text.slice(flag);
  if (!/^[A-Za-z_]/.test(text)) return;
  const several = flag > 0 || /^--(?:set|set-string|values?)$/.test(before?.text ?? "");
  const starts = [...text.slice(0, 8000).matchAll(ASSIGNMENT)].filter(({ index }) => several || index === 0);
  for (const [index, match] of starts.entries()) {
    const name = match[1] ?? "";
    if (classifyName(name, patterns) !== "sensitive") continue;
    const end = starts[index + 1]?.index ?? text.length;
    add(word, flag + match.index + match[0].length, flag + end, name, "assignment", spans);
  }
}

function scanRow({ flag, form }: CliRow, word: Word, next: Word | undefined, spans: ArgvSpan[]): void {
  if (flag === "" || !word.text.startsWith(flag)) return;
  const attached = word.text.length > flag.length;
  if (attached && flag.startsWith("--") && word.text[flag.length] !== "=") return;
  if (!attached && (form === "attached" || next === undefined || /^-{1,2}[A-Za-z]/.test(next.text))) return;
  const target = attached ? word : next;
  if (target === undefined) return;
  const from = attached ? flag.length + (word.text[flag.length] === "=" ? 1 : 0) : 0;
  const start = from + credentialStart(target.text.slice(from), form);
  if (start >= from) add(target, start, target.text.length, flag, "flag", spans);
}

// Where the credential starts in the value of a flag; negative where there is none.
function credentialStart(value: string, form: CliForm): number {
  if (form === "userinfo") return value.includes(":") ? value.indexOf(":") + 1 : -1;
  if (form === "percent") return value.includes("%") ? value.indexOf("%") + 1 : -1;
  if (form === "pass-prefix") return value.startsWith("pass:") ? 5 : -1;
  return 0;
}

function scanPositional({ words: names, form }: CliRow, words: readonly Word[], spans: ArgvSpan[]): void {
  const word = words.filter(({ text }) => !text.startsWith("-"))[Number(form)];
  if (word !== undefined && !word.text.includes("="))
    add(word, 0, word.text.length, `${names.join(" ")} token`, "flag", spans);
}

function scanHeader(word: Word, spans: ArgvSpan[]): void {
  for (const { keyName, valueStart, valueEnd } of findHeaders(word.text))
    add(word, valueStart, valueEnd, keyName, "header", spans);
}

function add(
  word: Word,
  start: number,
  end: number,
  keyName: string,
  context: ArgvSpan["context"],
  spans: ArgvSpan[],
): void {
  const value = word.text.slice(start, end);
  const valueStart = word.offsets[start];
  const valueEnd = word.offsets[end - 1];
  if (value === "" || valueStart === undefined || valueEnd === undefined) return;
  spans.push({ element: word.element, keyName, valueStart, valueEnd: valueEnd + 1, value, context });
}

function unique(spans: readonly ArgvSpan[]): readonly ArgvSpan[] {
  const seen = new Set<string>();
  return spans.filter(({ element, valueStart, valueEnd }) => {
    const key = `${element}:${valueStart}:${valueEnd}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
