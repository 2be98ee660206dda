import { createFlowScan } from "./flow-scan.ts";
import { keyOfLine, nameKey, withoutProperties, type ManifestKey } from "./manifest-key.ts";

/**
 * A scan of raw text for documents whose top level has both `apiVersion` and `kind`. Text may come
 * in pieces, so that a file of any size is scanned in little memory. It knows just enough YAML to
 * tell the top level: documents, indentation, flow collections, quotes and comments; template lines
 * (`{{ … }}`, `{% … %}`) are passed over. It errs towards finding: what might be such a key counts.
 */
export interface ManifestScan {
  /** Scans the next piece of the text. */
  push(text: string): void;
  /** Says that the text is over. */
  end(): void;
  /** Whether a document with both keys was seen so far. */
  found(): boolean;
}

// What the indentation of a document's top level is, before it is known or where there is none.
const UNKNOWN = -1;
const NO_MAPPING = -2;
const AFTER_FLOW = -3;

// Only the start of a line in block style can tell anything; the rest of a longer line is passed over.
const LONGEST_LINE = 4_096;
// `---` and what follows it.
const MARKER_LENGTH = 4;
// YAML 1.1, which Kubernetes' parser follows, also breaks lines at NEL, LS and PS.
const BREAK = /[\n\r\u0085\u2028\u2029]/g;

/** A scan that has seen nothing yet. */
export function createManifestScan(): ManifestScan {
  let indent = UNKNOWN;
  let apiVersion = false;
  let kind = false;
  let found = false;
  let line = "";
  let started = false;
  let inFlow = false;
  const flow = createFlowScan({ opened: forgetKeys, key: (written) => see(nameKey(written)) });

  function forgetKeys(): void {
    apiVersion = false;
    kind = false;
  }

  function see(key: ManifestKey): void {
    if (key === "apiVersion" || key === "any") apiVersion = true;
    if (key === "kind" || key === "any") kind = true;
    if (apiVersion && kind) found = true;
  }

  function push(text: string): void {
    const breaks = new RegExp(BREAK);
    let at = 0;
    while (at < text.length) {
      if (found) return;
      breaks.lastIndex = at;
      const next = breaks.exec(text)?.index ?? -1;
      take(text.slice(at, next === -1 ? text.length : next));
      if (next === -1) return;
      finishLine();
      at = next + 1;
    }
  }

  // Holds a line back until enough of it is there to tell what it is.
  function take(piece: string): void {
    let rest = piece;
    if (!started) {
      const room = (inFlow ? MARKER_LENGTH : LONGEST_LINE) - line.length;
      line += rest.slice(0, room);
      rest = rest.slice(room);
      if (rest !== "") startLine();
    }
    if (started && inFlow) flow.feed(rest);
  }

  function startLine(): void {
    started = true;
    const text = line;
    line = "";
    if (isMarker(text)) startDocument(text.slice(3));
    else if (inFlow) flow.feed(text);
    else scanLine(text.replace(/^\uFEFF/, ""));
  }

  function finishLine(): void {
    if (!started) startLine();
    if (inFlow) {
      flow.feed("\n");
      inFlow = flow.depth() > 0;
    }
    started = false;
  }

  function startDocument(rest: string): void {
    forgetKeys();
    flow.reset();
    inFlow = false;
    indent = UNKNOWN;
    const content = withoutProperties(rest.trim());
    if (content.startsWith("{") || content.startsWith("[")) openFlow(content);
  }

  function openFlow(content: string): void {
    indent = AFTER_FLOW;
    inFlow = true;
    flow.feed(content);
  }

  function scanLine(text: string): void {
    const content = text.trim();
    if (content === "" || content.startsWith("#") || /^\{[{%#]/.test(content)) return;
    const column = text.length - text.trimStart().length;
    if (indent === UNKNOWN) {
      if (text.startsWith("%")) return;
      const node = withoutProperties(content);
      if (node === "") return;
      if (node.startsWith("{") || node.startsWith("[")) openFlow(node);
      else indent = content === "-" || content.startsWith("- ") ? NO_MAPPING : column;
    } else if (indent === AFTER_FLOW) {
      if (content.startsWith("{")) openFlow(content);
      return;
    }
    // A line further left than the first can stand after template lines only; it is the top level then.
    if (indent < 0 || column > indent) return;
    indent = column;
    see(keyOfLine(content));
  }

  return { push, end: finishLine, found: () => found };
}

function isMarker(text: string): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(text);
}
