import type { DataPath } from "./json.ts";
import type { Precision, Range } from "./position.ts";
import { SEVERITIES, type RuleId, type Severity } from "./rule.ts";
import type { Unit } from "./document.ts";

/** Which Kubernetes object a finding is about. `namespace` is empty where none is set. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A place in a file of the repository. */
export interface Location {
  /** Relative to the root, with `/`. */
  readonly uri: string;
  readonly range: Range;
  readonly precision: Precision;
}

/** A further place that belongs to a finding, with what it has to do with it. */
export interface RelatedLocation extends Location {
  readonly message: string;
}

/** The message of the related location where a value of a chart surfaces: the template line. */
export const SURFACES_HERE = "surfaces here";

/** What became of a finding in triage. Without a base, what is not waived is `new`. */
export type FindingStatus = "new" | "existing" | "baseline" | "waived";

/** An edit of a file that settles a finding. It holds no text that may be a secret. */
export interface SuggestedFix {
  readonly uri: string;
  /** Offsets of what is replaced, in UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The lines that it touches (1-based, both included), and what they are afterwards. */
  readonly startLine: number;
  readonly endLine: number;
  readonly replacement: string;
}

/** Why a finding is waived. The reason is masked and may still need escaping. */
export interface FindingWaiver {
  readonly by: "comment" | "config" | "annotation" | "path";
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day on which it counts (UTC); `null` for no end. */
  readonly until: string | null;
}

/** One violation, located and ready to report. It holds no character of a secret. */
export interface Finding {
  readonly rule: RuleId;
  readonly variant: string;
  readonly severity: Severity;
  readonly message: string;
  readonly location: Location;
  readonly related: readonly RelatedLocation[];
  /** Absent for a finding in a file that holds no object. */
  readonly object: ObjectIdentity | null;
  readonly unit: Unit;
  /**
   * Values files with which a chart shows it, empty for the chart's own, and that alone where all of
   * them do; no entry for what is no chart's.
   */
  readonly values: readonly string[];
  /** Path in the object; empty where there is no object. */
  readonly path: DataPath;
  /** The place in the object whose narrower findings this one speaks for. */
  readonly region: DataPath;
  /** Rules that also see this place and yielded to this one. */
  readonly also: readonly RuleId[];
  readonly fingerprint: string;
  readonly status: FindingStatus;
  /** Only where the status is `waived`. */
  readonly waiver: FindingWaiver | null;
  /** `null` where what to do is not mechanical. */
  readonly fix: SuggestedFix | null;
}

/** What a Rego rule returns, before anything is located. */
export interface RawFinding {
  readonly rule: RuleId;
  readonly variant: string;
  /** Id of the object, or `null` for a file outside of objects. */
  readonly object: number | null;
  /** Path in the object: an existing place, or one that is missing. */
  readonly path: DataPath;
  /** Id of the evidence that it rests on; gives the exact range. */
  readonly evidence: number | null;
  /** The place whose narrower findings this one covers; the path itself by default. */
  readonly region: DataPath;
  /** Overrides the variant's severity. */
  readonly severity: Severity | null;
  readonly args: { readonly [name: string]: string };
  readonly related: readonly RawRelated[];
}

/** A related place as a rule names it; `label` is a key of the rule's `related` templates. */
export interface RawRelated {
  readonly object: number;
  readonly path: DataPath;
  readonly label: string;
}

/** Whether a finding decides the verdict: new, and at or above the threshold. */
export function isBlocking(finding: Pick<Finding, "severity" | "status">, failOn: Severity | "never"): boolean {
  if (finding.status !== "new" || failOn === "never") return false;
  return SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(failOn);
}

/** The template line in which a finding on a values file surfaces; `null` for any other finding. */
export function surfacesIn({ values, related }: Pick<Finding, "values" | "related">): RelatedLocation | null {
  const [first] = related;
  return values.length > 0 && first?.message === SURFACES_HERE ? first : null;
}
