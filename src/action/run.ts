import type { AnnotationProperties } from "@actions/core";
import { GitError } from "../adapters/git/git.ts";
import { openOutputFiles } from "../cli/output-files.ts";
import { describeConfigError, InvalidConfigError } from "../core/config/config-error.ts";
import { requestFor } from "../core/config/request.ts";
import { ConfigurationError, UsageError } from "../core/errors.ts";
import type { Config } from "../model/config.ts";
import type { BaseRequest, CheckRequest } from "../model/check-request.ts";
import type { Report, ReportContext } from "../model/report.ts";
import { toAnnotations, type Annotation } from "../reporters/github.ts";
import { defuseCommands, showInvisible } from "../reporters/harmless.ts";
import { reporters } from "../reporters/index.ts";
import { LARGEST_SUMMARY, renderMarkdownWithin } from "../reporters/markdown.ts";
import type { Json } from "../model/json.ts";
import type { PullRequestPort } from "../core/ports.ts";
import { findBase, type EventSource } from "./base.ts";
import { publish } from "./publish.ts";
import type { PullRequestAddress } from "../adapters/github/address.ts";
import { diffLines, pullRequestOf, queuedPullRequestOf } from "./target.ts";
import { readInputs, type InputReader } from "./inputs.ts";

/** What the Action needs of the runner, so that tests need none. */
export interface ActionEffects extends InputReader {
  readonly output: (name: string, value: string | number) => void;
  readonly annotate: (level: Annotation["level"], message: string, properties: AnnotationProperties) => void;
  readonly info: (text: string) => void;
  /** Marks the step as failed, with an error in the log. */
  readonly fail: (message: string) => void;
  readonly writeSummary: (markdown: string) => Promise<void>;
  /** The event that started the workflow, and where its repository lies. */
  readonly event: () => Promise<{ readonly name: string; readonly payload: Json; readonly serverUrl: string }>;
  /** The pull request, to be written to with the token. */
  readonly pullRequest: (token: string, address: PullRequestAddress) => Promise<PullRequestPort>;
  /** The configuration of a commit. Throws `ConfigurationError`. */
  readonly readConfig: (place: {
    readonly cwd: string;
    readonly configFile: string | null;
    readonly at: string;
  }) => Promise<Pick<Config, "trust" | "approvers">>;
  /** Keeps a text out of the log. */
  readonly mask: (secret: string) => void;
  /** Absolute path of the checkout. */
  readonly cwd: string;
  readonly check: (
    request: CheckRequest,
  ) => Promise<{ report: Report; context: Pick<ReportContext, "sources" | "displayPath"> }>;
}

/**
 * One run of the Action: reads the inputs, judges, annotates the worst findings, writes the summary and
 * the files that were asked for, sets the outputs, and fails the step unless the verdict is `pass`. It
 * needs no token. Mistakes of the user fail the step with the place; defects are thrown.
 */
export async function runAction(effects: ActionEffects): Promise<void> {
  try {
    await run(effects);
  } catch (error) {
    const lines = describeMistake(error);
    if (lines === null) throw error;
    effects.output("verdict", "error");
    effects.fail(lines.map((line) => safe(`portcullis: ${line}`)).join("\n"));
  }
}

async function run(effects: ActionEffects): Promise<void> {
  const inputs = readInputs(effects);
  const files = [
    ...inputs.outputs,
    ...(inputs.sarifFile === "" ? [] : [{ format: "sarif" as const, file: inputs.sarifFile }]),
  ];
  const outputs = await openOutputFiles(
    files.map(({ file }) => file),
    effects.cwd,
  );
  if (inputs.githubToken !== "") effects.mask(inputs.githubToken);
  const event = { ...(await effects.event()), token: inputs.githubToken };
  const { base, note } = await findBase(effects.cwd, event, inputs.onMissingBase);
  const { report: judged, context } = await effects.check(
    requestFor(effects.cwd, {
      paths: inputs.paths,
      configFile: inputs.config,
      failOnAtLeast: inputs.failOn,
      base,
      fetchDependencies: inputs.fetchDependencies,
      approvedWaivers: await areApproved(inputs.config, base, event, effects),
      shard: inputs.shard,
    }),
  );
  const report = note === null ? judged : { ...judged, notes: [...judged.notes, note] };
  const render = { ...context, color: false };
  await outputs.write(new Map(files.map(({ format, file }) => [file, reporters[format](report, render)])));
  // Annotations carry the findings; the log repeats them with their code frames for who reads it.
  effects.info(reporters.text(report, render));
  const { annotations, omitted } = toAnnotations(report);
  for (const annotation of annotations) annotate(annotation, effects);
  if (omitted > 0) effects.info(`${omitted} more are not annotated; the job summary lists them all.`);
  await effects.writeSummary(renderMarkdownWithin(report, render, LARGEST_SUMMARY));
  effects.output("verdict", report.verdict);
  effects.output("findings", report.findings.length);
  if (inputs.sarifFile !== "") effects.output("sarif-file", inputs.sarifFile);
  const absent = await writeToPullRequest(report, render, base, event, effects);
  if (absent !== null) effects.info(safe(absent));
  if (report.verdict !== "pass") effects.fail(`portcullis: ${VERDICT[report.verdict]}`);
}

// Asked before anything is judged, and only where the base's configuration lets an approval count.
async function areApproved(
  configFile: string | null,
  base: BaseRequest | null,
  event: EventSource,
  { cwd, readConfig, pullRequest }: ActionEffects,
): Promise<boolean> {
  // What was pushed is merged, whoever approved it.
  if (base === null || base.settings === null) return true;
  const own = pullRequestOf(event.payload);
  const pull = own ?? queuedPullRequestOf(event.payload);
  if (pull === null || event.token === "") return false;
  const { trust, approvers } = await readConfig({ cwd, configFile, at: base.settings });
  if (trust.waivers !== "approved" || approvers.length === 0) return false;
  const port = await pullRequest(event.token, pull);
  return ((await port.approvers(own?.headSha ?? null, approvers)) ?? []).length > 0;
}

// Comes last, so that nothing of it can keep the verdict from being told.
async function writeToPullRequest(
  report: Report,
  context: ReportContext,
  base: BaseRequest | null,
  event: EventSource,
  { cwd, pullRequest }: ActionEffects,
): Promise<string | null> {
  const pull = pullRequestOf(event.payload);
  if (pull === null) return null;
  if (event.token === "") return "Annotations and job summary only: there is no token for a comment and a check run.";
  const inDiff = await diffLines(cwd, base?.ref ?? null, pull.headSha, event);
  return publish(report, context, { port: await pullRequest(event.token, pull), headSha: pull.headSha, inDiff });
}

const VERDICT = {
  fail: "there are findings that block; see the annotations and the job summary",
  error: "something could not be judged; see the job summary",
} as const;

function annotate({ level, message, ...place }: Annotation, effects: ActionEffects): void {
  effects.annotate(level, message, place);
}

function describeMistake(error: unknown): readonly string[] | null {
  if (error instanceof InvalidConfigError) {
    return error.errors.map((each) => `${each.file}:${each.line}:${each.column}: ${describeConfigError(each)}`);
  }
  if (error instanceof ConfigurationError) {
    const place = [error.file, error.line, error.column].filter((part) => part !== undefined).join(":");
    return [place === "" ? error.message : `${place}: ${error.message}`];
  }
  return error instanceof UsageError || error instanceof GitError ? [error.message] : null;
}

function safe(text: string): string {
  return defuseCommands(showInvisible(text));
}
