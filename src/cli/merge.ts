import { UsageError } from "../core/errors.ts";
import { withControls } from "../core/triage/controls.ts";
import { mergeReports } from "../core/merge/merge.ts";
import { reportReader } from "../core/merge/read-report.ts";
import type { Report } from "../model/report.ts";
import { EXIT_CODES, writeReports } from "./check.ts";
import type { CliEffects } from "./effects.ts";
import type { MergeOptions } from "./program.ts";

/**
 * Runs `merge`: joins the JSON reports of the shards of one run, writes the whole and returns the exit code of its verdict. Throws
 * `UsageError` for what is no report, and for reports that are not the whole.
 */
export async function runMerge(files: readonly string[], options: MergeOptions, effects: CliEffects): Promise<number> {
  const read = reportReader(await effects.reportSchema(), await effects.rules(), effects.version);
  const reports: Report[] = [];
  for (const file of files) {
    const text = await effects.readText(file);
    if (text === null) throw new UsageError(`${file} cannot be read`);
    const result = read(text);
    if (result.kind === "invalid") throw new UsageError(`${file}: ${result.reason}`);
    reports.push(result.report);
  }
  const merged = mergeReports(reports);
  if (typeof merged === "string") throw new UsageError(merged);
  const outputs = await effects.openOutputs(options.output.map(({ file }) => file));
  const report = withControls(merged, options.framework, await effects.rules());
  const outcome = { report, context: { sources: new Map(), displayPath: (uri: string) => uri } };
  await writeReports(outcome, { ...options, quiet: false, verbose: false }, outputs, effects);
  return EXIT_CODES[merged.verdict];
}
