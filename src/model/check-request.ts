import type { ChartFlags } from "./config.ts";
import type { Framework } from "./frameworks.ts";
import type { Profile, Severity } from "./rule.ts";

/** What the user asked `check` to do; the command line or the Action's inputs, made typed. */
export interface CheckRequest {
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** Files, folders and globs relative to `cwd`; empty for the config's, or else `cwd`. */
  readonly paths: readonly string[];
  /** Globs relative to the root, added to the config's. */
  readonly exclude: readonly string[];
  /** Search every tracked text file for tokens, whatever its kind. */
  readonly allText: boolean;
  /** Having found no object to judge is an error. */
  readonly requireObjects: boolean;
  /** Judge the named files together with the objects of the root that they refer to. */
  readonly withReferences: boolean;
  /** Relative to `cwd`; `null` for the one at the root, if any. */
  readonly configFile: string | null;
  /** `null` where the config decides. */
  readonly failOn: Severity | "never" | null;
  /** A threshold that the config's may be stricter than, but not milder; `null` for none. */
  readonly failOnAtLeast: Severity | "never" | null;
  /** `null` where the config decides. */
  readonly profile: Profile | null;
  /** Frameworks by whose controls the report is grouped as well. */
  readonly frameworks: readonly Framework[];
  /** List every secret of the set: who makes it, who uses it, and what is missing. */
  readonly rotation: boolean;
  /** In bytes; `null` for the built-in limit. */
  readonly maxFileSize: number | null;
  /** What all charts are rendered with, besides what the config says; values files are relative to `cwd`. */
  readonly chart: ChartFlags;
  /** Fetch the dependencies that charts declare and do not hold, from the hosts that the config names. */
  readonly fetchDependencies: boolean;
  /** Compare with another state of the repository: what that has already does not count. `null` for none. */
  readonly base: BaseRequest | null;
  /** Waivers that the base lacks count without further ado: an approver has approved them, or they are merged. */
  readonly approvedWaivers: boolean;
  /** The part of the repository that is judged; `null` for all of it. */
  readonly shard: Shard | null;
  readonly timings: boolean;
  /** Called often while the run goes on, with a name of the stage that we chose. */
  readonly progress: (stage: string, done: number, total: number) => void;
}

/** What to compare with. */
export interface BaseRequest {
  /** A commit, by whatever name Git knows, or the id of the tree without files. */
  readonly ref: string;
  /** Compare with that very commit, or with the last one that HEAD and it have in common. */
  readonly at: "commit" | "merge-base";
  /** The commit whose configuration counts, such as the tip of the base branch; `null` for that of the work tree. */
  readonly settings: string | null;
}

/** One of several runs that judge a repository together. `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}
