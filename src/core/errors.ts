/**
 * The command line or an input of the Action asks for something that does not exist or makes no
 * sense. `message` is shown as it stands and never holds anything read from a manifest.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * The configuration cannot be used. `file` is the path to show, `line` and `column` are 1-based.
 * `message` quotes no value of the file.
 */
export class ConfigurationError extends Error {
  override readonly name: string = "ConfigurationError";
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, file?: string, line?: number, column?: number) {
    super(message);
    this.file = file;
    this.line = line;
    this.column = column;
  }
}
