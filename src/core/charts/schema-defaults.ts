import type { KubernetesObject, MappingNode, YamlNode } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import { settingsOf, type EvidenceOptions } from "../evidence/options.ts";
import { below } from "../evidence/place.ts";
import { seeValue } from "../evidence/scalar-evidence.ts";
import { Sink, type Place } from "../evidence/sink.ts";
import { rangeWithin } from "../locate/within.ts";
import type { LineIndex } from "../yaml/lines.ts";

/** Keywords below which a schema names properties, and those below which it says more of the same one (JSON Schema). */
const NAMING = new Set(["properties", "patternProperties", "definitions", "$defs"]);
const SAME = new Set(["items", "additionalProperties", "allOf", "anyOf", "oneOf", "if", "then", "else"]);

/** Whether a values file is the schema of one. */
export function isValuesSchema(uri: string): boolean {
  return /(?:^|\/)values[^/]*\.schema\.(?:json|ya?ml)$/.test(uri);
}

/**
 * Evidence for the values that a values schema gives by itself: each `default` and `const` of a property,
 * judged under the property's name.
 */
export function collectSchemaDefaults(
  object: KubernetesObject,
  lines: LineIndex,
  options: EvidenceOptions,
  nextId: () => number,
): readonly Evidence[] {
  const { source, document } = object.origin;
  if (document.root.kind !== "mapping") return [];
  const sink = new Sink(settingsOf(options), source.uri, false, nextId);
  const rangeOf: Place["rangeOf"] = (node, start, end) => rangeWithin(source.text, node, start, end, lines);
  visit(
    sink,
    document.root,
    "",
    { path: [], nested: false, depth: 0, usernames: [], config: false, rangeOf },
    new Set(),
  );
  return sink.evidence;
}

function visit(sink: Sink, node: YamlNode, name: string, place: Place, seen: Set<YamlNode>): void {
  // An alias is the very node of its anchor: once is enough.
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === "sequence")
    for (const [index, item] of node.items.entries()) visit(sink, item, name, below(place, index), seen);
  if (node.kind === "mapping") visitKeywords(sink, node, name, place, seen);
}

function visitKeywords(sink: Sink, node: MappingNode, name: string, place: Place, seen: Set<YamlNode>): void {
  for (const { key, value } of node.entries) {
    const there = below(place, key);
    if (NAMING.has(key) && value.kind === "mapping") {
      for (const property of value.entries) visit(sink, property.value, property.key, below(there, property.key), seen);
    } else if (SAME.has(key)) visit(sink, value, name, there, seen);
    else if ((key === "default" || key === "const") && value.kind === "scalar" && value.value !== null && name !== "") {
      seeValue(sink, value, name, there, { context: "value" });
    }
  }
}
