import type { Json, JsonObject } from "../../model/json.ts";
import type { RuleParameter } from "../../model/rule.ts";

/** Most items of any list in the config, so that one file cannot make a run slow. */
export const MOST_ITEMS = 1000;

/** Longest text in the config, in characters. */
export const LONGEST_TEXT = 1000;

/**
 * The JSON Schema of one parameter. Items of lists and values of mappings are held to the type that
 * those of the default have, where there are any and they agree.
 */
export function parameterSchema(parameter: RuleParameter): JsonObject {
  const about = { description: parameter.description, default: parameter.default };
  if (parameter.type === "array") {
    const items = Array.isArray(parameter.default) ? commonType(parameter.default) : null;
    return { ...about, type: "array", maxItems: MOST_ITEMS, items: items ?? { type: ["string", "number", "object"] } };
  }
  if (parameter.type === "object") {
    const values = commonType(Object.values(parameter.default as JsonObject));
    return { ...about, type: "object", maxProperties: MOST_ITEMS, ...(values && { additionalProperties: values }) };
  }
  if (parameter.enum) return { ...about, enum: parameter.enum };
  if (parameter.type === "string") return { ...about, type: "string", maxLength: LONGEST_TEXT };
  return { ...about, type: parameter.type };
}

function commonType(values: readonly Json[]): JsonObject | null {
  const types = new Set(
    values.map((value) => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value)),
  );
  const [only] = types;
  if (types.size !== 1 || only === undefined) return null;
  return only === "string" ? { type: only, minLength: 1, maxLength: LONGEST_TEXT } : { type: only };
}
