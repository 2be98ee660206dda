import type { JsonObject } from "./json.ts";
import type { Profile, RuleId, Severity } from "./rule.ts";

/** Where a rule is not to speak. All that is given must match; globs in each list. */
export interface RuleExclusion {
  readonly files?: readonly string[];
  readonly namespaces?: readonly string[];
  /** `Kind/name`, or `Kind/namespace/name`, with globs. */
  readonly objects?: readonly string[];
}

/** One of `waivers`: all conditions must hold; without any, the rule is waived everywhere. */
export interface ConfigWaiver extends RuleExclusion {
  /** `<rule>` or `<rule>/<variant>`, by its current name. */
  readonly rule: string;
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day on which it counts (UTC); `null` for no end. */
  readonly until: string | null;
  readonly owner: string | null;
  /** Where it is written, as shown to people. */
  readonly place: { readonly file: string; readonly line: number };
}

/** The settings of one rule, or of one `<rule>/<variant>`. */
export interface RuleSettings {
  /** `off`, or another severity than the rule's own. */
  readonly severity: Severity | "off" | null;
  readonly exclude: readonly RuleExclusion[];
  /** Parameters, by the catalogue's names; only on `<rule>`. */
  readonly params: JsonObject;
}

/** What a chart is rendered with, as `helm template`'s flags of the same names say; empty for Helm's defaults. */
export interface ChartFlags {
  /** Values files; each is a rendering of its own. */
  readonly values: readonly string[];
  /** `key=value`, as `--set` takes it; they apply to every rendering. */
  readonly set: readonly string[];
  readonly setString: readonly string[];
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  readonly namespace: string;
  readonly releaseName: string;
}

/** What the charts that `path` matches are rendered with. Values files are relative to the root. */
export interface ChartConfig extends ChartFlags {
  /** Folder of the chart, relative to the root, or a glob of such folders; `.` for the root itself. */
  readonly path: string;
}

/** Whose settings count in a pull request. */
export interface Trust {
  /** `base`: those of the base branch; a change takes effect once it is merged. */
  readonly config: "base";
  /** `approved`: a waiver that the pull request adds counts once an approver has approved its head commit. */
  readonly waivers: "base" | "approved" | "head";
  readonly policies: "base";
}

/** The effective configuration, defaults filled in. */
export interface Config {
  /** `null` where nobody says so: the profile's own threshold counts then, see `thresholdOf`. */
  readonly failOn: Severity | "never" | null;
  readonly profile: Profile;
  /** Whether findings that the base has already decide the verdict as well. */
  readonly block: "new" | "all";
  readonly trust: Trust;
  /** GitHub users and teams (`@org/team`) whose approval counts for waivers. */
  readonly approvers: readonly string[];
  /** Findings that are known and accepted. */
  readonly waivers: readonly ConfigWaiver[];
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
  /** How charts are rendered; of several entries for one chart the last counts. */
  readonly charts: readonly ChartConfig[];
  /** Whether a chart that was judged without a dependency makes the verdict `error`, or is only listed. */
  readonly missingDependencies: "error" | "warn";
  /** Whether a chart that asks for values which it is not given is only listed, or makes the verdict `error`. */
  readonly incomplete: "note" | "error";
  /**
   * Hosts that missing dependencies may be fetched from: `host`, `host:port`, `*.domain`, an address.
   * Empty for none.
   */
  readonly dependencyHosts: readonly string[];
}
