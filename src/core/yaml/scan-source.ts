/**
 * Small scans over the source for the few offsets that parser events leave out: block scalar
 * headers, closing brackets, places of values that are not written. Each starts where the last
 * token ended, so that all of them together read the text once.
 */

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const HASH = 35;

/** The offset of the `|` or `>` whose content starts at `valueStart`; `from` is at or before it. */
export function blockHeaderStart(text: string, from: number, valueStart: number): number {
  const headerEnd = beforeBreak(text, valueStart);
  const lineStart = startOfLine(text, from, headerEnd);
  for (let at = lineStart; at < headerEnd; at += 1) {
    const char = text[at];
    if (char === "|" || char === ">") return at;
  }
  return headerEnd;
}

/** Past the last line of a block scalar that is not blank; at least `headerEnd`. */
export function blockContentEnd(text: string, valueStart: number, valueEnd: number): number {
  let last = valueEnd;
  while (last > valueStart && isBlank(text.charCodeAt(last - 1))) last -= 1;
  if (last === valueStart) return beforeBreak(text, valueStart);
  while (last < valueEnd && !isBreak(text.charCodeAt(last))) last += 1;
  return last;
}

/**
 * Past `indicator` where only white space and comments stand between it and `from`, else `from`:
 * the place of a value that is not written (`key:`, `-`).
 */
export function afterIndicator(text: string, from: number, indicator: string): number {
  const at = skipTrivia(text, from);
  return text[at] === indicator ? at + 1 : from;
}

/** Past the bracket that closes the flow collection whose last token ended at `from`. */
export function afterClosingBracket(text: string, from: number): number {
  for (let at = skipTrivia(text, from); at < text.length; at = skipTrivia(text, at + 1)) {
    const char = text[at];
    if (char === "]" || char === "}") return at + 1;
    if (char !== "," && char !== ":" && char !== "?") break;
  }
  return from;
}

/** Past the `---` that opens an empty document, where one follows `from`, else `from`. */
export function afterDocumentStart(text: string, from: number): number {
  let at = skipTrivia(text, from);
  while (at < text.length) {
    if (text.startsWith("---", at)) return at + 3;
    if (text.startsWith("...", at)) at += 3;
    else if (text[at] === "%") at = endOfLine(text, at);
    else break;
    at = skipTrivia(text, at);
  }
  return from;
}

/** The offset of the `---` line after the first `limit` ones, or `null`; each opens a document. */
export function documentStartPast(text: string, limit: number): number | null {
  let count = isDocumentStart(text, 0) ? 1 : 0;
  if (count > limit) return 0;
  for (let at = text.indexOf("\n---"); at !== -1; at = text.indexOf("\n---", at + 4)) {
    if (!isDocumentStart(text, at + 1)) continue;
    count += 1;
    if (count > limit) return at + 1;
  }
  return null;
}

function isDocumentStart(text: string, at: number): boolean {
  return text.startsWith("---", at) && (at + 3 >= text.length || isBlank(text.charCodeAt(at + 3)));
}

/** The first offset at or after `from` that is neither white space nor comment. */
export function skipTrivia(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === HASH) at = endOfLine(text, at);
    else if (isBlank(code)) at += 1;
    else break;
  }
  return at;
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBreak(text.charCodeAt(at))) at += 1;
  return at;
}

function beforeBreak(text: string, at: number): number {
  let end = at;
  if (end > 0 && text.charCodeAt(end - 1) === LINE_FEED) end -= 1;
  if (end > 0 && text.charCodeAt(end - 1) === CARRIAGE_RETURN) end -= 1;
  return end;
}

function startOfLine(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && !isBreak(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isBreak(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || isBreak(code);
}
