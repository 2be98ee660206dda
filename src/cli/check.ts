import type { Report, Verdict } from "../model/report.ts";
import type { CheckOutcome, CliEffects, Format, OutputFiles } from "./effects.ts";
import { UsageError } from "../core/errors.ts";
import { nearest } from "../core/config/nearest.ts";
import { chartFlags } from "./chart-options.ts";
import { useColor } from "./color.ts";
import { complain, print } from "./print.ts";
import { COMMAND_NAMES, type CheckOptions } from "./program.ts";
import { createProgress } from "./progress.ts";

/** The exit code of a verdict. */
export const EXIT_CODES: { readonly [verdict in Verdict]: number } = { pass: 0, fail: 1, error: 2 };

/**
 * Runs `check`, writes its reports and returns the exit code: 0, 1 or 2 by the verdict, or what the
 * interruption asks for. Files are written before standard output, so that a broken pipe cannot keep
 * them from being complete. Throws `UsageError` and `ConfigurationError`.
 */
export async function runCheck(paths: readonly string[], options: CheckOptions, effects: CliEffects): Promise<number> {
  await refuseSlip(paths, effects);
  await refuseBadGlobs(options.exclude);
  const names = options.output.map(({ file }) => file);
  if (new Set(names).size < names.length) throw new UsageError("two outputs go to the same file");
  const outputs = await effects.openOutputs(names);
  const showProgress = options.progress && !options.quiet && effects.env["TERM"] !== "dumb";
  const progress = createProgress(effects.stderr, () => effects.now(), showProgress);
  let interrupted = false;
  let stopListening: () => void = () => undefined;
  const interruption = new Promise<number>((settle) => {
    stopListening = effects.onInterrupt((exitCode) => {
      interrupted = true;
      outputs.discard();
      settle(exitCode);
    });
  });
  const judge = async (): Promise<number> => {
    const outcome = await effects.check({
      cwd: effects.cwd,
      paths,
      exclude: options.exclude,
      allText: options.allText ?? false,
      requireObjects: options.requireObjects ?? false,
      withReferences: options.withReferences ?? false,
      configFile: options.config ?? null,
      failOn: options.failOn ?? null,
      failOnAtLeast: null,
      profile: options.profile ?? null,
      frameworks: options.framework,
      maxFileSize: options.maxFileSize ?? null,
      chart: chartFlags(options),
      base: options.base === undefined ? null : { ref: options.base, at: "merge-base", settings: null },
      fetchDependencies: options.fetchDependencies ?? false,
      approvedWaivers: false,
      shard: options.shard ?? null,
      timings: options.timings ?? false,
      progress: (stage, done, total) => progress.report(stage, done, total),
    });
    await progress.clear();
    if (!(await writeReports(outcome, options, outputs, effects, () => interrupted))) return EXIT_CODES.error;
    return EXIT_CODES[outcome.report.verdict];
  };
  try {
    return await Promise.race([interruption, judge()]);
  } finally {
    stopListening();
    await progress.clear();
  }
}

/**
 * Writes the files that were asked for, then prints; whether it did, which an interruption meanwhile keeps it from.
 */
export async function writeReports(
  outcome: CheckOutcome,
  options: Pick<CheckOptions, "format" | "output" | "color" | "quiet" | "verbose">,
  outputs: OutputFiles,
  effects: CliEffects,
  interrupted: () => boolean = () => false,
): Promise<boolean> {
  const texts = new Map<string, string>();
  for (const { format, file } of options.output) texts.set(file, await render(format, outcome, false, effects));
  if (interrupted()) return false;
  if (texts.size > 0) await outputs.write(texts);
  await report(outcome, options, effects);
  return true;
}

async function report(
  outcome: CheckOutcome,
  options: Pick<CheckOptions, "format" | "color" | "quiet" | "verbose">,
  effects: CliEffects,
): Promise<void> {
  const color = useColor({ flag: options.color ?? null, env: effects.env, isTTY: effects.stdout.isTTY });
  const formats = new Set<Format>(options.format.length > 0 ? options.format : ["text"]);
  for (const format of formats) {
    if (format === "text" && options.quiet && outcome.report.verdict === "pass") continue;
    await print(effects.stdout, await render(format, outcome, color, effects));
  }
  if (options.verbose) await complain(effects.stderr, readings(outcome.report));
  for (const [stage, milliseconds] of Object.entries(outcome.report.timings ?? {})) {
    if (!options.quiet) await complain(effects.stderr, `${stage} took ${milliseconds.toFixed(1)} ms`);
  }
}

async function render(
  format: Format,
  { report: result, context }: CheckOutcome,
  color: boolean,
  effects: CliEffects,
): Promise<string> {
  const reporter = await effects.reporter(format);
  return reporter(result, { ...context, color });
}

function readings({ stats }: Report): string {
  const skipped = Object.entries(stats.skipped).map(([reason, count]) => `${count} ${reason}`);
  return [
    `read ${stats.files} files with ${stats.objects} objects, and ${stats.texts} other texts`,
    `left out ${skipped.length > 0 ? skipped.join(", ") : "nothing"}`,
    `applied ${stats.rules} rules`,
  ].join("; ");
}

/** `portcullis chekc` is taken for a path; where there is none of that name, a command was meant. */
async function refuseSlip([first]: readonly string[], effects: CliEffects): Promise<void> {
  if (first === undefined || !/^[a-z-]+$/i.test(first) || COMMAND_NAMES.some((name) => name === first)) return;
  const command = nearest(first, COMMAND_NAMES);
  if (command === null || (await effects.exists(first))) return;
  throw new UsageError(`there is neither a path nor a command ${first}; did you mean "${command}"?`);
}

async function refuseBadGlobs(globs: readonly string[]): Promise<void> {
  if (globs.length === 0) return;
  const { globProblem } = await import("../core/config/glob.ts");
  for (const glob of globs) {
    const problem = globProblem(glob);
    if (problem !== null) throw new UsageError(`--exclude ${problem}: ${glob}`);
  }
}
