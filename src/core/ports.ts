import type { Json, JsonObject } from "../model/json.ts";

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

/** A digest of a text as lower-case hexadecimal digits; the core computes none itself. */
export type Digest = (text: string) => string;

/** Progress of a long run; called often, must be cheap. */
export interface Progress {
  (stage: string, done: number, total: number): void;
}
