// Bundles the entries into `dist/`: ESM, one file per entry with shared chunks, so that what a run
// does not need is not parsed. The policy (`npm run build:policy`) and the schemas are built apart.
import { rmSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

for (const name of readdirSync("dist")) {
  if (/\.js$/.test(name)) rmSync(`dist/${name}`);
}
const result = await build({
  entryPoints: { cli: "src/cli.ts", action: "src/action.ts" },
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  outdir: "dist",
  chunkNames: "chunk-[hash]",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  banner: {
    // CommonJS packages inside the bundle call require() for Node's own modules.
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
writeFileSync(".cache/meta.json", JSON.stringify(result.metafile));
for (const [file, { bytes }] of Object.entries(result.metafile.outputs)) {
  process.stdout.write(`${file}: ${Math.round(bytes / 1024)} KiB\n`);
}
void readFileSync;
