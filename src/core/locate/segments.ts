/** How a piece of a scalar's text comes from its source. */
type SegmentKind = "copy" | "escape" | "break";

interface Segment {
  /** Offsets in the scalar's text. */
  readonly textStart: number;
  readonly textEnd: number;
  /** Offsets in the source. */
  readonly start: number;
  readonly end: number;
  readonly kind: SegmentKind;
}

/** The pieces of one scalar, in order and without gaps in its text. */
export class Segments {
  readonly #segments: readonly Segment[];
  readonly #emptyAt: number;

  constructor(segments: readonly Segment[], emptyAt: number) {
    this.#segments = segments;
    this.#emptyAt = emptyAt;
  }

  /** The source offset of the character at `index` of the scalar's text. */
  sourceStart(index: number): number {
    const segment = this.#at(index);
    if (segment === undefined) return this.#segments.at(-1)?.end ?? this.#emptyAt;
    if (segment.kind === "copy") return segment.start + (index - segment.textStart);
    // A line break has no characters of its own to show: what follows it does.
    return segment.kind === "escape" ? segment.start : segment.end;
  }

  /** The source offset past the character in front of `index` of the scalar's text. */
  sourceEnd(index: number): number {
    const segment = this.#at(index - 1);
    if (segment === undefined) return this.#segments[0]?.start ?? this.#emptyAt;
    if (segment.kind === "copy") return segment.start + (index - segment.textStart);
    return segment.kind === "escape" ? segment.end : segment.start;
  }

  #at(index: number): Segment | undefined {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const segment = this.#segments[middle];
      if (segment === undefined) return undefined;
      if (index < segment.textStart) high = middle - 1;
      else if (index >= segment.textEnd) low = middle + 1;
      else return segment;
    }
    return undefined;
  }
}

/** Puts a scalar's text together again and notes where each piece comes from. */
export class SegmentWriter {
  readonly #source: string;
  readonly #segments: Segment[] = [];
  readonly #pieces: string[] = [];
  #length = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Takes source characters as they stand. */
  copy(start: number, end: number): void {
    if (end > start) this.#push(this.#source.slice(start, end), start, end, "copy");
  }

  /** Takes `piece` for an escape sequence. */
  escape(piece: string, start: number, end: number): void {
    if (piece !== "") this.#push(piece, start, end, "escape");
  }

  /** Takes `piece` for line breaks and the white space around them. */
  lineBreak(piece: string, start: number, end: number): void {
    if (piece !== "") this.#push(piece, start, end, "break");
  }

  /**
   * The pieces, or `null` where they do not make up `text`. What `text` has more at its end may
   * only be white space: the line breaks that block scalars keep, which stand at `end`.
   */
  finish(text: string, end: number): Segments | null {
    const written = this.#pieces.join("");
    if (written !== text) {
      if (!text.startsWith(written)) return null;
      const rest = text.slice(written.length);
      if (/[^ \t\n]/.test(rest)) return null;
      this.lineBreak(rest, end, end);
    }
    return new Segments(this.#segments, end);
  }

  #push(piece: string, start: number, end: number, kind: SegmentKind): void {
    const textStart = this.#length;
    this.#length += piece.length;
    this.#pieces.push(piece);
    this.#segments.push({ textStart, textEnd: this.#length, start, end, kind });
  }
}
