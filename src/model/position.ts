/**
 * A place in a source text. Lines and columns are 1-based, columns and offsets count UTF-16 code
 * units, as JavaScript strings, LSP and SARIF's default do. The offset is 0-based. A leading byte
 * order mark is not part of the text.
 */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of source text; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/**
 * How well a location is known: `exact` is the very scalar or key, `enclosing` the nearest thing
 * around it (what is missing stands on the key that should hold it), `file` only the file.
 */
export type Precision = "exact" | "enclosing" | "file";
