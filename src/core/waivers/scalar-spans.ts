import type { ScalarNode, YamlDocument, YamlNode } from "../../model/document.ts";

/** A stretch of text that is content, so that a `#` in it begins no comment. */
export interface ScalarSpan {
  readonly start: number;
  readonly end: number;
}

/** The scalars and keys of documents, each once, however many aliases lead to it. */
export function scalarSpans(documents: readonly YamlDocument[], text: string): readonly ScalarSpan[] {
  const spans: ScalarSpan[] = [];
  const seen = new Set<YamlNode>();
  const pending: YamlNode[] = documents.map(({ root }) => root);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "scalar") spans.push(contentOf(node, text));
    else if (node.kind === "sequence") pending.push(...node.items);
    else {
      for (const { keyStart, keyEnd, value } of node.entries) {
        spans.push({ start: keyStart, end: keyEnd });
        pending.push(value);
      }
    }
  }
  return spans;
}

// Behind the header of a block scalar a comment may stand.
function contentOf({ style, start, end }: ScalarNode, text: string): ScalarSpan {
  if (style !== "literal" && style !== "folded") return { start, end };
  const header = text.indexOf("\n", start);
  return { start: header === -1 || header > end ? end : header, end };
}
