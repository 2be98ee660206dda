import { Command, Option } from "commander";
import { FRAMEWORKS, type Framework } from "../model/frameworks.ts";
import type { Shard } from "../model/check-request.ts";
import { PROFILES, type Profile, type Severity } from "../model/rule.ts";
import { FAIL_ON } from "../core/config/schema.ts";
import { FORMATS, type Format } from "./effects.ts";
import { CHECK_HELP } from "./help.ts";
import { addChartOptions, type ChartOptions } from "./chart-options.ts";
import { byteSize, choice, output, repeated, shard, type Output } from "./options.ts";
import { RENDER_HELP } from "./render-help.ts";

/** The options of `check`, parsed. What is absent is left to the config or to a default. */
export interface CheckOptions extends ChartOptions {
  readonly format: readonly Format[];
  readonly output: readonly Output[];
  readonly config?: string;
  readonly failOn?: Severity | "never";
  readonly profile?: Profile;
  readonly framework: readonly Framework[];
  readonly rotation?: boolean;
  readonly exclude: readonly string[];
  readonly allText?: boolean;
  readonly base?: string;
  readonly shard?: Shard;
  readonly requireObjects?: boolean;
  readonly withReferences?: boolean;
  readonly maxFileSize?: number;
  readonly timings?: boolean;
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly progress: boolean;
  readonly fetchDependencies?: boolean;
}

/** The options of `render`, parsed. */
export interface RenderOptions extends ChartOptions {
  /** Print where each line comes from, in place of the manifests. */
  readonly provenance?: "json";
}

/** The options of `merge`, parsed. */
export type MergeOptions = Pick<CheckOptions, "format" | "output" | "color" | "framework">;

/** The options of `fix`, parsed. */
export interface FixOptions {
  readonly dryRun?: boolean;
  readonly rule?: readonly string[];
  readonly config?: string;
  readonly profile?: Profile;
}

/** The options of `baseline`, parsed. */
export type BaselineOptions = Pick<FixOptions, "config" | "profile">;

/** What the program calls once it has parsed its arguments. */
export interface Commands {
  check(paths: readonly string[], options: CheckOptions): Promise<void>;
  render(chart: string, options: RenderOptions): Promise<void>;
  fix(paths: readonly string[], options: FixOptions): Promise<void>;
  baseline(options: BaselineOptions): Promise<void>;
  merge(files: readonly string[], options: MergeOptions): Promise<void>;
  explain(rule: string): Promise<void>;
  rules(format: "text" | "json"): Promise<void>;
  /** Takes the text of `--help` and `--version`. */
  print(text: string): void;
}

/** Names of the commands, for telling a slip from a path. */
export const COMMAND_NAMES = ["check", "baseline", "fix", "merge", "render", "explain", "rules", "help"] as const;

/**
 * The command line. It only parses: nothing is read or written here. Parsing throws commander's
 * `CommanderError` on wrong usage, and with exit code 0 for `--help` and `--version`.
 */
