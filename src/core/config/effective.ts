import type { ChartConfig, ChartFlags, Config, ConfigWaiver, RuleExclusion, RuleSettings } from "../../model/config.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { Profile, RuleMetadata, Severity } from "../../model/rule.ts";
import { isJsonObject } from "../../model/json.ts";

/** The configuration of a repository that has none. */
export const DEFAULT_CONFIG: Config = {
  failOn: null,
  profile: "recommended",
  block: "new",
  trust: { config: "base", waivers: "base", policies: "base" },
  approvers: [],
  waivers: [],
  paths: [],
  exclude: [],
  rules: {},
  prefix: "portcullis",
  completeness: "partial",
  clock: null,
  charts: [],
  missingDependencies: "error",
  incomplete: "note",
  dependencyHosts: [],
};

/** Flags that leave everything to the chart and to Helm's defaults. */
export const NO_CHART_FLAGS: ChartFlags = {
  values: [],
  set: [],
  setString: [],
  kubeVersion: "",
  apiVersions: [],
  namespace: "",
  releaseName: "",
};

/** The configuration in a value that fits the schema, with defaults filled in and former names of rules made current. */
export function effectiveConfig(value: Json, rules: readonly RuleMetadata[]): Config {
  const given = isJsonObject(value) ? value : {};
  const settings = isJsonObject(given["settings"]) ? given["settings"] : {};
  const ruleSettings = isJsonObject(given["rules"]) ? given["rules"] : {};
  return {
    failOn: (given["fail-on"] as Config["failOn"] | undefined) ?? DEFAULT_CONFIG.failOn,
    profile: (given["profile"] as Profile | undefined) ?? DEFAULT_CONFIG.profile,
    block: (given["block"] as Config["block"] | undefined) ?? DEFAULT_CONFIG.block,
    trust: trustOf(given["trust"]),
    approvers: texts(given["approvers"]),
    waivers: ((given["waivers"] ?? []) as readonly JsonObject[]).map((waiver) => configWaiver(waiver, rules)),
    paths: texts(given["paths"]),
    exclude: texts(given["exclude"]),
    rules: Object.fromEntries(
      Object.entries(ruleSettings).map(([name, setting]) => [currentName(name, rules), ruleSetting(setting)]),
    ),
    prefix: (settings["prefix"] as string | undefined) ?? DEFAULT_CONFIG.prefix,
    completeness: (settings["completeness"] as Config["completeness"] | undefined) ?? DEFAULT_CONFIG.completeness,
    clock: (settings["clock"] as string | undefined) ?? DEFAULT_CONFIG.clock,
    charts: ((given["charts"] ?? []) as readonly JsonObject[]).map(chartConfig),
    missingDependencies:
      (given["missing-dependencies"] as Config["missingDependencies"] | undefined) ??
      DEFAULT_CONFIG.missingDependencies,
    incomplete: (given["incomplete"] as Config["incomplete"] | undefined) ?? DEFAULT_CONFIG.incomplete,
    dependencyHosts: texts(given["dependency-hosts"]),
  };
}

function trustOf(value: Json | undefined): Config["trust"] {
  return isJsonObject(value) ? { ...DEFAULT_CONFIG.trust, ...value } : DEFAULT_CONFIG.trust;
}

// Whoever reads the text fills in the place.
function configWaiver(given: JsonObject, rules: readonly RuleMetadata[]): ConfigWaiver {
  const { files, namespaces, objects } = given as RuleExclusion;
  return {
    rule: currentName(given["rule"] as string, rules),
    ...(files === undefined ? {} : { files }),
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(objects === undefined ? {} : { objects }),
    reason: (given["reason"] as string).trim(),
    until: (given["until"] as string | undefined) ?? null,
    owner: (given["owner"] as string | undefined) ?? null,
    place: { file: "", line: 1 },
  };
}

function chartConfig(given: JsonObject): ChartConfig {
  return {
    path: (given["path"] as string).replace(/^(?:\.\/+)+(?=.)/, "").replace(/(?<=.)\/+$/, ""),
    values: texts(given["values"]).map((path) => path.replace(/^(?:\.\/+)+(?=.)/, "")),
    set: texts(given["set"]),
    setString: texts(given["set-string"]),
    kubeVersion: (given["kube-version"] as string | undefined) ?? NO_CHART_FLAGS.kubeVersion,
    apiVersions: texts(given["api-versions"]),
    namespace: (given["namespace"] as string | undefined) ?? NO_CHART_FLAGS.namespace,
    releaseName: (given["release-name"] as string | undefined) ?? NO_CHART_FLAGS.releaseName,
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
