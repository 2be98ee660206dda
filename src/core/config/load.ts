import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Config } from "../../model/config.ts";
import type { SourceText, YamlDocument } from "../../model/document.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { Position } from "../../model/position.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import type { ConfigError } from "./config-error.ts";
import { isJsonObject, valueAt } from "../../model/json.ts";
import { locate, locateKey } from "../locate/locate.ts";
import { LineIndex } from "../yaml/lines.ts";
import { parseYaml } from "../yaml/parse.ts";
import { toValue } from "../yaml/value.ts";
import { currentName, effectiveConfig } from "./effective.ts";
import { semanticProblems } from "./semantics.ts";
import { translate, type ConfigProblem } from "./translate.ts";

/** Longest config, in UTF-16 code units. */
export const LONGEST_CONFIG = 256 * 1024;
const MOST_ERRORS = 50;
/** A config is small and flat; aliases count as if they were written out. */
const YAML_LIMITS = { documents: 10, depth: 20, aliasNodes: 50_000 };

/** What reading a config gave. `notes` are things to know that are no errors. */
export type LoadedConfig =
  | { readonly kind: "config"; readonly config: Config; readonly notes: readonly string[] }
  | { readonly kind: "invalid"; readonly errors: readonly [ConfigError, ...ConfigError[]] };

/**
 * Reads a config: parses `source`, holds it to `schema` (as `configSchema(rules)` makes it), checks
 * globs, regular expressions and times, and fills in defaults. Never throws on bad input; errors
 * stand on the bad key or value, in the order of the text, at most fifty of them. An empty file is
 * the default configuration.
 */
export function loadConfig(source: SourceText, schema: JsonObject, rules: readonly RuleMetadata[]): LoadedConfig {
  const fail = (message: string, at: Position | null): LoadedConfig => ({
    kind: "invalid",
    errors: [{ file: source.uri, line: at?.line ?? 1, column: at?.column ?? 1, message, suggestion: null }],
  });
  if (source.text.length > LONGEST_CONFIG)
    return fail(`the configuration is longer than ${LONGEST_CONFIG / 1024} KiB`, null);
  const parsed = parseYaml(source.text, YAML_LIMITS);
  if (parsed.kind === "invalid") return fail(`invalid YAML: ${parsed.message}`.replace(/\.$/, ""), parsed.at);
  const [document, second] = parsed.documents;
  const lines = new LineIndex(source.text);
  if (second)
    return fail("the configuration must be one YAML document, and here begins another", lines.positionAt(second.start));
  const value = document ? toValue(document.root) : null;
  const problems = document ? findProblems(value, schema, rules) : [];
  const errors = problems
    .slice(0, MOST_ERRORS)
    .map((problem) => placed(problem, source, document as YamlDocument, lines));
  const [first, ...rest] = errors.toSorted((a, b) => a.line - b.line || a.column - b.column);
  if (first) return { kind: "invalid", errors: [first, ...rest] };
  const config = effectiveConfig(value, rules);
  const waivers = config.waivers.map((waiver, index) => ({
    ...waiver,
    place: {
      file: source.uri,
      line: document ? locate(document, ["waivers", index], lines).range.start.line : 1,
    },
  }));
  return { kind: "config", config: { ...config, waivers }, notes: formerNames(value, rules) };
}

function findProblems(value: Json, schema: JsonObject, rules: readonly RuleMetadata[]): readonly ConfigProblem[] {
  const validate = validatorOf(schema, ruleNames(value));
  if (!validate(value))
    return distinct(
      (validate.errors ?? []).map((error) => whole(error, schema)),
      value,
      rules,
    );
  return [...namedTwice(value, rules), ...semanticProblems(value)];
}

// Compiling takes longer than all the rest, and a comparison reads two configurations.
const compiled = new WeakMap<JsonObject, Map<string, ValidateFunction>>();

// Of the rules only those that are named are compiled: there are hundreds of names, and a configuration has a few.
function validatorOf(schema: JsonObject, names: readonly string[]): ValidateFunction {
  const known = compiled.get(schema) ?? new Map<string, ValidateFunction>();
  compiled.set(schema, known);
  const key = JSON.stringify(names.toSorted());
  const before = known.get(key);
  if (before !== undefined) return before;
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    loopEnum: 20,
    // The schema is ours, and held to the meta-schema by a test.
    validateSchema: false,
    meta: false,
    formats: { "date-time": fullFormats["date-time"] },
  });
  const validate = ajv.compile(onlyNamed(schema, names));
  known.set(key, validate);
  return validate;
}

function onlyNamed(schema: JsonObject, names: readonly string[]): JsonObject {
  const all = rulesSchema(schema);
  const properties = isJsonObject(all["properties"]) ? all["properties"] : {};
  const named = names.flatMap((name) => (Object.hasOwn(properties, name) ? [[name, properties[name] ?? {}]] : []));
  const top = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  return {
    ...schema,
    properties: { ...top, rules: { ...all, properties: Object.fromEntries(named) as JsonObject } },
  };
}

function rulesSchema(schema: JsonObject): JsonObject {
  const rules = valueAt(schema, ["properties", "rules"]);
  return isJsonObject(rules) ? rules : {};
}

// The nearest name is one of all.
function whole(error: ErrorObject, schema: JsonObject): ErrorObject {
  return error.instancePath === "/rules" && error.keyword === "additionalProperties"
    ? { ...error, parentSchema: rulesSchema(schema) }
    : error;
}

function distinct(
  errors: readonly ErrorObject[],
  value: Json,
  rules: readonly RuleMetadata[],
): readonly ConfigProblem[] {
  const found = new Map<string, ConfigProblem>();
  for (const error of errors) {
    const problem = translate(error, value, rules);
    if (problem) found.set(JSON.stringify([problem.path, problem.message]), problem);
    if (found.size === MOST_ERRORS) break;
  }
  return [...found.values()];
}

function namedTwice(value: Json, rules: readonly RuleMetadata[]): readonly ConfigProblem[] {
  const names = ruleNames(value);
  return names.flatMap((name): ConfigProblem[] => {
    const current = currentName(name, rules);
    return name !== current && names.includes(current)
      ? [
          {
            path: ["rules", name],
            at: "key",
            message: `${name} is the former name of ${current}, which is set as well`,
            suggestion: null,
          },
        ]
      : [];
  });
}

function formerNames(value: Json, rules: readonly RuleMetadata[]): readonly string[] {
  return ruleNames(value).flatMap((name) => {
    const current = currentName(name, rules);
    return name === current ? [] : [`The configuration names ${name}, which is now called ${current}.`];
  });
}

function ruleNames(value: Json): readonly string[] {
  const settings = isJsonObject(value) ? value["rules"] : null;
  return isJsonObject(settings) ? Object.keys(settings) : [];
}

function placed(problem: ConfigProblem, source: SourceText, document: YamlDocument, lines: LineIndex): ConfigError {
  const find = problem.at === "key" ? locateKey : locate;
  const { start } = find(document, problem.path, lines).range;
  return {
    file: source.uri,
    line: start.line,
    column: start.column,
    message: problem.message,
    suggestion: problem.suggestion,
  };
}
