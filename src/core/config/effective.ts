import type { Config, Profile, RuleExclusion, RuleSettings } from "../../model/config.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { RuleMetadata, Severity } from "../../model/rule.ts";
import { isJsonObject } from "../../model/json.ts";

/** The configuration of a repository that has none. */
export const DEFAULT_CONFIG: Config = {
  failOn: "high",
  profile: "recommended",
  paths: [],
  exclude: [],
  rules: {},
  prefix: "portcullis",
  completeness: "partial",
  clock: null,
};

/** The configuration in a value that fits the schema, with defaults filled in and former names of rules made current. */
export function effectiveConfig(value: Json, rules: readonly RuleMetadata[]): Config {
  const given = isJsonObject(value) ? value : {};
  const settings = isJsonObject(given["settings"]) ? given["settings"] : {};
  const ruleSettings = isJsonObject(given["rules"]) ? given["rules"] : {};
  return {
    failOn: (given["fail-on"] as Config["failOn"] | undefined) ?? DEFAULT_CONFIG.failOn,
    profile: (given["profile"] as Profile | undefined) ?? DEFAULT_CONFIG.profile,
    paths: texts(given["paths"]),
    exclude: texts(given["exclude"]),
    rules: Object.fromEntries(
      Object.entries(ruleSettings).map(([name, setting]) => [currentName(name, rules), ruleSetting(setting)]),
    ),
    prefix: (settings["prefix"] as string | undefined) ?? DEFAULT_CONFIG.prefix,
    completeness: (settings["completeness"] as Config["completeness"] | undefined) ?? DEFAULT_CONFIG.completeness,
    clock: (settings["clock"] as string | undefined) ?? DEFAULT_CONFIG.clock,
  };
}

/** `<rule>` or `<rule>/<variant>` with a former name of the rule replaced by its current one. */
export function currentName(name: string, rules: readonly RuleMetadata[]): string {
  for (const rule of rules) {
    for (const alias of rule.aliases) {
      if (name === alias || name.startsWith(`${alias}/`)) return `${rule.id}${name.slice(alias.length)}`;
    }
  }
  return name;
}

function ruleSetting(setting: Json): RuleSettings {
  if (!isJsonObject(setting)) return { severity: severity(setting), exclude: [], params: {} };
  return {
    severity: severity(setting["severity"]),
    exclude: (setting["exclude"] ?? []) as readonly unknown[] as readonly RuleExclusion[],
    params: (setting["params"] ?? {}) as JsonObject,
  };
}

/** YAML 1.1 reads a bare `off` as false. */
function severity(value: Json | undefined): Severity | "off" | null {
  return value === false ? "off" : ((value ?? null) as Severity | "off" | null);
}

function texts(value: Json | undefined): readonly string[] {
  return (value ?? []) as readonly string[];
}
