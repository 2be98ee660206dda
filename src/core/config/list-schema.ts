import type { JsonObject } from "../../model/json.ts";
import { LONGEST_TEXT, MOST_ITEMS } from "./parameter-schema.ts";

/** Fewer where lists stand in lists, since an alias can repeat them. */
export const MOST_EXCLUSIONS = 100;

function list(description: string): JsonObject {
  return {
    description,
    type: "array",
    maxItems: MOST_ITEMS,
    items: { type: "string", minLength: 1, maxLength: LONGEST_TEXT },
  };
}

/** A list of what an exclusion names; it names something. */
export function exclusionList(description: string): JsonObject {
  return { ...list(description), minItems: 1, maxItems: MOST_EXCLUSIONS };
}

/** A list that may stand empty as `key:`, as it does where all of its items are commented out. */
export function optionalList(description: string): JsonObject {
  return { ...list(description), type: ["array", "null"], default: [] };
}
