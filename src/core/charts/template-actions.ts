/**
 * A token of an action. `start` and `end` are UTF-16 offsets into the template; those of a string
 * enclose what stands between its quotes.
 */
export interface Token {
  readonly kind: "string" | "number" | "word" | "field" | "variable" | "dot" | "sign";
  /** Strings unescaped; fields without their dot, variables with their `$`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of a field: whether it continues what stands before it (`$x.name`, `(…).name`). */
  readonly attached: boolean;
}

/** A stretch of a template: text that is printed as it stands, or one action. */
export type TemplatePart =
  | { readonly kind: "text"; readonly start: number; readonly end: number }
  | { readonly kind: "action"; readonly tokens: readonly Token[]; readonly start: number; readonly end: number };

/** Most tokens of one action that are looked at; no person writes longer ones. */
const MOST_TOKENS = 2000;

/**
 * Takes a Go template apart into texts and actions (text/template, "Text and spaces", "Actions"), in
 * time linear in its length. Comments are left out. What no template engine would accept ends an
 * action early or ends the parts; it is never an error.
 */
export function* templateParts(text: string): Generator<TemplatePart, void> {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{{", at);
    if (open === -1) break;
    if (open > at) yield { kind: "text", start: at, end: open };
    const comment = /^\{\{(?:-\s)?\s*\/\*/.exec(text.slice(open, open + 16));
    if (comment !== null) {
      const close = text.indexOf("*/", open + comment[0].length);
      const end = close === -1 ? -1 : text.indexOf("}}", close);
      if (end === -1) return;
      at = end + 2;
      continue;
    }
    const action = readAction(text, open);
    yield action;
    at = action.end;
  }
  if (at < text.length) yield { kind: "text", start: at, end: text.length };
}

const SPACE = /\s+/y;
const SPACE_OR_TRIM = /-(?=\s)/y;
const CLOSE = /-?\}\}/y;
const NUMBER = /[+-]?\d[\w.]{0,40}/y;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const VARIABLE = /\$[\p{L}\p{N}_]*/uy;
const FIELD = /\.([\p{L}_][\p{L}\p{N}_]*)/uy;
const SIGN = /:=|[()|=,.]/y;

function readAction(text: string, open: number): TemplatePart & { kind: "action" } {
  const tokens: Token[] = [];
  const add = (kind: Token["kind"], value: string, start: number, end: number, attached = false) => {
    if (tokens.length < MOST_TOKENS) tokens.push({ kind, text: value, start, end, attached });
  };
  let at = open + 2;
  const first = match(SPACE_OR_TRIM, text, at);
  if (first !== null) at += first[0].length;
  let last = -1;
  while (at < text.length) {
    const space = match(SPACE, text, at);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const close = match(CLOSE, text, at);
    if (close !== null) return { kind: "action", tokens, start: open, end: at + close[0].length };
    const char = text[at] ?? "";
    if (char === '"' || char === "`" || char === "'") {
      const end = stringEnd(text, at);
      // Go does not let a string go over the end of its line: the action is broken.
      if (!end.closed) return { kind: "action", tokens: [], start: open, end: end.at };
      const written = text.slice(at + 1, end.at - 1);
      if (char !== "'") add("string", char === '"' ? unescape(written) : written, at + 1, end.at - 1);
      at = end.at;
      last = -1;
      continue;
    }
    const [kind, found] = readToken(text, at);
    const value = kind === "field" ? (found[1] ?? "") : found[0];
    add(kind, value, at, at + found[0].length, kind === "field" && last === at);
    at += found[0].length;
    last = kind === "variable" || kind === "field" || value === ")" ? at : -1;
  }
  return { kind: "action", tokens: [], start: open, end: text.length };
}

function readToken(text: string, at: number): readonly [Token["kind"], RegExpExecArray | readonly [string, string?]] {
  const field = match(FIELD, text, at);
  if (field !== null) return ["field", field];
  const variable = match(VARIABLE, text, at);
  if (variable !== null) return ["variable", variable];
  const word = match(WORD, text, at);
  if (word !== null) return ["word", word];
  const number = match(NUMBER, text, at);
  if (number !== null) return ["number", number];
  const sign = match(SIGN, text, at);
  if (sign !== null) return [sign[0] === "." ? "dot" : "sign", sign];
  return ["sign", [text[at] ?? ""]];
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

// Past the closing quote, or where the string can't go on.
function stringEnd(text: string, start: number): { at: number; closed: boolean } {
  const quote = text[start];
  if (quote === "`") {
    const end = text.indexOf("`", start + 1);
    return end === -1 ? { at: text.length, closed: false } : { at: end + 1, closed: true };
  }
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === quote) return { at: at + 1, closed: true };
    if (char === "\n") return { at, closed: false };
    if (char === "\\") at += 1;
  }
  return { at: text.length, closed: false };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", '"': '"', "'": "'", "\\": "\\" };

function unescape(written: string): string {
  return written.includes("\\") ? written.replace(/\\([\s\S])/g, (all, char: string) => ESCAPES[char] ?? all) : written;
}
