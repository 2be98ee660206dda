import type { ErrorObject } from "ajv";
import type { DataPath, Json, JsonObject } from "../../model/json.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import { isJsonArray, isJsonObject, valueAt } from "../../model/json.ts";
import { nearest, nearestRule } from "./nearest.ts";
import { nameOfType, nameOfValue, oneOf } from "./value-type.ts";

/** Something wrong at a place of the config's value, before the place is looked up in the text. */
export interface ConfigProblem {
  readonly path: DataPath;
  /** Whether the key at the end of `path` is meant, or its value. */
  readonly at: "key" | "value";
  readonly message: string;
  readonly suggestion: string | null;
}

/**
 * Says in our words what ajv found wrong, or `null` for errors that only sum up others. Messages
 * quote no value, and of keys only those that are a slip of a name we know: whoever passes the wrong file
 * to `--config` does not see its content in a log.
 */
export function translate(error: ErrorObject, config: Json, rules: readonly RuleMetadata[]): ConfigProblem | null {
  const path = pathOf(error.instancePath, config);
  const value = valueAt(config, path);
  const params = error.params as { readonly [name: string]: unknown };
  const problem = (message: string, suggestion: string | null = null): ConfigProblem => ({
    path,
    at: "value",
    message: `${placeName(path)} ${message}`,
    suggestion,
  });
  switch (error.keyword) {
    case "anyOf":
      return null;
    case "additionalProperties":
      return unknownKey(path, params["additionalProperty"] as string, error, rules);
    case "type": {
      // The other half of "a severity or a mapping" has its own error, at the same place.
      if (isRuleSetting(path)) return null;
      const types = [params["type"]].flat() as string[];
      return problem(
        `must be ${oneOf(types.filter((type) => type !== "null").map(nameOfType))}, not ${nameOfValue(value)}`,
      );
    }
    case "enum": {
      if (isWaiverRule(path)) {
        const known = params["allowedValues"] as string[];
        return typeof value === "string"
          ? { path, at: "value", ...unknownRule(value, known, rules) }
          : problem("must be the name of a rule");
      }
      const allowed = (params["allowedValues"] as Json[]).filter((name) => typeof name === "string");
      const suggestion = typeof value === "string" ? nearest(value, allowed) : null;
      if (!isRuleSetting(path)) return problem(`must be ${oneOf(allowed)}`, suggestion);
      return isJsonObject(value) ? null : problem(`must be ${oneOf([...allowed, "a mapping"])}`, suggestion);
    }
    case "minProperties":
      return problem("must say what it excludes: files, namespaces or objects");
    case "minItems":
      return problem("must not be empty");
    case "minLength":
      return problem("must not be an empty text");
    case "maxItems":
    case "maxProperties":
      return problem(`must not have more than ${String(params["limit"])} entries`);
    case "maxLength":
      return problem(`must not be longer than ${String(params["limit"])} characters`);
    case "pattern":
      return problem(PATTERNS[String(path.at(-1))] ?? "is not written as it must be");
    case "required":
      return problem(`must name its ${String(params["missingProperty"])}`);
    case "format":
      return problem("must be an RFC 3339 time such as 2026-01-31T00:00:00Z");
    default:
      return problem("is not valid");
  }
}

/** What a text must be where the schema holds it to a pattern, by its key. */
const PATTERNS: { readonly [key: string]: string } = {
  until: "must be a day such as 2026-01-31",
  prefix: "must be a DNS name in lower case, as Kubernetes asks of the prefix of an annotation",
  namespace: "must be a DNS label in lower case, as Kubernetes asks of a namespace",
  "release-name": "must be a DNS name in lower case of at most 53 characters, as Helm asks of a release",
  "kube-version": "must be a version such as 1.33.0",
};

function unknownKey(path: DataPath, key: string, error: ErrorObject, rules: readonly RuleMetadata[]): ConfigProblem {
  const known = Object.keys((error.parentSchema?.["properties"] ?? {}) as JsonObject);
  const at = { path: [...path, key], at: "key" } as const;
  const place = path.length === 0 ? "" : ` in ${placeName(path)}`;
  if (path.length === 1 && path[0] === "rules") return { ...at, ...unknownRule(key, known, rules) };
  if (key === "params" && isRuleSetting(path)) {
    const isVariant = rules.some((rule) =>
      Object.keys(rule.variants).some((variant) => namesOf(rule).some((name) => `${name}/${variant}` === path[1])),
    );
    return {
      ...at,
      message: isVariant
        ? `${placeName(path)} is a variant: parameters belong to its rule`
        : `${placeName(path)} has no parameters`,
      suggestion: null,
    };
  }
  const suggestion = nearest(key, known);
  const what = path.at(-1) === "params" ? "parameter" : "key";
  return suggestion === null
    ? { ...at, message: `unknown ${what}${place}; there is ${oneOf(known)}`, suggestion }
    : { ...at, message: `unknown ${what} "${shown(key)}"${place}`, suggestion };
}

function unknownRule(
  key: string,
  known: readonly string[],
  rules: readonly RuleMetadata[],
): Pick<ConfigProblem, "message" | "suggestion"> {
  const rule = rules.find((candidate) => namesOf(candidate).some((name) => key.startsWith(`${name}/`)));
  if (rule) {
    const name = namesOf(rule).find((candidate) => key.startsWith(`${candidate}/`)) ?? rule.id;
    const variants = Object.keys(rule.variants);
    const variant = nearest(key.slice(name.length + 1), variants);
    return variant === null
      ? { message: `${name} has no such variant; there is ${oneOf(variants)}`, suggestion: null }
      : { message: `unknown variant "${shown(key)}"`, suggestion: `${name}/${variant}` };
  }
  const suggestion = nearestRule(key, known);
  if (suggestion === null) return { message: "unknown rule; `portcullis rules` lists them all", suggestion };
  return { message: nearest(key, [suggestion]) === null ? "unknown rule" : `unknown rule "${shown(key)}"`, suggestion };
}

function namesOf(rule: RuleMetadata): readonly string[] {
  return [rule.id, ...rule.aliases];
}

function isWaiverRule(path: DataPath): boolean {
  return path[0] === "waivers" && path.at(-1) === "rule";
}

function isRuleSetting(path: DataPath): boolean {
  return path.length === 2 && path[0] === "rules";
}

/** A near miss of a known name, without characters that a terminal or a log would act on. */
function shown(key: string): string {
  return key.replaceAll(/[^\w/.-]/g, "?");
}

/** `settings.clock`, `paths[2]`, `rbac/wildcard-grant: params.allowedRoles[0]`. */
export function placeName(path: DataPath): string {
  if (path.length === 0) return "the configuration";
  const inRule = path[0] === "rules" && path.length > 1;
  const steps = inRule ? path.slice(2) : path;
  // Below a parameter, keys are the user's own: they are not quoted.
  const quoted =
    inRule && steps[0] === "params" ? steps.filter((step, index) => index < 2 || typeof step === "number") : steps;
  const text = quoted
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
  if (!inRule) return text;
  return text === "" ? String(path[1]) : `${String(path[1])}: ${text}`;
}

/** The path that a JSON pointer (RFC 6901) names in `value`. */
function pathOf(pointer: string, value: Json): DataPath {
  const path: (string | number)[] = [];
  let current: Json | undefined = value;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const step: string | number = isJsonArray(current) ? Number(key) : key;
    path.push(step);
    current = current === undefined ? undefined : valueAt(current, [step]);
  }
  return path;
}
