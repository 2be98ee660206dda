/**
 * Bundles the entries into `dist/`: ESM with shared chunks, so that a run parses only what it needs, and
 * with the licences of what is bundled. The policy (`npm run build:policy`) and the schemas
 * (`npm run generate`) are built apart. The same sources give the same bytes, wherever they lie.
 */
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type OutputFile } from "esbuild";
import { bundledFolders, readPackage, renderLicenses } from "./licenses.ts";

const DIST = "dist";
/** CommonJS packages in the bundle call `require` for Node's own modules. */
const REQUIRE =
  'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);\n';

const { metafile, outputFiles } = await build({
  entryPoints: { cli: "src/cli.ts", action: "src/action.ts", "helm-worker": "src/adapters/helm/worker.ts" },
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  outdir: DIST,
  chunkNames: "[name]-[hash]",
  // Identifiers stay as they are: the frames of a stack must tell something.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
  // The policy is the one beside the bundle; nothing in the environment may put another in its place.
  define: { "process.env.PORTCULLIS_ASSETS": "undefined" },
});

mkdirSync(DIST, { recursive: true });
const built = new Set(outputFiles.map(({ path }) => basename(path)));
for (const file of outputFiles) writeBundle(file);
// Last, so that a run that goes on meanwhile still finds its chunks for as long as possible.
for (const name of readdirSync(DIST)) {
  if (name.endsWith(".js") && !built.has(name)) rmSync(join(DIST, name));
}
const packages = bundledFolders(metafile).map(readPackage);
const compiled = ["policy-wasm", "helm-wasm"].map((name) => readFileSync(`src/dev/licenses/${name}.txt`, "utf8"));
writeFileSync(join(DIST, "THIRD_PARTY_LICENSES.txt"), renderLicenses(packages, compiled));
mkdirSync(".cache", { recursive: true });
writeFileSync(".cache/metafile.json", JSON.stringify(metafile));
process.stdout.write(`${summary(outputFiles)}, with code of ${packages.length} packages\n`);

function writeBundle({ path, text }: OutputFile): void {
  const name = basename(path);
  const hashbang = name === "cli.js" ? "#!/usr/bin/env node\n" : "";
  const banner = text.includes("typeof require") ? REQUIRE : "";
  const target = join(DIST, name);
  writeFileSync(target, `${hashbang}${banner}${text}`);
  if (hashbang !== "") chmodSync(target, 0o755);
}

function summary(files: readonly OutputFile[]): string {
  const kib = (list: readonly OutputFile[]): number =>
    Math.round(list.reduce((sum, { contents }) => sum + contents.length, 0) / 1024);
  return `${DIST}: ${files.length} JavaScript files, ${kib(files)} KiB`;
}
