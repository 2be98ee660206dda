/** A value of the JSON data model: what a manifest is after parsing. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. `Json` values are never mutated after they were built. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The route from the root of a value to a place in it: keys and 0-based indices. */
export type DataPath = readonly (string | number)[];

/** Whether `value` is a JSON object (not null, not an array). */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether `value` is a JSON array. */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value at `path` below `root`, or `undefined` where the path leaves the value. */
export function valueAt(root: Json, path: DataPath): Json | undefined {
  let current: Json | undefined = root;
  for (const step of path) {
    if (typeof step === "number") {
      current = isJsonArray(current) ? current[step] : undefined;
    } else {
      current = isJsonObject(current) && Object.hasOwn(current, step) ? current[step] : undefined;
    }
    if (current === undefined) return undefined;
  }
  return current;
}
