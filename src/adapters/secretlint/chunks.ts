/** A stretch of a text. */
export interface Chunk {
  readonly text: string;
  /** Offset of its first character in the whole, in UTF-16 units. */
  readonly offset: number;
  /** Whether it starts, or ends, in the middle of a line of the whole. */
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/**
 * secretlint compares each message with each other one, so the time for a text full of tokens grows
 * with the square of its length; in pieces it does not.
 */
const SIZE = 40_000;
/** The longest thing that is looked for is a private key: at most this many UTF-16 units. */
const OVERLAP = 12_000;

/** A text in pieces that overlap, cut at line ends where there are any near. */
export function* chunksOf(text: string): Generator<Chunk> {
  let offset = 0;
  let cutBefore = false;
  while (text.length - offset > SIZE) {
    const lineEnd = text.lastIndexOf("\n", offset + SIZE) + 1;
    const cutAfter = lineEnd < offset + SIZE / 2;
    const end = cutAfter ? offset + SIZE : lineEnd;
    yield { text: text.slice(offset, end), offset, cutBefore, cutAfter };
    const lineStart = text.lastIndexOf("\n", end - OVERLAP) + 1;
    cutBefore = lineStart <= offset;
    offset = cutBefore ? end - OVERLAP : lineStart;
  }
  yield { text: text.slice(offset), offset, cutBefore, cutAfter: false };
}
