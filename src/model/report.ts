import type { Shard } from "./check-request.ts";
import type { Position } from "./position.ts";
import type { Finding, FindingStatus } from "./finding.ts";
import type { PermissionDelta } from "./permissions.ts";
import type { FrameworkControls } from "./frameworks.ts";
import type { RuleId, RuleMetadata, Severity } from "./rule.ts";
import type { UnreadableReason } from "./document.ts";
import type { Redacted } from "./redacted.ts";

/** The gate's answer; exit codes 0, 1 and 2. `error` wins over `fail`. */
export type Verdict = "pass" | "fail" | "error";

/** An unreadable thing in a report. */
export interface ReportedUnreadable {
  readonly uri: string;
  readonly reason: UnreadableReason;
  readonly message: string;
  readonly at: Position | null;
  readonly fingerprint: string;
  readonly status: FindingStatus;
}

/** Counts of one run. Nothing in here depends on time or machine. */
export interface Stats {
  /** Files whose content was read. */
  readonly files: number;
  /** Kubernetes objects that were judged. */
  readonly objects: number;
  /** Text files that are no manifests, searched for tokens only. */
  readonly texts: number;
  /** Files left out on purpose, by reason (`binary`, `lock-file`, `generated`, `excluded`). */
  readonly skipped: { readonly [reason: string]: number };
  readonly rules: number;
  /** Findings by severity, whatever their status. */
  readonly findings: { readonly [severity in Severity]: number };
}

/** Milliseconds per stage, only with `--timings`. */
export type Timings = { readonly [stage: string]: number };

/** A file's text with every secret masked, for code frames: same line count, same columns. */
export type MaskedSources = ReadonlyMap<string, Redacted>;

/** A change to what steers the gate itself. Text from the repository is masked and may still need escaping. */
export interface PendingChange {
  readonly uri: string;
  /** `settings` take effect after the merge; a `workflow` cannot be held back, so it is reported. */
  readonly kind: "settings" | "workflow";
  readonly message: string;
}

/** A waiver that a change adds, and that does not count yet. Text from the repository is masked and may still need escaping. */
export interface WaiverRequest {
  /** What it is written as: a comment, an entry of the configuration, an annotation on an object. */
  readonly by: "comment" | "config" | "annotation";
  readonly uri: string;
  /** 1-based; `null` where only the file is known. */
  readonly line: number | null;
  /** `<rule>` or `<rule>/<variant>`, as written. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day on which it would count; `null` for no end. */
  readonly until: string | null;
}

/** All that a reporter may know. */
export interface Report {
  readonly verdict: Verdict;
  readonly failOn: Severity | "never";
  readonly findings: readonly Finding[];
  /** Findings that the base has and the head has not; empty without a base. Places are the base's. */
  readonly fixed: readonly Finding[];
  /** The commit that the head was compared with; `null` where there was none, and all counts. */
  readonly base: string | null;
  /** The part of the repository that was judged; `null` for all of it. */
  readonly shard: Shard | null;
  /** What the change does to rights over Secrets and rights that lead to more; `null` without a base. */
  readonly permissions: PermissionDelta | null;
  readonly waiverRequests: readonly WaiverRequest[];
  /** What the change does to the gate itself; empty where settings of the head count. */
  readonly pending: readonly PendingChange[];
  readonly unreadable: readonly ReportedUnreadable[];
  readonly stats: Stats;
  /** Metadata of the rules that ran, sorted by id. */
  readonly rules: readonly RuleMetadata[];
  /** Those of them that had something to look at: an object of a kind that they read. Sorted. */
  readonly applied: readonly RuleId[];
  /** What the run says about controls; empty where no framework was asked for. */
  readonly controls: readonly FrameworkControls[];
  /** Things the user should know that decide nothing, such as an unused exclusion. */
  readonly notes: readonly string[];
  readonly timings: Timings | null;
  readonly version: string;
}

/** What reporters get besides the report. */
export interface ReportContext {
  /** Masked texts of the files that findings stand in. */
  readonly sources: MaskedSources;
  /** Whether ANSI colour may be used. */
  readonly color: boolean;
  /** Turns a root-relative path into one to show (relative to the working directory). */
  readonly displayPath: (uri: string) => string;
}

/** A reporter is a pure function from report to text. */
export type Reporter = (report: Report, context: ReportContext) => string;
