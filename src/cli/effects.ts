import type { CheckRequest } from "../model/check-request.ts";
import type { Report, Reporter, ReportContext } from "../model/report.ts";
import type { RenderOutcome, RenderRequest } from "../model/render-request.ts";
import type { JsonObject } from "../model/json.ts";
import type { RuleMetadata } from "../model/rule.ts";

/** The formats that a report can be printed in. */
export const FORMATS = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

/** A stream that takes text. `write` resolves when the text is handed over, and rejects with the stream's error. */
export interface TextStream {
  readonly isTTY: boolean;
  /** Width of the terminal in characters, where there is one. */
  readonly columns: number | undefined;
  write(text: string): Promise<void>;
}

/** Report files of one run: all of them appear at the end, complete, or none does. */
export interface OutputFiles {
  /** Writes the texts beside their targets and then moves them there. Throws `UsageError`. */
  write(texts: ReadonlyMap<string, string>): Promise<void>;
  /** Removes what is half-written, at once; for when the run is interrupted. */
  discard(): void;
}

/** What a check gave: the report, and what reporters need besides. */
export interface CheckOutcome {
  readonly report: Report;
  readonly context: Pick<ReportContext, "sources" | "displayPath">;
}

/** All that the command line needs of the world, so that tests need no process. */
export interface CliEffects {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly env: { readonly [name: string]: string | undefined };
  readonly cwd: string;
  readonly version: string;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Whether something of that name is in the working directory. */
  exists(path: string): Promise<boolean>;
  /** The text of a file, relative to `cwd`; `null` where it is not UTF-8 or not there. */
  readText(path: string): Promise<string | null>;
  check(request: CheckRequest): Promise<CheckOutcome>;
  /** Renders a chart as it is judged. Throws `UsageError`. */
  render(request: RenderRequest): Promise<RenderOutcome>;
  /** Metadata of all rules, sorted by id. */
  rules(): Promise<readonly RuleMetadata[]>;
  /** The published JSON Schema of reports. */
  reportSchema(): Promise<JsonObject>;
  reporter(format: Format): Promise<Reporter>;
  /** Checks that the paths, relative to `cwd`, can be written. Throws `UsageError`. */
  openOutputs(paths: readonly string[]): Promise<OutputFiles>;
  /** Calls `stop` with the exit code once the user or the system interrupts the run; returns how to stop listening. */
  onInterrupt(stop: (exitCode: number) => void): () => void;
}
