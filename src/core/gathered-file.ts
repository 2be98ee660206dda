import type { SourceText } from "../model/document.ts";
import type { Evidence } from "../model/evidence.ts";
import type { JudgedObject } from "./input/policy-input.ts";

/** A file with all its evidence. */
export interface GatheredFile {
  readonly uri: string;
  readonly source: SourceText;
  readonly context: boolean;
  readonly objects: readonly JudgedObject[];
  /** What stands in no object. */
  readonly evidence: readonly Evidence[];
  /** What other evidence says as well: nobody is told, but it is masked like the rest. */
  readonly hidden: readonly Evidence[];
}
