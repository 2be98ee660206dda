import type { MappingNode, ScalarNode, YamlNode } from "../../model/document.ts";
import { seeKnownValue } from "./known-values.ts";
import { below } from "./place.ts";
import type { Place, Sink } from "./sink.ts";

/** The detector of what stands in the `literals` of a generator of kustomize. */
export const LITERAL_DETECTOR = "generator-literal";

/**
 * Looks at the `literals` of the generators of a kustomization: `KEY=value`, split at the first `=`, with
 * quotes around the value taken off, as kustomize does. Those of `secretGenerator` become a Secret.
 */
export function seeGeneratorLiterals(sink: Sink, root: MappingNode, place: Place): void {
  for (const [field, secretData] of [
    ["secretGenerator", true],
    ["configMapGenerator", false],
  ] as const) {
    for (const [index, generator] of itemsOf(root, field).entries()) {
      for (const [at, literal] of itemsOf(generator, "literals").entries()) {
        const there = [field, index, "literals", at].reduce<Place>(below, { ...place, config: !secretData });
        if (literal.kind === "scalar") seeLiteral(sink, literal, there, secretData);
      }
    }
  }
}

function seeLiteral(sink: Sink, node: ScalarNode, place: Place, secretData: boolean): void {
  const split = node.text.indexOf("=");
  if (split < 1) return;
  let start = split + 1;
  let end = node.text.length;
  while (start < end && isQuote(node.text[start])) start += 1;
  while (end > start && isQuote(node.text[end - 1])) end -= 1;
  seeKnownValue(sink, node, place, {
    keyName: node.text.slice(0, split),
    start,
    end,
    detector: LITERAL_DETECTOR,
    secretData,
    text: true,
  });
}

function isQuote(char: string | undefined): boolean {
  return char === '"' || char === "'";
}

function itemsOf(node: YamlNode, key: string): readonly YamlNode[] {
  const value = node.kind === "mapping" ? node.entries.find((entry) => entry.key === key)?.value : undefined;
  return value?.kind === "sequence" ? value.items : [];
}
