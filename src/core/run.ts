import type { Config } from "../model/config.ts";
import type { Shard } from "../model/check-request.ts";
import type { Unreadable } from "../model/document.ts";
import type { Location } from "../model/finding.ts";
import type { Framework } from "../model/frameworks.ts";
import type { DataPath } from "../model/json.ts";
import type { MaskedSources, Report } from "../model/report.ts";
import type { RuleMetadata } from "../model/rule.ts";
import type { Baseline } from "./baseline/baseline.ts";
import type { ChartSettings } from "./charts/rendering-plans.ts";
import type { JudgedObject } from "./input/policy-input.ts";
import type { InputText } from "./loaded-file.ts";
import type { CertificateReader, ChartPort, Digest, PolicyEngine, Progress, TokenDetector } from "./ports.ts";
import type { Trace } from "./triage/assemble.ts";
import type { WaiverBase } from "./waivers/base-waivers.ts";

/** All that a run is about. */
export interface CheckInput {
  readonly texts: readonly InputText[];
  /** What discovery and reading could not give. */
  readonly unreadable: readonly Unreadable[];
  /** Files left out before they were read, by reason. */
  readonly skipped: { readonly [reason: string]: number };
  readonly config: Config;
  readonly rules: readonly RuleMetadata[];
  /** Seconds since 1970-01-01T00:00:00Z that count as now. */
  readonly clock: number;
  readonly requireObjects: boolean;
  readonly frameworks: readonly Framework[];
  /** Whether the report lists every secret of the set. */
  readonly rotation?: boolean;
  readonly chartSettings: ChartSettings;
  readonly notes: readonly string[];
  readonly baseline: Baseline | null;
  /** Whether the texts are all that there is, so that waivers and entries of the baseline that match nothing are of no use. */
  readonly whole: boolean;
  /** The part that is judged; `null` for everything. */
  readonly shard: Shard | null;
  readonly version: string;
  /** Where the repository itself lies: URLs of its remotes. */
  readonly remotes?: readonly string[];
}

/** What a run needs of the world. */
export interface CheckPorts {
  readonly engine: PolicyEngine;
  readonly detector: TokenDetector;
  /** `null` where charts are not rendered; each is then reported as not judged. */
  readonly charts: ChartPort | null;
  readonly digest: Digest;
  readonly readCertificate: CertificateReader;
  readonly progress: Progress;
  /** Called at the end of each stage, to time it. */
  readonly stage: (name: string) => void;
}

/** The state that a run is compared with. */
export interface CheckBase {
  readonly objects: readonly JudgedObject[];
  readonly waivers: WaiverBase;
  /** Files that Git sees as renamed: base path to head path. */
  readonly renames: ReadonlyMap<string, string>;
}

/** What judging gave. */
export interface Checked {
  readonly report: Report;
  readonly sources: MaskedSources;
  /** One for each finding of the report, in its order. */
  readonly traces: readonly Trace[];
  /** Waivers in comments, and annotations that exempt: what another run is compared with. */
  readonly waivers: Pick<WaiverBase, "inline" | "exemptions">;
  /** All objects that were judged, those that are only there for references not among them. */
  readonly objects: readonly JudgedObject[];
  /** Where a path of an object is written. */
  readonly placeOf: (judged: JudgedObject, path: DataPath) => Location;
  /** The text of a file that somebody wrote; `null` where the run knows none of that name. */
  readonly textOf: (uri: string) => string | null;
}
