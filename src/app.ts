import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import packageJson from "../package.json" with { type: "json" };
import { readConfig } from "./adapters/config/read.ts";
import { discover } from "./adapters/files/discover.ts";
import { readChart } from "./adapters/files/read-chart.ts";
import { readTexts } from "./adapters/files/read-texts.ts";
import { readValues, valuesName } from "./adapters/files/read-values.ts";
import { findRoot } from "./adapters/files/root.ts";
import { remoteUrls } from "./adapters/git/git.ts";
import { opaWasmEngine } from "./adapters/opa/engine.ts";
import { secretlintDetector } from "./adapters/secretlint/detector.ts";
import { ASSETS, chartRenderer } from "./assets.ts";
import { check, type CheckPorts } from "./core/check.ts";
import { overrideConfig, stricter } from "./core/config/settings.ts";
import type { ChartPort } from "./core/ports.ts";
import type { CheckRequest } from "./model/check-request.ts";
import type { Config } from "./model/config.ts";
import type { JsonObject } from "./model/json.ts";
import type { Report, ReportContext } from "./model/report.ts";
import type { RuleMetadata } from "./model/rule.ts";

/** What a check gave: the report, and what reporters need besides. */
export interface CheckResult {
  readonly report: Report;
  readonly context: Pick<ReportContext, "sources" | "displayPath">;
  /** Absolute path of the root that the report's paths are relative to. */
  readonly root: string;
}

/** Metadata of all rules, sorted by id. */
export async function readRules(): Promise<readonly RuleMetadata[]> {
  return JSON.parse(await readFile(join(ASSETS, "rules.json"), "utf8")) as readonly RuleMetadata[];
}

/**
 * Judges what `request` names: wires the adapters to the core. Throws `UsageError` and
 * `ConfigurationError` for mistakes of the user, `GitError` where Git fails inside a work tree.
 */
export async function checkRepository(request: CheckRequest): Promise<CheckResult> {
  const stages = stopwatch();
  const engine = opaWasmEngine(() => readFile(join(ASSETS, "policy.wasm")));
  engine.warmUp();
  const rules = await readRules();
  const root = await findRoot(request.cwd, request.paths);
  const { config, notes } = await readConfig({
    root: root.path,
    cwd: request.cwd,
    configFile: request.configFile,
    rules,
    schema: async () => JSON.parse(await readFile(join(ASSETS, "schemas/config.schema.json"), "utf8")) as JsonObject,
  });
  const overridden = overrideConfig(config, {
    failOn: request.failOn,
    profile: request.profile,
    exclude: request.exclude,
  });
  const effective = { ...overridden, failOn: stricter(overridden.failOn, request.failOnAtLeast ?? "never") };
  // Paths of the configuration are relative to the root, typed ones to the working directory.
  const [cwd, paths] =
    request.paths.length === 0 && config.paths.length > 0 ? [root.path, config.paths] : [request.cwd, request.paths];
  const discovery = await discover({ cwd, paths, exclude: effective.exclude, withReferences: request.withReferences });
  stages.stage("discover");
  const read = await readTexts(discovery, request);
  stages.stage("read");
  const renderer = chartRenderer();
  const chartSettings = {
    charts: effective.charts,
    flags: { ...request.chart, values: request.chart.values.map((name) => valuesName(root.path, request.cwd, name)) },
    missingDependencies: effective.missingDependencies,
    incomplete: effective.incomplete,
    valuesFiles: await readValues(root.path, request.cwd, {
      configured: effective.charts.flatMap(({ values }) => values),
      typed: request.chart.values,
    }),
  };
  const ports: CheckPorts = {
    engine,
    charts: { read: chartReader(discovery.root, effective, request), renderer },
    detector: secretlintDetector(),
    digest: (text) => createHash("sha256").update(text).digest("hex"),
    progress: request.progress,
    stage: stages.stage,
  };
  const run = check(
    {
      texts: read.texts,
      unreadable: read.unreadable,
      skipped: read.skipped,
      config: effective,
      rules,
      clock: clockOf(effective),
      requireObjects: request.requireObjects,
      chartSettings,
      notes,
      version: packageJson.version,
      remotes: root.git ? await remoteUrls(root.path) : [],
    },
    ports,
  );
  // The renderer's thread would keep the process alive, whatever came of the run.
  const settled = await Promise.allSettled([run]);
  await renderer.close();
  if (settled[0].status === "rejected") throw settled[0].reason;
  const { report, sources } = settled[0].value;
  return {
    report: request.timings ? { ...report, timings: stages.timings() } : report,
    context: { sources, displayPath: displayPath(discovery.root, request.cwd) },
    root: discovery.root,
  };
}

// Dependencies that are not there are fetched only where that was asked for, from hosts that the
// configuration names.
function chartReader(
  root: string,
  { dependencyHosts }: Config,
  { fetchDependencies }: CheckRequest,
): ChartPort["read"] {
  const indexes = new Map();
  return async (folder) => {
    const chart = { ...(await readChart(root, folder)), failed: new Map<string, string>() };
    if (!fetchDependencies) return chart;
    const { completeChart } = await import("./adapters/helm/fetch/complete-chart.ts");
    const { chart: completed, failed } = await completeChart(chart, { allowedHosts: dependencyHosts, indexes });
    return { ...completed, failed };
  };
}

function clockOf({ clock }: Config): number {
  return Math.floor((clock === null ? Date.now() : Date.parse(clock)) / 1000);
}

// Text output is relative to the working directory, so that a terminal opens it.
function displayPath(root: string, cwd: string): (uri: string) => string {
  return (uri) => relative(cwd, join(root, uri)).split(sep).join("/") || ".";
}

function stopwatch(): { stage: (name: string) => void; timings: () => Record<string, number> } {
  const timings: Record<string, number> = {};
  let last = performance.now();
  return {
    stage: (name) => {
      const now = performance.now();
      timings[name] = (timings[name] ?? 0) + now - last;
      last = now;
    },
    timings: () => ({ ...timings, "peak-memory-mib": process.resourceUsage().maxRSS / 1024 }),
  };
}
