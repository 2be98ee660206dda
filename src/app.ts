import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import packageJson from "../package.json" with { type: "json" };
import { chartReader } from "./adapters/files/chart-reader.ts";
import { readCertificate } from "./adapters/certificates/read.ts";
import { readConfig, type ConfigResult } from "./adapters/config/read.ts";
import { readBaseline } from "./adapters/config/read-baseline.ts";
import { discover } from "./adapters/files/discover.ts";
import { readTexts, type ReadTexts } from "./adapters/files/read-texts.ts";
import { readValues, valuesName } from "./adapters/files/read-values.ts";
import { findRoot } from "./adapters/files/root.ts";
import { remoteUrls } from "./adapters/git/git.ts";
import { opaWasmEngine } from "./adapters/opa/engine.ts";
import { secretlintDetector } from "./adapters/secretlint/detector.ts";
import { ASSETS, chartRenderer } from "./assets.ts";
import { check } from "./core/check.ts";
import type { Checked, CheckInput, CheckPorts } from "./core/run.ts";
import { overrideConfig, stricter, thresholdOf } from "./core/config/settings.ts";
import type { BaseRequest, CheckRequest } from "./model/check-request.ts";
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

/** One of the published JSON Schemas. */
export async function readSchema(name: "config" | "report"): Promise<JsonObject> {
  return JSON.parse(await readFile(join(ASSETS, `schemas/${name}.schema.json`), "utf8")) as JsonObject;
}

/** The configuration of a commit, for whoever has to know it before anything is judged. Throws `ConfigurationError`. */
export async function readConfigAt(place: {
  readonly cwd: string;
  readonly configFile: string | null;
  readonly at: string;
}): Promise<Config> {
  const [root, rules] = await Promise.all([findRoot(place.cwd, []), readRules()]);
  const request = { ...place, root: root.path, rules, schema: () => readSchema("config") };
  return (await readConfig(request)).config;
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
  const settings = request.base?.settings ?? null;
  let schema: Promise<JsonObject> | null = null;
  const configAt = (at: string | null): Promise<ConfigResult> =>
    readConfig({
      root: root.path,
      cwd: request.cwd,
      configFile: request.configFile,
      at,
      rules,
      schema: () => (schema ??= readSchema("config")),
    });
  const { config, notes } = await configAt(settings);
  const baseline = await readBaseline(root.path, settings);
  const effective = effectiveFor(config, request);
  // Paths of the configuration are relative to the root, typed ones to the working directory.
  const [cwd, paths] =
    request.paths.length === 0 && config.paths.length > 0 ? [root.path, config.paths] : [request.cwd, request.paths];
  // Git reads the base while the files are looked for.
  const opening = request.base === null ? null : openComparison(root.path, request.base);
  const finding = discover({ cwd, paths, exclude: effective.exclude, withReferences: request.withReferences });
  const [opened, found] = await Promise.allSettled([opening, finding]);
  if (found.status === "rejected" && opened.status === "fulfilled") await opened.value?.opened.tree.close();
  if (found.status === "rejected") throw found.reason;
  if (opened.status === "rejected") throw opened.reason;
  const [against, discovery] = [opened.value, found.value];
  stages.stage("discover");
  const renderer = chartRenderer();
  const run = async (): Promise<Checked> => {
    // What a change touches is searched for tokens whatever its kind.
    const searches = (uri: string): boolean => request.allText || against?.opened.tree.differs(uri) === true;
    const reading = { searches, maxFileSize: request.maxFileSize, progress: request.progress };
    const read = await readTexts(discovery, reading);
    stages.stage("read");
    const values = {
      configured: effective.charts.flatMap(({ values: files }) => files),
      typed: request.chart.values,
    };
    const readFiles = chartReader(discovery.root, effective, request);
    const remotes = root.git ? await remoteUrls(root.path) : [];
    const inputOf = (texts: ReadTexts, valuesFiles: ReadonlyMap<string, Uint8Array>): CheckInput => ({
      ...texts,
      config: effective,
      rules,
      clock: clockOf(effective),
      requireObjects: request.requireObjects,
      frameworks: request.frameworks,
      rotation: request.rotation,
      chartSettings: {
        charts: effective.charts,
        flags: {
          ...request.chart,
          values: request.chart.values.map((name) => valuesName(root.path, request.cwd, name)),
        },
        missingDependencies: effective.missingDependencies,
        incomplete: effective.incomplete,
        valuesFiles,
      },
      notes,
      baseline,
      whole: request.paths.length === 0 && (paths.length > 0 || request.cwd === root.path),
      shard: request.shard,
      remotes,
      version: packageJson.version,
    });
    const ports: CheckPorts = {
      engine,
      charts: { read: readFiles.head, renderer },
      detector: secretlintDetector(),
      digest: (text) => createHash("sha256").update(text).digest("hex"),
      readCertificate,
      progress: request.progress,
      stage: stages.stage,
    };
    const head = inputOf(read, await readValues(root.path, request.cwd, values));
    if (request.base === null || against === null) return check(head, ports);
    return against.judgeAgainst({
      base: request.base,
      opened: against.opened,
      discovery,
      head,
      paths: { cwd, typed: paths },
      request,
      reading,
      values,
      inputOf,
      readChart: readFiles,
      configAt,
      ports,
    });
  };
  // The renderer's thread would keep the process alive, and the base's files would stay, whatever came of the run.
  const settled = await Promise.allSettled([run()]);
  await Promise.all([renderer.close(), against?.opened.tree.close()]);
  if (settled[0].status === "rejected") throw settled[0].reason;
  const { report: judged, sources } = settled[0].value;
  const offered = request.base === null && baseline === null && request.shard === null && judged.verdict === "fail";
  const report = offered ? { ...judged, notes: [...judged.notes, BASELINE_OFFER] } : judged;
  return {
    report: request.timings ? { ...report, timings: stages.timings() } : report,
    context: { sources, displayPath: displayPath(discovery.root, request.cwd) },
    root: discovery.root,
  };
}

// Only a comparison pays for the code that reads Git's objects.
async function openComparison(root: string, base: BaseRequest) {
  const { judgeAgainst, openBase } = await import("./app-compare.ts");
  return { judgeAgainst, opened: await openBase(root, base) };
}

const BASELINE_OFFER =
  "To begin with what is there and block only what is new: `portcullis baseline` records these findings.";

function effectiveFor(config: Config, { failOn, profile, exclude, failOnAtLeast }: CheckRequest): Config {
  const overridden = overrideConfig(config, { failOn, profile, exclude });
  return { ...overridden, failOn: stricter(thresholdOf(overridden), failOnAtLeast ?? "never") };
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
