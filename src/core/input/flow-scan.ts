/** A scan over flow collections (YAML 1.2 §7.4, JSON among them) that comes in pieces. */
export interface FlowScan {
  /** Reads on; what opens at depth 0 is a new collection. */
  feed(text: string): void;
  /** Forgets what is open: a document marker ended it. */
  reset(): void;
  /** How many collections are open. */
  depth(): number;
}

/** What the scan tells of. */
export interface FlowEvents {
  /** A collection opened at depth 0. */
  opened(): void;
  /** The outermost mapping has this key; as written, quotes and all, cut to a bounded length. */
  key(written: string): void;
}

const LONGEST_KEY = 256;

/** A scan that stands before a collection. */
export function createFlowScan(events: FlowEvents): FlowScan {
  let depth = 0;
  let mapping = false;
  let quote = "";
  let escaped = false;
  let comment = false;
  let inValue = false;
  let previous = "\n";
  let key = "";

  function structural(char: string): void {
    if (char === "{" || char === "[") {
      depth += 1;
      if (depth === 1) {
        mapping = char === "{";
        startEntry();
        events.opened();
      }
    } else if (char === "}" || char === "]") {
      depth = Math.max(0, depth - 1);
    } else if (depth === 1 && mapping && char === ",") {
      startEntry();
    } else if (depth === 1 && mapping && char === ":" && !inValue) {
      inValue = true;
      events.key(key);
    }
  }

  function startEntry(): void {
    inValue = false;
    key = "";
  }

  function collect(char: string): void {
    if (depth === 1 && !inValue && key.length < LONGEST_KEY) key += char;
  }

  function step(char: string): void {
    if (comment) {
      if (char === "\n") comment = false;
    } else if (quote !== "") {
      collect(char);
      if (escaped) escaped = false;
      else if (char === "\\" && quote === '"') escaped = true;
      else if (char === quote) quote = "";
    } else if (char === "#" && (previous === " " || previous === "\t" || previous === "\n")) {
      comment = true;
    } else if ((char === '"' || char === "'") && startsScalar()) {
      quote = char;
      collect(char);
    } else if (char === "{" || char === "}" || char === "[" || char === "]" || char === "," || char === ":") {
      structural(char);
    } else {
      collect(char);
    }
    previous = char;
  }

  // An apostrophe inside a plain scalar (`{note: it's}`) opens nothing.
  function startsScalar(): boolean {
    return depth > 0 && !/[\p{L}\p{N}_.\-/)]/u.test(previous);
  }

  return {
    feed: (text) => {
      // By UTF-16 unit: every character that matters is one unit.
      for (let at = 0; at < text.length; at += 1) step(text[at] ?? "");
    },
    reset: () => {
      depth = 0;
      quote = "";
      escaped = false;
      comment = false;
      previous = "\n";
    },
    depth: () => depth,
  };
}
