import type { ScalarNode, SourceText, Unreadable, YamlDocument, YamlNode } from "../../model/document.ts";
import { align } from "../locate/align.ts";
import type { LineIndex } from "../yaml/lines.ts";
import { parseYaml } from "../yaml/parse.ts";

/** What a scalar's text holds when it is read as YAML. */
export interface NestedDocuments {
  readonly documents: readonly YamlDocument[];
  readonly errors: readonly Unreadable[];
}

/**
 * Reads the YAML inside a scalar of `source`. The documents' offsets point into `source` itself, so
 * that what is found in them is located like anything else: exact wherever the scalar's text can be
 * traced to its source (block scalars, plain and quoted ones), else on the whole scalar. `lines` is
 * the index of the source's text.
 */
export function nestedDocuments(
  source: SourceText,
  outer: YamlDocument,
  node: ScalarNode,
  lines: LineIndex,
): NestedDocuments {
  const segments = align(source.text, node);
  const toSource = (offset: number, side: "start" | "end"): number => {
    if (segments === null) return side === "start" ? node.start : node.end;
    const at = side === "start" ? segments.sourceStart(offset) : segments.sourceEnd(offset);
    return Math.min(Math.max(at, node.start), node.end);
  };
  const result = parseYaml(node.text);
  if (result.kind === "invalid") {
    const at = lines.positionAt(toSource(result.at.offset, "start"));
    return { documents: [], errors: [{ uri: source.uri, reason: result.reason, message: result.message, at }] };
  }
  const moved = new Map<YamlNode, YamlNode>();
  const documents = result.documents.map((document) => ({
    index: outer.index,
    root: move(document.root, toSource, moved),
    start: node.start,
    end: node.end,
  }));
  return { documents, errors: [] };
}

type ToSource = (offset: number, side: "start" | "end") => number;

// Recursion is bounded by the nesting limit of `parseYaml`; an alias stays the node of its anchor.
function move(node: YamlNode, toSource: ToSource, moved: Map<YamlNode, YamlNode>): YamlNode {
  const known = moved.get(node);
  if (known !== undefined) return known;
  const start = toSource(node.start, "start");
  // What is not written (`key:`) stays empty.
  const end = node.end === node.start ? start : Math.max(start, toSource(node.end, "end"));
  const result = moveContent(node, start, end, toSource, moved);
  moved.set(node, result);
  return result;
}

function moveContent(
  node: YamlNode,
  start: number,
  end: number,
  toSource: ToSource,
  moved: Map<YamlNode, YamlNode>,
): YamlNode {
  switch (node.kind) {
    case "scalar":
      return { ...node, start, end };
    case "sequence":
      return { ...node, start, end, items: node.items.map((item) => move(item, toSource, moved)) };
    case "mapping": {
      const entries = node.entries.map((entry) => ({
        ...entry,
        keyStart: toSource(entry.keyStart, "start"),
        keyEnd: toSource(entry.keyEnd, "end"),
        value: move(entry.value, toSource, moved),
      }));
      return { ...node, start, end, entries };
    }
  }
}
