import type { ScalarNode, YamlDocument, YamlNode } from "../../../../src/model/document.ts";
import type { DataPath, Json } from "../../../../src/model/json.ts";
import { parseYaml, type YamlResult } from "../../../../src/core/yaml/parse.ts";
import { toValue } from "../../../../src/core/yaml/value.ts";

/** All documents of `text`, which must be readable. */
export function documentsOf(text: string): readonly YamlDocument[] {
  const result = parseYaml(text);
  if (result.kind === "invalid") throw new Error(`${result.reason}: ${result.message}`);
  return result.documents;
}

/** The one document of `text`. */
export function documentOf(text: string): YamlDocument {
  const [first, ...others] = documentsOf(text);
  if (first === undefined || others.length > 0) throw new Error("expected one document");
  return first;
}

/** The JSON values of all documents. */
export function valuesOf(text: string): Json[] {
  return documentsOf(text).map((document) => toValue(document.root));
}

/** The node at `path`. */
export function nodeAt(document: YamlDocument, path: DataPath): YamlNode {
  let node = document.root;
  for (const step of path) {
    let next: YamlNode | undefined;
    if (node.kind === "mapping") next = node.entries.find((entry) => entry.key === step)?.value;
    else if (node.kind === "sequence") next = node.items[Number(step)];
    if (next === undefined) throw new Error(`nothing at ${path.join(".")}`);
    node = next;
  }
  return node;
}

/** The scalar at `path`. */
export function scalarOf(document: YamlDocument, path: DataPath): ScalarNode {
  const node = nodeAt(document, path);
  if (node.kind !== "scalar") throw new Error("expected a scalar");
  return node;
}

/** The refusal of `text`, which must not be readable. */
export function refusalOf(text: string): Extract<YamlResult, { kind: "invalid" }> {
  const result = parseYaml(text);
  if (result.kind !== "invalid") throw new Error("expected a refusal");
  return result;
}
