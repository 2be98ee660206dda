import type { SourceText, YamlDocument } from "../../model/document.ts";
import type { Location } from "../../model/finding.ts";
import { LineIndex } from "../yaml/lines.ts";
import { parseYaml } from "../yaml/parse.ts";

/** A text with its lines and, where it is YAML, its first document. */
export interface OpenText {
  readonly source: SourceText;
  readonly lines: LineIndex;
  readonly document: YamlDocument | null;
}

/** The texts of charts' files by their path relative to the root; each is decoded and parsed once. */
export class ChartTexts {
  readonly #read: (uri: string) => string | null;
  readonly #open = new Map<string, OpenText | null>();

  /** `read` gives the text of a file of the run or of a chart, or `null` where there is none. */
  constructor(read: (uri: string) => string | null) {
    this.#read = read;
  }

  /** The text of a file, or `null` where it is unknown. */
  open(uri: string): OpenText | null {
    const known = this.#open.get(uri);
    if (known !== undefined) return known;
    const text = this.#read(uri);
    const opened = text === null ? null : openText({ uri, text });
    this.#open.set(uri, opened);
    return opened;
  }

  /** All that was opened so far. */
  opened(): readonly SourceText[] {
    return [...this.#open.values()].flatMap((each) => (each === null ? [] : [each.source]));
  }
}

function openText(source: SourceText): OpenText {
  let document: YamlDocument | null | undefined;
  return {
    source,
    lines: new LineIndex(source.text),
    // Templates are opened too, and are no YAML.
    get document() {
      if (document === undefined) {
        const parsed = parseYaml(source.text);
        document = parsed.kind === "documents" ? (parsed.documents[0] ?? null) : null;
      }
      return document;
    },
  };
}

/** A whole file, where the line is not known. */
export function wholeFile(uri: string): Location {
  const start = { line: 1, column: 1, offset: 0 };
  return { uri, range: { start, end: start }, precision: "file" };
}
