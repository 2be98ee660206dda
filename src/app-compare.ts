import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { CONFIG_NAMES, type ConfigResult } from "./adapters/config/read.ts";
import { openBaseTree, type BaseTree } from "./adapters/files/base-tree.ts";
import type { ChartReader } from "./adapters/files/chart-reader.ts";
import type { Discovery } from "./adapters/files/collection.ts";
import { baseChartReader, readBaseTexts } from "./adapters/files/read-base.ts";
import type { ReadTexts, ReadTextsOptions } from "./adapters/files/read-texts.ts";
import { readValues, type NamedValues } from "./adapters/files/read-values.ts";
import { resolveStarts } from "./adapters/files/root.ts";
import { isMeant } from "./adapters/files/typed-paths.ts";
import { emptyTree, mergeBase, resolveCommit } from "./adapters/git/commits.ts";
import { gitTopLevel } from "./adapters/git/git.ts";
import { readFileAt } from "./adapters/git/objects.ts";
import { addedEntries, addedWaivers } from "./app-waivers.ts";
import { sortRequests } from "./core/waivers/base-waivers.ts";
import type { Checked, CheckInput, CheckPorts } from "./core/run.ts";
import { UsageError } from "./core/errors.ts";
import { checkAgainst } from "./core/compare/check-against.ts";
import { BASELINE_NAME, maySteer, pendingChanges } from "./core/compare/pending.ts";
import type { BaseRequest, CheckRequest } from "./model/check-request.ts";
import type { PendingChange } from "./model/report.ts";

/** The commit that a run compares with. */
export interface OpenedBase {
  readonly commit: string;
  readonly tree: BaseTree;
}

/**
 * Opens the commit that a run over the work tree at `root` compares with; to be closed with `tree.close`. Throws
 * `GitError`, and `UsageError` where there is no such commit.
 */
export async function openBase(root: string, base: BaseRequest): Promise<OpenedBase> {
  const commit = await commitOf(root, base);
  return { commit, tree: await openBaseTree(root, commit) };
}

/** What a comparison needs of the run that it is part of. */
export interface ComparisonInput {
  readonly base: BaseRequest;
  readonly opened: OpenedBase;
  readonly discovery: Discovery;
  readonly head: CheckInput;
  /** The paths as typed, and what they are relative to; none means everything. */
  readonly paths: { readonly cwd: string; readonly typed: readonly string[] };
  readonly request: CheckRequest;
  readonly reading: ReadTextsOptions;
  readonly values: NamedValues;
  /** The input of a run over other texts and values files. */
  readonly inputOf: (texts: ReadTexts, valuesFiles: ReadonlyMap<string, Uint8Array>) => CheckInput;
  readonly readChart: ChartReader;
  /** The configuration of a commit, or of the work tree for `null`. */
  readonly configAt: (at: string | null) => Promise<ConfigResult>;
  readonly ports: CheckPorts;
}

/** Judges the work tree against a commit, which is read from Git's objects. Throws `GitError`. */
export async function judgeAgainst(input: ComparisonInput): Promise<Checked> {
  const { base, opened, discovery, head, paths, request, values, inputOf, readChart, configAt, ports } = input;
  const { commit, tree } = opened;
  const { root } = discovery;
  const starts = resolveStarts(paths.cwd, paths.typed);
  const texts = await readBaseTexts(
    tree,
    discovery,
    head,
    { exclude: head.config.exclude, inScope: (uri) => isMeant(starts, join(root, uri)) },
    input.reading,
  );
  const configured = values.configured.filter((name) => tree.differs(name));
  await tree.write((path) => configured.includes(path));
  const changedValues = await readValues(tree.mirror, request.cwd, { configured, typed: [] });
  const valuesFiles = new Map(
    [...head.chartSettings.valuesFiles].filter(([name]) => !configured.includes(name)).concat([...changedValues]),
  );
  ports.stage("base read");
  const added = addedWaivers(head.config, request);
  const entries = await addedEntries(head.config, { settings: base.settings, commit }, added, configAt);
  const { checked } = await checkAgainst(
    {
      commit,
      renames: tree.renames,
      block: head.config.block,
      pending: base.settings === null ? [] : await readPending(root, base.settings, tree, request),
      addedWaivers: added,
      input: inputOf(texts, valuesFiles),
      readChart: baseChartReader(tree, root, readChart.head, readChart.complete),
    },
    { ...head, config: entries.config },
    ports,
  );
  const { report } = checked;
  return {
    ...checked,
    report: {
      ...report,
      waiverRequests: sortRequests([...report.waiverRequests, ...entries.requests]),
      notes: [...report.notes, ...entries.notes],
    },
  };
}

async function commitOf(root: string, { ref, at }: BaseRequest): Promise<string> {
  if ((await gitTopLevel(root)) !== root) {
    throw new UsageError("there is nothing to compare with: all paths must lie in one work tree of Git");
  }
  if (ref === emptyTree(ref)) return ref;
  const commit = await resolveCommit(root, ref);
  if (commit === null)
    throw new UsageError(`there is no commit ${JSON.stringify(ref)} here; a shallow clone may lack it`);
  const common = at === "commit" ? commit : await mergeBase(root, commit, "HEAD");
  if (common === null) {
    throw new UsageError(`HEAD has no commit in common with ${JSON.stringify(ref)} here; a shallow clone may lack it`);
  }
  return common;
}

// Settings are compared with the commit whose settings count, workflows with the base of the comparison.
async function readPending(
  root: string,
  settings: string,
  tree: BaseTree,
  { cwd, configFile }: CheckRequest,
): Promise<readonly PendingChange[]> {
  const configFiles =
    configFile === null ? CONFIG_NAMES : [relative(root, resolve(cwd, configFile)).split(sep).join("/")];
  const listed = await listWorkflows(root);
  const names = new Set(
    [...configFiles, BASELINE_NAME, ...listed, ...tree.files.keys()].filter((uri) => maySteer(uri, configFiles)),
  );
  const files = await Promise.all(
    [...names].map(async (uri) => ({
      uri,
      base: textOf(await readFileAt(root, settings, uri, LARGEST_STEERING).catch(() => null)),
      head: await readFile(join(root, uri), "utf8").catch(() => null),
    })),
  );
  return pendingChanges(files, configFiles);
}

const LARGEST_STEERING = 4 * 1024 * 1024;

function textOf(found: Awaited<ReturnType<typeof readFileAt>>): string | null {
  return found === null || found === "too-large" ? null : found.text;
}

async function listWorkflows(root: string): Promise<readonly string[]> {
  const names = await readdir(join(root, ".github/workflows")).catch(() => []);
  return names.map((name) => `.github/workflows/${name}`);
}
