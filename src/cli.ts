import { access, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CliEffects, Format, TextStream } from "./cli/effects.ts";
import type { Reporter } from "./model/report.ts";
import { main } from "./cli/main.ts";
import packageJson from "../package.json" with { type: "json" };

const REPORTERS: { readonly [format in Format]: () => Promise<Reporter> } = {
  text: async () => (await import("./reporters/text.ts")).renderText,
  json: async () => (await import("./reporters/json.ts")).renderJson,
  sarif: async () => (await import("./reporters/sarif.ts")).renderSarif,
  junit: async () => (await import("./reporters/junit.ts")).renderJunit,
  github: async () => (await import("./reporters/github.ts")).renderGithub,
  gitlab: async () => (await import("./reporters/gitlab.ts")).renderGitlab,
  markdown: async () => (await import("./reporters/markdown.ts")).renderMarkdown,
};

/** Exit codes of runs that a signal ends: 128 and its number. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

// On a pipe or a file, a stream has no `isTTY`.
function textStream(stream: Omit<NodeJS.WriteStream, "isTTY"> & { readonly isTTY?: boolean }): TextStream {
  // `write` reports each error to its caller; without a listener the event would end the process too.
  stream.on("error", () => undefined);
  return {
    isTTY: stream.isTTY ?? false,
    get columns() {
      return stream.columns;
    },
    write: (text) => new Promise((done, fail) => stream.write(text, (error) => (error ? fail(error) : done()))),
  };
}

const effects: CliEffects = {
  stdout: textStream(process.stdout),
  stderr: textStream(process.stderr),
  env: process.env,
  cwd: process.cwd(),
  version: packageJson.version,
  now: () => performance.now(),
  exists: (path) =>
    access(resolve(path)).then(
      () => true,
      () => false,
    ),
  readText: async (path) => {
    const bytes = await readFile(resolve(path)).catch(() => null);
    try {
      return bytes === null ? null : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return null;
    }
  },
  check: async (request) => (await import("./app.ts")).checkRepository(request),
  render: async (request) => (await import("./render-chart.ts")).renderChart(request),
  rules: async () => (await import("./app.ts")).readRules(),
  reportSchema: async () => (await import("./app.ts")).readSchema("report"),
  reporter: (format) => REPORTERS[format](),
  openOutputs: async (paths) => {
    if (paths.length === 0) return { write: async () => undefined, discard: () => undefined };
    return (await import("./cli/output-files.ts")).openOutputFiles(paths, process.cwd());
  },
  onInterrupt: (stop) => {
    const listeners = Object.entries(SIGNALS).map(([signal, code]) => [signal, () => stop(code)] as const);
    for (const [signal, listener] of listeners) process.once(signal, listener);
    return () => {
      for (const [signal, listener] of listeners) process.off(signal, listener);
    };
  },
};

const exitCode = await main(process.argv.slice(2), effects);
// An interrupted run may still have work under way, which would keep the process alive.
if (exitCode > 128) process.exit(exitCode);
process.exitCode = exitCode;
