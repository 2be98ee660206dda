import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import packageJson from "../package.json" with { type: "json" };
import { readConfig } from "./adapters/config/read.ts";
import { discover } from "./adapters/files/discover.ts";
import { readChart } from "./adapters/files/read-chart.ts";
import { readTexts } from "./adapters/files/read-texts.ts";
import { findRoot } from "./adapters/files/root.ts";
import { wasmChartRenderer } from "./adapters/helm/renderer.ts";
import { opaWasmEngine } from "./adapters/opa/engine.ts";
import { secretlintDetector } from "./adapters/secretlint/detector.ts";
import { check, type CheckPorts } from "./core/check.ts";
import { overrideConfig, stricter } from "./core/config/settings.ts";
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

/** Where the built policy and the schemas lie: beside the bundle. */
const ASSETS = process.env["PORTCULLIS_ASSETS"] ?? fileURLToPath(new URL(".", import.meta.url));

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
  const overridden = overrideConfig(config, { failOn: request.failOn, profile: request.profile, exclude: request.exclude });
  const effective = { ...overridden, failOn: stricter(overridden.failOn, request.failOnAtLeast ?? "never") };
  // Paths of the configuration are relative to the root, typed ones to the working directory.
  const [cwd, paths] = request.paths.length === 0 && config.paths.length > 0 ? [root.path, config.paths] : [request.cwd, request.paths];
  const discovery = await discover({ cwd, paths, exclude: effective.exclude, withReferences: request.withReferences });
  stages.stage("discover");
  const read = await readTexts(discovery, request);
  stages.stage("read");
  const renderer = wasmChartRenderer({
    worker: new URL("helm-worker.js", pathToFileURL(join(ASSETS, "/"))),
    readModule: () => readFile(join(ASSETS, "helm.wasm.br")),
  });
  const chartSettings = {
    charts: effective.charts,
    flags: { ...request.chart, values: request.chart.values.map((name) => namedFrom(root.path, request.cwd, name)) },
    missingDependencies: effective.missingDependencies,
    incomplete: effective.incomplete,
    valuesFiles: await readValuesFiles(root.path, effective, request),
  };
  const ports: CheckPorts = {
    engine,
    charts: { read: (folder) => readChart(discovery.root, folder), renderer },
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

// Values files are named by their path from the root where they lie in it, which is how reports show them.
function namedFrom(root: string, cwd: string, name: string): string {
  const path = relative(root, resolve(cwd, name));
  return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path) ? name : path.split(sep).join("/");
}

// A file that is not there is reported for the charts that name it.
async function readValuesFiles(root: string, { charts }: Config, { cwd, chart }: CheckRequest): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const read = async (name: string, path: string): Promise<void> => {
    const data = await readFile(path).catch(() => null);
    if (data !== null) files.set(name, data);
  };
  for (const name of charts.flatMap(({ values }) => values)) await read(name, join(root, name));
  for (const name of chart.values) await read(namedFrom(root, cwd, name), resolve(cwd, name));
  return files;
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
