import type { MappingEntry, MappingNode, YamlNode } from "../../model/document.ts";
import { Refusal } from "./refusal.ts";

/**
 * Carries out one merge key (YAML 1.1, https://yaml.org/type/merge.html): appends what `source`,
 * a mapping or a list of mappings, has and `keys` does not. What the mapping has itself wins over
 * every merge, an earlier merge over a later one. `offset` is the place of the `<<`.
 */
export function mergeInto(entries: MappingEntry[], keys: Set<string>, source: YamlNode, offset: number): void {
  for (const mapping of mappingsOf(source, offset)) {
    for (const entry of mapping.entries) {
      if (keys.has(entry.key)) continue;
      keys.add(entry.key);
      entries.push(entry.merged ? entry : { ...entry, merged: true });
    }
  }
}

function mappingsOf(source: YamlNode, offset: number): readonly MappingNode[] {
  if (source.kind === "mapping") return [source];
  if (source.kind === "scalar") throw unmergeable(offset);
  return source.items.map((item) => {
    if (item.kind !== "mapping") throw unmergeable(offset);
    return item;
  });
}

function unmergeable(offset: number): Refusal {
  return new Refusal("invalid-yaml", "A merge key ('<<') needs a mapping or a list of mappings.", offset);
}
