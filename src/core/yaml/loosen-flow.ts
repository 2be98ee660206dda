/** A text in which flow collections and quoted scalars stand on one line each. */
export interface Loosened {
  /** As long as the original, with the same characters at the same offsets but for white space. */
  readonly text: string;
  /** End offset of each outermost flow collection and quoted scalar that was changed, by start. */
  readonly regions: ReadonlyMap<number, number>;
  /** Start offsets of the comments that were blanked, ascending. */
  readonly comments: readonly number[];
}

/**
 * Replaces line breaks, tabs and comments inside flow collections, and line breaks inside quoted
 * scalars, by as many spaces.
 *
 * YAML 1.2 (8.2.3) wants everything inside `[…]`, `{…}` and quotes further right than the block
 * around it, and the parser insists; but `args: [` closed by a `]` under `args` is common in
 * manifests, and the reader that Kubernetes, Helm and kustomize use takes it. On one line there is
 * nothing to indent. The scan knows just enough of YAML to find these places and may be wrong
 * about odd texts: `isFaithful` checks its result against what the parser then makes of it.
 * `null` where nothing was changed or something does not end.
 */
export function loosenFlow(text: string): Loosened | null {
  return new FlowScan(text).run();
}

const DOCUMENT_MARKER = /(?:---|\.\.\.)(?=[ \t\r\n]|$)/y;

class FlowScan {
  readonly #text: string;
  readonly #blanks: (readonly [start: number, end: number])[] = [];
  readonly #regions = new Map<number, number>();
  readonly #comments: number[] = [];
  #at = 0;
  #lineStart = 0;
  /** Column of the innermost key or dash so far: what it holds is further right. */
  #owner = -1;
  /** Whether the last token was a plain value, which lines further right continue. */
  #afterPlain = false;

  constructor(text: string) {
    this.#text = text;
  }

