import { CommanderError } from "commander";
import type { CliEffects } from "./effects.ts";
import { describeConfigError, InvalidConfigError } from "../core/config/config-error.ts";
import { ConfigurationError, UsageError } from "../core/errors.ts";
import { runCheck } from "./check.ts";
import { complain, print } from "./print.ts";
import { buildProgram } from "./program.ts";

/** The gate could not decide. */
const EXIT_ERROR = 2;

/**
 * Runs the command line in `argv` (without program names) and returns the exit code: 0 pass, 1 fail,
 * 2 error, 130 and the like interrupted. Never throws. What goes wrong is said in one line on standard
 * error; of a defect only its kind is said, since its message may quote what was read.
 */
export async function main(argv: readonly string[], effects: CliEffects): Promise<number> {
  try {
    return await run(argv, effects);
  } catch (error) {
    for (const line of await describe(error, argv.includes("--verbose"))) await complain(effects.stderr, line);
    return EXIT_ERROR;
  }
}

async function run(argv: readonly string[], effects: CliEffects): Promise<number> {
  let exitCode = 0;
  const printed: string[] = [];
  const program = buildProgram(effects.version, {
    print: (text) => printed.push(text),
    check: async (paths, options) => {
      exitCode = await runCheck(paths, options, effects);
    },
    render: async (chart, options) => {
      const { runRender } = await import("./render.ts");
      exitCode = await runRender(chart, options, effects);
    },
    fix: async (paths, options) => {
      const { runFix } = await import("./fix.ts");
      exitCode = await runFix(paths, options, effects);
    },
    baseline: async (options) => {
      const { runBaseline } = await import("./baseline.ts");
      exitCode = await runBaseline(options, effects);
    },
    merge: async (files, options) => {
      const { runMerge } = await import("./merge.ts");
      exitCode = await runMerge(files, options, effects);
    },
    explain: async (name) => {
      const { explainRule, findRule } = await import("./explain.ts");
      printed.push(explainRule(findRule(name, await effects.rules())));
    },
    rules: async (format) => {
      const { listRules, listRulesAsJson } = await import("./rules.ts");
      printed.push((format === "json" ? listRulesAsJson : listRules)(await effects.rules()));
    },
  });
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageError(`${usageMessage(error)} (portcullis --help shows how it is used)`);
  }
  for (const text of printed) await print(effects.stdout, text);
  return exitCode;
}

function usageMessage(error: CommanderError): string {
  return error.message.replace(/^error: /, "").replaceAll("\n", " ");
}

async function describe(error: unknown, verbose: boolean): Promise<readonly string[]> {
  if (error instanceof InvalidConfigError) {
    return error.errors.map((each) => `${each.file}:${each.line}:${each.column}: ${describeConfigError(each)}`);
  }
  if (error instanceof ConfigurationError) {
    const place = [error.file, error.line, error.column].filter((part) => part !== undefined).join(":");
    return [place === "" ? error.message : `${place}: ${error.message}`];
  }
  if (error instanceof UsageError) return [error.message];
  const { GitError } = await import("../adapters/git/git.ts");
  if (error instanceof GitError) return [error.message];
  const hint = verbose ? "" : "; --verbose shows where it happened";
  return [`internal error (${kindOf(error)}), a defect of portcullis${hint}`, ...(verbose ? framesOf(error) : [])];
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code =
    "code" in error && typeof error.code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(error.code)
      ? ` ${error.code}`
      : "";
  return `${/^[A-Z]\w{0,60}$/.test(error.constructor.name) ? error.constructor.name : "Error"}${code}`;
}

/** The frames of the stack alone: a message can hold lines that look like frames, so it is cut off by its length. */
function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  const head = `${error.name}: ${error.message}\n`;
  if (!error.stack.startsWith(head)) return [];
  return error.stack
    .slice(head.length)
    .split("\n")
    .filter((line) => /^ {4}at /.test(line));
}
