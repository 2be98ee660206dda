import type { MappingNode } from "../../model/document.ts";
import type { Place } from "./sink.ts";

/** The place of an entry: its path grows by a step, unless it stands in text inside a scalar. */
export function below(place: Place, step: string | number): Place {
  if (place.nested) return place;
  // Written out, since this runs for every node and a spread takes several times as long.
  const { path, nested, depth, usernames, rangeOf, config } = place;
  return { path: [...path, step], nested, depth, usernames, rangeOf, config };
}

/** The text of a string entry of a mapping; `null` where there is none. */
export function textAt(node: MappingNode, key: string): string | null {
  const value = node.entries.find((entry) => entry.key === key)?.value;
  return value?.kind === "scalar" && typeof value.value === "string" ? value.text : null;
}
