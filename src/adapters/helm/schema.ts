import type { ErrorObject, ValidateFunction } from "ajv";
import { Ajv } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ChartFailure, ValuesSchema } from "../../model/chart-rendering.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

// Patterns are Go's, which allow escapes that JavaScript refuses in its Unicode mode.
const OPTIONS = {
  strict: false,
  unicodeRegExp: false,
  validateFormats: false,
  validateSchema: false,
  logger: false,
  addUsedSchema: false,
} as const;

/**
 * Checks merged values against their charts' schemas, as Helm does before it renders. References that
 * leave the schema are not followed: nothing is fetched. A message names the key and what is expected
 * of it, never what it holds.
 */
export function checkSchemas(schemas: readonly ValuesSchema[]): ChartFailure[] {
  return schemas.flatMap((each) => {
    const message = violation(each);
    return message === null
      ? []
      : [{ kind: "schema", place: { file: each.file, line: 1 }, message, through: [] } satisfies ChartFailure];
  });
}

function violation({ schema, values }: ValuesSchema): string | null {
  if (!isJsonObject(schema) && typeof schema !== "boolean") return "the schema is not JSON";
  const validate = validatorOf(schema);
  if (validate === null) return "the schema can't be used: it is not a valid JSON Schema";
  if (validate(values)) return null;
  const [error] = validate.errors ?? [];
  return error === undefined ? null : `the values don't fit the schema: ${describe(error)}`;
}

const KEPT_VALIDATORS = 8;
const validators = new Map<string, ValidateFunction | null>();

/** Compiles a schema; those of the last ones are kept, since a chart is rendered with several values. */
function validatorOf(schema: JsonObject | boolean): ValidateFunction | null {
  const key = JSON.stringify(schema);
  const known = validators.get(key);
  if (known !== undefined) return known;
  const [oldest] = validators.keys();
  if (validators.size >= KEPT_VALIDATORS && oldest !== undefined) validators.delete(oldest);
  const validator = compile(schema);
  validators.set(key, validator);
  return validator;
}

function compile(schema: JsonObject | boolean): ValidateFunction | null {
  const draft = isJsonObject(schema) && typeof schema["$schema"] === "string" ? schema["$schema"] : "";
  const compiler = compilerFor(draft);
  try {
    const contained = selfContained(schema, draft) as JsonObject | boolean;
    const validator = compiler.compile(contained);
    if (typeof contained === "object") compiler.removeSchema(contained);
    return validator;
  } catch {
    return null;
  }
}

const compilers = new Map<string, Ajv | Ajv2019 | Ajv2020>();

/** `$schema` names the draft; Helm's validator takes a schema without one for draft 2020-12. */
function compilerFor(draft: string): Ajv | Ajv2019 | Ajv2020 {
  const name = /draft-0[467]|2019-09/.exec(draft)?.[0] ?? "2020-12";
  const compiler = compilers.get(name) ?? makeCompiler(name);
  compilers.set(name, compiler);
  return compiler;
}

function makeCompiler(name: string): Ajv | Ajv2019 | Ajv2020 {
  if (name.startsWith("draft-")) return new Ajv(OPTIONS);
  return name === "2019-09" ? new Ajv2019(OPTIONS) : new Ajv2020(OPTIONS);
}

const MAX_DEPTH = 200;

/**
 * The schema without references that would have to be fetched: what they describe is not checked. The
 * older words of draft 4 become those of draft 7.
 */
function selfContained(schema: Json, draft: string, depth = 0): Json {
  if (depth > MAX_DEPTH) throw new RangeError("nested too deep");
  if (isJsonArray(schema)) return schema.map((item) => selfContained(item, draft, depth + 1));
  if (!isJsonObject(schema)) return schema;
  const entries: [string, Json][] = [];
  const old = draft.includes("draft-04");
  for (const [key, value] of Object.entries(schema)) {
    if (key === "$schema" && typeof value === "string") continue;
    if (key === "$ref" && typeof value === "string" && !value.startsWith("#")) continue;
    // Names without meaning here: without them, references are relative to the schema itself.
    if ((key === "$id" || key === "id") && typeof value === "string" && !value.startsWith("#")) continue;
    if (old && key === "exclusiveMinimum" && typeof value === "boolean") {
      if (value && typeof schema["minimum"] === "number") entries.push([key, schema["minimum"]]);
      continue;
    }
    if (old && key === "exclusiveMaximum" && typeof value === "boolean") {
      if (value && typeof schema["maximum"] === "number") entries.push([key, schema["maximum"]]);
      continue;
    }
    entries.push([key, KEEPS_VALUES.has(key) ? value : selfContained(value, draft, depth + 1)]);
  }
  return Object.fromEntries(entries);
}

/** Keywords that hold values and no schemas. */
const KEEPS_VALUES = new Set(["enum", "const", "default", "examples", "required"]);

function describe(error: ErrorObject): string {
  const key = error.instancePath.split("/").slice(1).map(unescapePointer).join(".");
  const at = key === "" ? "at the top" : `at ${key}`;
  switch (error.keyword) {
    case "required":
      return `${at}, ${String(error.params["missingProperty"])} is missing`;
    case "type":
      return `${at}, the type is not ${String(error.params["type"])}`;
    case "additionalProperties":
      return `${at}, a key is not known`;
    case "enum":
    case "const":
      return `${at}, the value is none of those allowed`;
    case "false schema":
      return `${at}, no value is allowed`;
    default:
      return `${at}, the value breaks ${error.keyword}`;
  }
}

function unescapePointer(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
