import type { Position } from "./position.ts";
import type { Finding, FindingStatus } from "./finding.ts";
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

/** All that a reporter may know. */
export interface Report {
  readonly verdict: Verdict;
  readonly failOn: Severity | "never";
  readonly findings: readonly Finding[];
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
