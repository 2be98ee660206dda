import type { Position, Range } from "../../model/position.ts";

/**
 * Turns offsets of one text into lines and columns. A line ends at `\n`, `\r\n` or a lone `\r`
 * (YAML 1.2, 5.4). Built in one pass; each look-up is a binary search.
 */
export class LineIndex {
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = lineStarts(text);
  }

  /** How many lines the text has: at least one, and one more than it has line breaks. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** The place of `offset`; what lies outside the text is moved to its nearest end. */
  positionAt(offset: number): Position {
    const inside = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#startOf(middle) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: inside - this.#startOf(low) + 1, offset: inside };
  }

  /** The stretch from `start` to `end` (exclusive). */
  rangeOf(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(Math.max(start, end)) };
  }

  /** Offsets of a 1-based line, its line break left out; `null` for a line that does not exist. */
  lineSpan(line: number): { readonly start: number; readonly end: number } | null {
    const start = this.#starts[line - 1];
    if (start === undefined) return null;
    let end = this.#starts[line] ?? this.text.length;
    if (line < this.#starts.length) {
      if (this.text.charCodeAt(end - 1) === LINE_FEED) end -= 1;
      if (end > start && this.text.charCodeAt(end - 1) === CARRIAGE_RETURN) end -= 1;
    }
    return { start, end };
  }

  #startOf(index: number): number {
    return this.#starts[index] ?? 0;
  }
}

/** The line index of `text`. */
export function lineIndex(text: string): LineIndex {
  return new LineIndex(text);
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    // `indexOf` runs over a line many times faster than a loop over its characters.
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
      starts.push(at + 1);
    }
    return starts;
  }
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) {
      starts.push(at + 1);
    } else if (code === CARRIAGE_RETURN) {
      if (text.charCodeAt(at + 1) === LINE_FEED) at += 1;
      starts.push(at + 1);
    }
  }
  return starts;
}
