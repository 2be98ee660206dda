import { mkdirSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { wasmChartRenderer, type HelmRenderer } from "../../src/adapters/helm/renderer.ts";
import type { ChartOptions, ChartRequest } from "../../src/model/chart-rendering.ts";

/** Helm's own defaults. */
export const DEFAULTS: ChartOptions = {
  values: [],
  set: [],
  setString: [],
  releaseName: "",
  namespace: "",
  kubeVersion: "1.33.0",
  apiVersions: [],
  lint: false,
  order: true,
};

/** A renderer with the worker built from source and the engine of `dist/`. */
export async function testRenderer(limits: { timeLimit?: number } = {}): Promise<HelmRenderer> {
  const outfile = resolve(`.cache/test/helm-worker-${process.pid}.mjs`);
  mkdirSync(".cache/test", { recursive: true });
  await build({
    entryPoints: ["src/adapters/helm/worker.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "error",
    banner: { js: 'import { createRequire as __c } from "node:module"; const require = __c(import.meta.url);' },
  });
  return wasmChartRenderer({
    worker: pathToFileURL(outfile),
    readModule: () => readFile("dist/helm.wasm.br"),
    ...limits,
  });
}

/** A request for the chart in a folder. */
export async function requestFor(folder: string, options: Partial<ChartOptions> = {}): Promise<ChartRequest> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join("/"), await readFile(path));
  }
  return { key: folder, files, options: { ...DEFAULTS, ...options } };
}

/** A request for a chart of these texts, with a Chart.yaml where there is none. */
export function requestOf(texts: Readonly<Record<string, string>>, options: Partial<ChartOptions> = {}): ChartRequest {
  const encoder = new TextEncoder();
  const all = { "Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n", ...texts };
  const files = new Map(Object.entries(all).map(([path, text]) => [path, encoder.encode(text)] as const));
  return { key: JSON.stringify(all), files, options: { ...DEFAULTS, ...options } };
}
