import type { SourceText } from "../model/document.ts";
import type { RawFinding } from "../model/finding.ts";
import type { RuleId } from "../model/rule.ts";
import type { TakenApart } from "./charts/rendered-file.ts";
import type { GatheredFile } from "./gathered-file.ts";
import type { JudgedObject } from "./input/policy-input.ts";
import type { LoadedFile } from "./loaded-file.ts";
import type { parseYaml } from "./yaml/parse.ts";

/** A unit as set rules saw it, and what they said, by rule. */
export interface JudgedUnit {
  readonly members: readonly JudgedObject[];
  readonly context: readonly JudgedObject[];
  /** What the host told of the repository, as JSON. */
  readonly told: string;
  readonly findings: ReadonlyMap<RuleId, readonly RawFinding[]>;
}

/**
 * What two runs over almost the same files share, so that work common to both is done once: the same
 * `SourceText` (the object, not an equal one) is parsed, searched and judged once. Both runs must have
 * the same configuration, rules and clock. Ids go on from one run to the next, so that an object or a piece of
 * evidence of one run is never taken for one of the other.
 */
export class Memory {
  #lastObject = 0;
  #lastEvidence = 0;
  readonly parsed = new WeakMap<SourceText, ReturnType<typeof parseYaml>>();
  /** With the surroundings (units, namespace, chart) that the file was loaded in. */
  readonly loaded = new WeakMap<SourceText, { readonly surroundings: string; readonly file: LoadedFile }>();
  readonly gathered = new WeakMap<LoadedFile, GatheredFile>();
  /** Names of Secrets and ServiceAccounts of the run before; evidence depends on them. */
  knownNames: ReadonlySet<string> | null = null;
  /** What object rules said, with what the host told besides the objects, as JSON. */
  readonly objects = new WeakMap<JudgedObject, { readonly facts: string; readonly findings: readonly RawFinding[] }>();
  readonly files = new WeakMap<GatheredFile, readonly RawFinding[]>();
  readonly units = new Map<string, JudgedUnit>();
  /** Charts as they were rendered, by all that a rendering depends on. */
  readonly renderings = new Map<string, TakenApart>();

  readonly nextObject = (): number => this.#lastObject++;
  readonly nextEvidence = (): number => this.#lastEvidence++;
}
