import type { CertificateFacts } from "../model/certificate.ts";
import type { ChartRendering, ChartRequest, RenderedScalar, ValuesLeaf } from "../model/chart-rendering.ts";
import type { Unreadable } from "../model/document.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { CheckRun, ReviewComment, Written } from "../model/pull-request.ts";

/** Finds known token formats in text. Offsets are UTF-16 units; messages never hold the value. */
export interface TokenDetector {
  /** All hits in `text`; `uri` picks rules by file type. */
  detect(text: string, uri: string): Promise<readonly TokenHit[]>;
}

/** A hit of a token detector: `[start, end)` in the text that it was given. */
export interface TokenHit {
  /** `secretlint/aws`, `pattern/vault-token` … */
  readonly detector: string;
  readonly kind: "token" | "url-credential" | "private-key" | "encrypted-private-key";
  readonly start: number;
  readonly end: number;
}

/** Evaluates the compiled policy. */
export interface PolicyEngine {
  /**
   * Runs the entrypoint on `input`, with `settings` as `data.settings`, and returns the findings as
   * the policy made them. Throws `PolicyError` when evaluation fails; the error never quotes the
   * input.
   */
  evaluate(input: JsonObject, settings: JsonObject): Promise<readonly Json[]>;
}

/** Thrown by a `PolicyEngine`: the policy could not be evaluated on an input. */
export class PolicyError extends Error {
  override name = "PolicyError";
}

/** Renders charts, as `helm template` does. */
export interface ChartRenderer {
  /** Renders a chart; never throws for what a chart holds. */
  render(request: ChartRequest): Promise<ChartRendering>;
  /** Names, for each scalar of the chart's rendering, the leaves of the values that decide it. */
  feeding(request: ChartRequest, scalars: readonly RenderedScalar[]): Promise<readonly (readonly ValuesLeaf[])[]>;
}

/** The files of a chart, as they are on disk. */
export interface ChartFiles {
  /** Names the content: equal keys promise equal files. */
  readonly key: string;
  /** By their path in the chart's folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Folders of `file://` dependencies, relative to the root, by their place in the chart. */
  readonly mounts: ReadonlyMap<string, string>;
  /** Why dependencies could not be fetched, by name; empty where that was not asked for. */
  readonly failed: ReadonlyMap<string, string>;
  readonly unreadable: readonly Unreadable[];
}

/** Where charts come from and what renders them. */
export interface ChartPort {
  /** Reads the chart in a folder, which is relative to the root. */
  read(folder: string): Promise<ChartFiles>;
  readonly renderer: ChartRenderer;
}

/** The pull request that a run is about. What can't be written is an answer, never an exception. */
export interface PullRequestPort {
  /** Makes the gate's one comment hold `body`; `quiet`: only where there is one, and folded away. */
  comment(body: string, quiet: boolean): Promise<Written>;
  checkRun(run: CheckRun): Promise<Written>;
  /** Comments on lines of the commit. */
  review(commit: string, comments: readonly ReviewComment[]): Promise<Written>;
  /** Those of the listed users and teams who approved the commit (`null`: the head); `null` where that can't be known. */
  approvers(commit: string | null, approvers: readonly string[]): Promise<readonly string[] | null>;
}

/** A digest of a text as lower-case hexadecimal digits; the core computes none itself. */
export type Digest = (text: string) => string;

/** Reads one certificate in DER; `null` for bytes that are none. Never throws for what they hold. */
export type CertificateReader = (der: Uint8Array) => CertificateFacts | null;

/** Progress of a long run; called often, must be cheap. */
export interface Progress {
  (stage: string, done: number, total: number): void;
}
