// Runs a development program of this folder, or the command line, from its TypeScript source:
// `node src/dev/run.mjs <name> [arguments]`. Node 20 can't run TypeScript, so esbuild bundles first.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) throw new Error("usage: node src/dev/run.mjs <name> [arguments]");
const source = name === "cli" ? "src/cli.ts" : `src/dev/${name}.ts`;
const outfile = resolve(".cache/dev", `${name}.mjs`);
mkdirSync(".cache/dev", { recursive: true });
await build({
  entryPoints: [source],
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  outfile,
  logLevel: "error",
  define: { "process.env.PORTCULLIS_ASSETS": JSON.stringify(resolve("dist")) },
});
process.argv = [process.argv[0], outfile, ...rest];
try {
  await import(pathToFileURL(outfile).href);
} catch (error) {
  // What a program that it called had to say is on the screen already.
  process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
