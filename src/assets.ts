import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { wasmChartRenderer } from "./adapters/helm/renderer.ts";

/** The folder of the built policy, the schemas and the chart engine: beside the bundle. */
export const ASSETS = process.env["PORTCULLIS_ASSETS"] ?? fileURLToPath(new URL(".", import.meta.url));

/** The chart engine that is built with the program; it starts with the first chart. */
export function chartRenderer(): ReturnType<typeof wasmChartRenderer> {
  return wasmChartRenderer({
    worker: new URL("helm-worker.js", pathToFileURL(join(ASSETS, "/"))),
    readModule: () => readFile(join(ASSETS, "helm.wasm.br")),
  });
}
