import type { Config, RuleExclusion } from "../../model/config.ts";
import type { JsonObject } from "../../model/json.ts";
import {
  profilesOf,
  profilesOfRule,
  SEVERITIES,
  type Profile,
  type RuleId,
  type RuleMetadata,
  type Severity,
} from "../../model/rule.ts";

/** What the config says about one variant of a rule. */
export interface ResolvedSettings {
  /** `null` where the config leaves the severity to the rule. */
  readonly severity: Severity | "off" | null;
  /** The exclusions of the rule and of the variant. */
  readonly exclude: readonly RuleExclusion[];
}

/**
 * The settings of `<rule>/<variant>`: the variant's severity before the rule's, so that one variant
 * can be on while its rule is off; the exclusions of both.
 */
export function resolveRuleSettings(config: Config, rule: RuleId, variant: string): ResolvedSettings {
  const ofRule = settingsOf(config, rule);
  const ofVariant = settingsOf(config, `${rule}/${variant}`);
  return {
    severity: ofVariant?.severity ?? ofRule?.severity ?? null,
    exclude: [...(ofRule?.exclude ?? []), ...(ofVariant?.exclude ?? [])],
  };
}

/**
 * The severity that `variant` of `rule` gets from the config: what it says of the variant, else what it says
 * of the rule, else `null`, which leaves it to the rule. A variant that the profile leaves out is `off`
 * unless the config names it, or names the rule and the profile leaves out all of it: whoever lowers a
 * rule does not ask for more of it.
 */
export function configuredSeverity(config: Config, rule: RuleMetadata, variant: string): Severity | "off" | null {
  const { severity } = resolveRuleSettings(config, rule.id, variant);
  if (isIn(config.profile, profilesOf(rule.variants[variant] ?? {}))) return severity;
  const ofVariant = settingsOf(config, `${rule.id}/${variant}`)?.severity ?? null;
  const asked = ofVariant !== null || !isIn(config.profile, profilesOfRule(rule));
  return asked ? (severity ?? "off") : "off";
}

function isIn(profile: Profile, profiles: readonly Profile[] | null): boolean {
  return profiles === null || profiles.includes(profile);
}

/** The threshold that counts: the config's, else the profile's; `strict` blocks on `medium`, the others on `high`. */
export function thresholdOf({ failOn, profile }: Pick<Config, "failOn" | "profile">): Severity | "never" {
  return failOn ?? (profile === "strict" ? "medium" : "high");
}

/** The rules that have at least one variant that is not off, in the order given. */
export function activeRules(config: Config, rules: readonly RuleMetadata[]): readonly RuleMetadata[] {
  return rules.filter((rule) =>
    Object.keys(rule.variants).some((variant) => configuredSeverity(config, rule, variant) !== "off"),
  );
}

/**
 * The parameters of `rule`: METADATA's defaults, then what the profile changes, then the config's,
 * each parameter replaced as a whole. The profile `strict` switches a boolean parameter `strict` on.
 */
export function ruleParams(config: Config, rule: RuleMetadata): JsonObject {
  const defaults = Object.fromEntries(
    Object.entries(rule.params).map(([name, parameter]) => [name, parameter.default]),
  );
  const ofProfile = config.profile === "strict" && rule.params["strict"]?.type === "boolean" ? { strict: true } : {};
  return { ...defaults, ...ofProfile, ...settingsOf(config, rule.id)?.params };
}

/** What the command line or an input of the Action says in place of the config. */
export interface ConfigOverrides {
  readonly failOn: Severity | "never" | null;
  readonly profile: Profile | null;
  /** Added to the config's. */
  readonly exclude: readonly string[];
}

/** The config with `overrides` applied; `null` leaves what the config says. */
export function overrideConfig(config: Config, overrides: ConfigOverrides): Config {
  return {
    ...config,
    failOn: overrides.failOn ?? config.failOn,
    profile: overrides.profile ?? config.profile,
    exclude: [...config.exclude, ...overrides.exclude],
  };
}

/**
 * The stricter of two thresholds: an input can only tighten what the configuration says, since a pull
 * request can change the workflow's inputs.
 */
export function stricter(a: Severity | "never", b: Severity | "never"): Severity | "never" {
  const rank = (level: Severity | "never") => (level === "never" ? -1 : SEVERITIES.indexOf(level));
  return rank(a) >= rank(b) ? a : b;
}

function settingsOf(config: Config, name: string): Config["rules"][string] | undefined {
  return Object.hasOwn(config.rules, name) ? config.rules[name] : undefined;
}
