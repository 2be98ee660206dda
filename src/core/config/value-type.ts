import type { Json } from "../../model/json.ts";

const NAMES: { readonly [type: string]: string } = {
  array: "a list",
  boolean: "true or false",
  null: "nothing",
  number: "a number",
  object: "a mapping",
  string: "a text",
};

/** What `value` is in the words of the config's messages; never the value itself. */
export function nameOfValue(value: Json | undefined): string {
  if (value === null || value === undefined) return NAMES["null"] as string;
  return nameOfType(Array.isArray(value) ? "array" : typeof value);
}

/** A JSON Schema type in the words of the config's messages. */
export function nameOfType(type: string): string {
  return NAMES[type] ?? type;
}

/** `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