  run(): Loosened | null {
    while (this.#at < this.#text.length) if (!this.#line()) return null;
    if (this.#blanks.length === 0) return null;
    return { text: this.#blanked(), regions: this.#regions, comments: this.#comments };
  }

  /** Reads a line of block context, with the flow collections that start on it. */
  #line(): boolean {
    this.#lineStart = this.#at;
    while (this.#char() === " ") this.#at += 1;
    const isBlank = this.#atBreak() || this.#char() === "#";
    const continues = this.#afterPlain && this.#column(this.#at) > this.#owner;
    if (isBlank || continues || this.#text[this.#lineStart] === "%") {
      this.#skipLine();
      return true;
    }
    this.#afterPlain = false;
    if (this.#atMarker()) {
      this.#at += 3;
      this.#owner = -1;
    }
    while (this.#at < this.#text.length && !this.#atBreak()) if (!this.#token()) return false;
    this.#skipBreak();
    return true;
  }

  #token(): boolean {
    const start = this.#at;
    switch (this.#char()) {
      case " ":
      case "\t":
        this.#at += 1;
        return true;
      case "#":
        this.#skipToBreak();
        return true;
      case "&":
      case "!":
      case "*":
        while (this.#at < this.#text.length && !this.#isSpaceAt(this.#at)) this.#at += 1;
        return true;
      case "[":
      case "{":
        return this.#region(() => this.#flow());
      case "'":
      case '"': {
        const column = this.#column(start);
        if (!this.#region(() => this.#quoted())) return false;
        if (this.#isKeyEnd(this.#at)) this.#endKey(column);
        return true;
      }
      case "|":
      case ">":
        this.#blockScalar();
        return true;
      case "-":
      case "?":
      case ":":
        if (this.#isSpaceAt(start + 1)) {
          this.#owner = this.#column(start);
          this.#at += 1;
          return true;
        }
    }
    this.#plain();
    return true;
  }

  #plain(): void {
    const column = this.#column(this.#at);
    for (; this.#at < this.#text.length && !this.#atBreak(); this.#at += 1) {
      if (this.#isKeyEnd(this.#at)) {
        this.#endKey(column);
        return;
      }
      if (this.#char() === "#" && this.#isSpaceAt(this.#at - 1)) break;
    }
    this.#afterPlain = true;
  }

  #isKeyEnd(at: number): boolean {
    return this.#text[at] === ":" && this.#isSpaceAt(at + 1);
  }

  #endKey(column: number): void {
    this.#owner = column;
    this.#at += 1;
  }

  #blockScalar(): void {
    this.#skipLine();
    while (this.#at < this.#text.length) {
      this.#lineStart = this.#at;
      let at = this.#at;
      while (this.#text[at] === " ") at += 1;
      const isContent = this.#isBreakAt(at) || this.#column(at) > this.#owner;
      if (!isContent || this.#atMarker()) return;
      this.#skipLine();
    }
  }

  /** Reads a flow collection or quoted scalar; false where it does not end. */
  #region(read: () => boolean): boolean {
    const start = this.#at;
    const blanks = this.#blanks.length;
    if (!read()) return false;
    if (this.#blanks.length > blanks) this.#regions.set(start, this.#at);
    return true;
  }

  #flow(): boolean {
    let depth = 0;
    while (this.#at < this.#text.length) {
      const char = this.#char();
      if (char === "[" || char === "{") depth += 1;
      else if (char === "]" || char === "}") depth -= 1;
      if (char === '"' || char === "'") {
        if (!this.#startsQuoted()) this.#at += 1;
        else if (!this.#quoted()) return false;
      } else if (char === "#" && this.#isSpaceAt(this.#at - 1)) {
        const start = this.#at;
        this.#comments.push(start);
        this.#skipToBreak();
        this.#blanks.push([start, this.#at]);
      } else if (this.#isBreakAt(this.#at)) {
        if (!this.#blankBreak()) return false;
      } else {
        if (char === "\t") this.#blanks.push([this.#at, this.#at + 1]);
        this.#at += 1;
        if (depth === 0) return true;
      }
    }
    return false;
  }

  /** Whether a quote in a flow collection opens a scalar, and is not inside a plain one. */
  #startsQuoted(): boolean {
    const before = this.#text.charAt(this.#at - 1);
    if (before === ":") return /["'\]}]/.test(this.#text.charAt(this.#at - 2));
    return /[\s[{,]/.test(before);
  }

  #quoted(): boolean {
    const quote = this.#char();
    this.#at += 1;
    while (this.#at < this.#text.length) {
      const char = this.#char();
      if (char === quote) {
        const isDoubled = quote === "'" && this.#text[this.#at + 1] === quote;
        this.#at += isDoubled ? 2 : 1;
        if (!isDoubled) return true;
      } else if (this.#isBreakAt(this.#at)) {
        if (!this.#blankBreak()) return false;
      } else {
        const skipsNext = char === "\\" && quote === '"' && !this.#isBreakAt(this.#at + 1);
        this.#at += skipsNext ? 2 : 1;
      }
    }
    return false;
  }

  /** Blanks a line break; false where the next line ends the document. */
  #blankBreak(): boolean {
    const start = this.#at;
    this.#skipBreak();
    this.#lineStart = this.#at;
    this.#blanks.push([start, this.#at]);
    return !this.#atMarker();
  }

  #blanked(): string {
    const pieces: string[] = [];
    let done = 0;
    for (const [start, end] of this.#blanks) {
      pieces.push(this.#text.slice(done, start), " ".repeat(end - start));
      done = end;
    }
    pieces.push(this.#text.slice(done));
    return pieces.join("");
  }

  #char(): string {
    return this.#text.charAt(this.#at);
  }

  #column(at: number): number {
    return at - this.#lineStart;
  }

  #atMarker(): boolean {
    if (this.#at !== this.#lineStart) return false;
    DOCUMENT_MARKER.lastIndex = this.#at;
    return DOCUMENT_MARKER.test(this.#text);
  }

  #atBreak(): boolean {
    return this.#isBreakAt(this.#at);
  }

  #isBreakAt(at: number): boolean {
    const char = this.#text[at];
    return char === "\n" || char === "\r";
  }

  /** White space, a line break, or an end of the text. */
  #isSpaceAt(at: number): boolean {
    const char = this.#text[at];
    return char === undefined || char === " " || char === "\t" || char === "\n" || char === "\r";
  }

  #skipToBreak(): void {
    while (this.#at < this.#text.length && !this.#atBreak()) this.#at += 1;
  }

  #skipBreak(): void {
    if (this.#text.startsWith("\r\n", this.#at)) this.#at += 2;
    else if (this.#at < this.#text.length) this.#at += 1;
  }

  #skipLine(): void {
    this.#skipToBreak();
    this.#skipBreak();
  }
}
