import type { JsonObject } from "./json.ts";
import type { RuleId, Severity } from "./rule.ts";

/** Sets of rules that are on by default. */
export type Profile = "recommended" | "strict" | "agents";

/** Where a rule is not to speak. All that is given must match; globs in each list. */
export interface RuleExclusion {
  readonly files?: readonly string[];
  readonly namespaces?: readonly string[];
  /** `Kind/name`, or `Kind/namespace/name`, with globs. */
  readonly objects?: readonly string[];
}

/** The settings of one rule, or of one `<rule>/<variant>`. */
export interface RuleSettings {
  /** `off`, or another severity than the rule's own. */
  readonly severity: Severity | "off" | null;
  readonly exclude: readonly RuleExclusion[];
  /** Parameters, by the catalogue's names; only on `<rule>`. */
  readonly params: JsonObject;
}

/** The effective configuration, defaults filled in. */
export interface Config {
  readonly failOn: Severity | "never";
  readonly profile: Profile;
  /** Paths to judge when the command line names none; relative to the root. */
  readonly paths: readonly string[];
  /** Globs of files that are left out, besides the built-in ones. */
  readonly exclude: readonly string[];
  readonly rules: { readonly [ruleOrVariant: RuleId]: RuleSettings };
  /** Prefix of our annotations: `<prefix>/rotation`. */
  readonly prefix: string;
  /** Whether what is absent from the set is known to be absent. */
  readonly completeness: "partial" | "full";
  /** RFC 3339 time that counts as now; `null` for the real one. */
  readonly clock: string | null;
}
