import { spawn } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goTool } from "../../src/dev/go-tools.ts";
import { cleanEnvironment } from "./cli.ts";
import { pathWith } from "./node24.ts";
import { createFolder, git, temporaryFolder, writeFiles } from "./repository.ts";

/** One annotation that a job made. */
export interface JobAnnotation {
  readonly level: string;
  readonly message: string;
  /** `file`, `line`, `col`, `endLine`, `endColumn`, `title` … */
  readonly place: Readonly<Record<string, string>>;
}

/** What came of a job. */
export interface JobRun {
  readonly result: "success" | "failure";
  readonly annotations: readonly JobAnnotation[];
  /** The job summary, as markdown. */
  readonly summary: string;
  /** Outputs of the step `gate`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What the steps printed. */
  readonly log: string;
}

/** What a workflow is run with. */
export interface JobSetting {
  readonly event: string;
  readonly payload: object;
  /** The Node program that the runner uses. */
  readonly node: string;
  /** Where GitHub's API is; without it there is no token either. */
  readonly api?: string;
}

interface Entry {
  readonly level: string;
  readonly msg?: string;
  readonly raw_output?: boolean;
  readonly command?: string;
  readonly arg?: string;
  readonly name?: string;
  readonly content?: string;
  readonly kvPairs?: Readonly<Record<string, string>>;
  readonly jobResult?: "success" | "failure";
}

/**
 * A Git repository that holds the Action as it is shipped, a workflow, and `files`. The workflow is all
 * that stands under `steps:`; `./` is the Action. With `before`, those files are in its first commit, and
 * `files` come in a second one.
 */
export function createActionRepository(
  steps: string,
  files: Readonly<Record<string, string>>,
  before?: Readonly<Record<string, string>>,
): string {
  const workflow = `on: [push, pull_request, merge_group, schedule, workflow_dispatch]
permissions:
  contents: read
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8
${steps.replaceAll(/^(?=.)/gm, "      ")}`;
  const folder = createFolder({ ".github/workflows/gate.yml": workflow, ...(before ?? files) });
  cpSync("action.yml", join(folder, "action.yml"));
  cpSync("dist", join(folder, "dist"), { recursive: true });
  git(folder, "init", "--quiet", "--initial-branch", "main");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "First");
  if (before !== undefined) commitFiles(folder, files);
  return folder;
}

/** Writes files into a repository and commits everything; returns the id of the commit. */
export function commitFiles(folder: string, files: Readonly<Record<string, string>>): string {
  writeFiles(folder, files);
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "Change");
  return git(folder, "rev-parse", "HEAD").trim();
}

/** A run whose output `act` cut off is done again so often. */
const MOST_TRIES = 6;

/**
 * Runs the workflow of a repository in `act`: a runner on this machine, without containers, network or
 * token. `actions/checkout` copies the repository.
 *
 * `act` may stop reading the output of a step before its end when the step's process exits. A failing
 * run of the Action ends with an error of its own; where that is missing the output was cut off.
 */
export async function runJob(folder: string, setting: JobSetting): Promise<JobRun> {
  for (let attempt = 1; ; attempt += 1) {
    const run = await runOnce(folder, setting);
    const last = run.annotations.findLast(({ level }) => level === "error");
    const complete = run.result === "success" || last?.message.startsWith("portcullis: ") === true;
    if (complete || attempt === MOST_TRIES) return run;
  }
}

async function runOnce(folder: string, { event, payload, node, api }: JobSetting): Promise<JobRun> {
  const home = temporaryFolder();
  const eventFile = join(home, "event.json");
  writeFileSync(eventFile, JSON.stringify(payload));
  const args = [event, "--json", "--platform", "ubuntu-latest=-self-hosted", "--eventpath", eventFile];
  if (api !== undefined) args.push("--env", `GITHUB_API_URL=${api}`, "--secret", "GITHUB_TOKEN=t0ken");
  const child = spawn(goTool("act"), args, {
    cwd: folder,
    env: cleanEnvironment(home, { PATH: pathWith(node), XDG_CACHE_HOME: join(home, "cache") }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  await new Promise((settle, fail) => child.on("error", fail).on("close", settle));
  const entries = output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Entry);
  const result = entries.findLast(({ jobResult }) => jobResult !== undefined)?.jobResult;
  if (result === undefined) throw new Error(`the job did not end:\n${output}`);
  return {
    result,
    annotations: entries
      .filter(({ command }) => ["error", "warning", "notice"].includes(command ?? ""))
      .map(({ command = "", arg = "", kvPairs = {} }) => ({ level: command, message: arg, place: kvPairs })),
    summary: entries.findLast(({ command }) => command === "summary")?.content ?? "",
    outputs: Object.fromEntries(
      entries.filter(({ command }) => command === "set-output").map(({ name, arg }) => [name, arg]),
    ),
    log: entries
      .filter(({ raw_output: printed }) => printed === true)
      .map(({ msg }) => msg)
      .join(""),
  };
}