export function buildProgram(version: string, commands: Commands): Command {
  const program = new Command("portcullis")
    .description("A compliance gate for how Kubernetes workloads and AI agents get and keep their secrets.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => commands.print(text),
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .configureHelp({ showGlobalOptions: false });
  // `--help` alone should show what the default command can do, so it shows that command's options.
  const check = addCheck(program, commands);
  program.addHelpText("after", () => `\n${optionsOf(check)}${CHECK_HELP}`);
  program
    .command("baseline")
    .description("record all that is found now in .portcullis-baseline.json, so that only what is new counts")
    .option("--config <file>", "use this configuration, not .portcullis.yaml at the root")
    .option("--profile <profile>", PROFILES.join(", "), choice(PROFILES))
    .helpOption("-h, --help", "print this help")
    .action((options: BaselineOptions) => commands.baseline(options));
  addFix(program, commands);
  addMerge(program, commands);
  addRender(program, commands);
  program
    .command("explain")
    .description("show what a rule looks for, why, and what to do")
    .argument("<rule>", "a rule, such as rbac/wildcard-grant")
    .helpOption("-h, --help", "print this help")
    .action((rule: string) => commands.explain(rule));
  program
    .command("rules")
    .description("list the rules")
    .option("--format <format>", "text or json", choice(["text", "json"]), "text")
    .helpOption("-h, --help", "print this help")
    .action((options: { format: "text" | "json" }) => commands.rules(options.format));
  return program;
}

function addFix(program: Command, commands: Commands): void {
  program
    .command("fix")
    .description("make the edits that need no thought, in the files themselves; comments and quoting stay")
    .argument("[paths...]", "files, folders and globs; everything below the root where none is given")
    .option("--dry-run", "only say what would be edited")
    .option("--rule <rule>", "only fix findings of this rule or <rule>/<variant>; can be repeated", repeated(String))
    .option("--config <file>", "use this configuration, not .portcullis.yaml at the root")
    .option("--profile <profile>", PROFILES.join(", "), choice(PROFILES))
    .helpOption("-h, --help", "print this help")
    .action((paths: readonly string[], options: FixOptions) => commands.fix(paths, options));
}

function addMerge(program: Command, commands: Commands): void {
  program
    .command("merge")
    .description("join the JSON reports of all shards of a run into one report and one verdict")
    .argument("<reports...>", "JSON reports, one of each shard")
    .option(
      "--format <format>",
      `print the report as ${FORMATS.join(", ")}; can be repeated (default: text)`,
      repeated(choice(FORMATS)),
    )
    .option("--output <format=file>", "write the report to a file; can be repeated", repeated(output))
    .option(
      "--framework <name>",
      `add what the run says about controls of ${FRAMEWORKS.join(", ")}; can be repeated`,
      repeated(choice(FRAMEWORKS)),
    )
    .option("--color", "use colour even where no terminal reads it")
    .option("--no-color", "use no colour")
    .helpOption("-h, --help", "print this help")
    .action((files: readonly string[], options: Partial<MergeOptions>) =>
      commands.merge(files, { format: [], output: [], framework: [], ...options }),
    );
}

function addRender(program: Command, commands: Commands): void {
  const render = program
    .command("render")
    .description("print the manifests of a chart as they are judged; shows values that reports mask")
    .argument("<chart>", "folder of a chart")
    .option("--provenance <format>", "print where each line comes from instead: json", choice(["json"]));
  addChartOptions(render)
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", RENDER_HELP)
    .action((chart: string, options: RenderOptions) => commands.render(chart, options));
}

function addCheck(program: Command, commands: Commands): Command {
  const check = program
    .command("check", { isDefault: true })
    .description("check manifests (the default command)")
    .argument("[paths...]", "files, folders and globs; everything below the root where none is given")
    .option(
      "--format <format>",
      `print a report as ${FORMATS.join(", ")}; can be repeated (default: text)`,
      repeated(choice(FORMATS)),
    )
    .option("--output <format=file>", "write a report to a file; can be repeated", repeated(output))
    .option("--config <file>", "use this configuration, not .portcullis.yaml at the root")
    .option(
      "--fail-on <severity>",
      `fail on findings of this severity or worse: ${FAIL_ON.join(", ")} (default: high, medium with --profile strict)`,
      choice(FAIL_ON),
    )
    .option(
      "--profile <profile>",
      "recommended (the default), strict (everything is on), or agents (every workload counts as an AI agent)",
      choice(PROFILES),
    )
    .option(
      "--framework <name>",
      `add what the run says about controls of ${FRAMEWORKS.join(", ")}; can be repeated`,
      repeated(choice(FRAMEWORKS)),
    )
    .option("--rotation", "add who makes each secret, how often it is renewed, who uses it, and what is missing")
    .option("--exclude <glob>", "leave out files, relative to the root; can be repeated", repeated(String))
    .option("--base <commit>", "only what was added since this commit or branch counts; the rest is listed as existing")
    .option(
      "--shard <index/count>",
      "judge one part of the repository, such as 1/4; `portcullis merge` joins the reports",
      shard,
    )
    .option("--all-text", "search every tracked text file for tokens, whatever its kind")
    .option("--require-objects", "end with an error where there is nothing to judge")
    .option("--with-references", "judge the named files together with the objects they refer to")
    .option("--max-file-size <size>", "largest file that is read, such as 10MB", byteSize);
  return addChartOptions(check)
    .option("--fetch-dependencies", "fetch missing dependencies of charts from hosts that the configuration names")
    .option("--timings", "say how long each stage took")
    .option("--color", "use colour even where no terminal reads it")
    .option("--no-color", "use no colour")
    .option("--no-progress", "show no progress on a terminal")
    .addOption(new Option("--quiet", "print nothing where the gate passes, and no progress").conflicts("verbose"))
    .option("--verbose", "say what was read, and where an internal error happened")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", CHECK_HELP)
    .action((paths: readonly string[], options: Partial<CheckOptions> & Pick<CheckOptions, "progress">) =>
      // As commander's defaults, the empty lists would show in the help.
      commands.check(paths, { format: [], output: [], exclude: [], framework: [], ...options }),
    );
}

function optionsOf(command: Command): string {
  const helper = command.createHelp();
  const width = helper.padWidth(command, helper);
  const lines = helper.visibleOptions(command).map((option) => {
    return helper.formatItem(helper.optionTerm(option), width, helper.optionDescription(option), helper);
  });
  return `Options of check:\n${lines.join("\n")}\n`;
}
