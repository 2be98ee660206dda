import { ConfigurationError } from "../errors.ts";

/** One thing that is wrong in a config file, at its key or value. It quotes no value of the file. */
export interface ConfigError {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  readonly message: string;
  /** The name that was most likely meant. */
  readonly suggestion: string | null;
}

/** The message with its suggestion, as people read it. */
export function describeConfigError(error: ConfigError): string {
  return error.suggestion === null ? error.message : `${error.message}; did you mean "${error.suggestion}"?`;
}

/** A config file with one or more errors; its own message and place are those of the first. */
export class InvalidConfigError extends ConfigurationError {
  readonly errors: readonly ConfigError[];

  /** `errors` holds at least one. */
  constructor(errors: readonly [ConfigError, ...ConfigError[]]) {
    const [first] = errors;
    super(describeConfigError(first), first.file, first.line, first.column);
    this.errors = errors;
  }
}
