/**
 * Everything that must hold before a change lands: `npm run check`. Each step prints its name and how
 * long it took; the first that fails ends the run.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { goTool } from "./go-tools.ts";
import { goTest } from "./go-test.ts";
import { pythonTool } from "./python-tools.ts";
import { opaTest } from "./opa-test.ts";

const NODE = process.execPath;
const RUN = "src/dev/run.mjs";
const steps: readonly (readonly [string, () => void])[] = [
  ["format", () => npx("oxfmt", "--check", "src", "test")],
  ["lint", () => npx("oxlint", "--type-aware", "--deny-warnings", "src", "test")],
  ["types", () => npx("tsc")],
  ["capabilities", () => unchanged(["rego/capabilities.json"], () => run(NODE, RUN, "capabilities"))],
  ["rego format", () => run(goTool("opa"), "fmt", "--fail", "-l", "rego")],
  [
    "rego check",
    () =>
      run(
        goTool("opa"),
        "check",
        "--strict",
        "--capabilities",
        "rego/capabilities.json",
        "rego/main",
        "rego/lib",
        "rego/rules",
        "--ignore",
        "*.yaml",
      ),
  ],
  ["regal", () => run(goTool("regal"), "lint", "--config-file", ".regal/config.yaml", "rego")],
  ["rego tests", () => opaTest(goTool("opa"))],
  ["go tests", () => withHelm(() => goTest("src/helm-engine"))],
  ["unused", () => npx("knip")],
  ["actionlint", () => run(goTool("actionlint"))],
  ["zizmor", () => run(pythonTool("zizmor"), "--offline", "--quiet", ".github/workflows", "action.yml")],
  ["dist", () => unchanged(["dist", "rego/rules", "README.md"], () => run("npm", "run", "--silent", "build"))],
  ["helm engine", () => run(NODE, RUN, "helm", "--check")],
  ["package", () => npx("publint", "--strict")],
  [
    "tests",
    () =>
      run(
        NODE,
        "--experimental-vm-modules",
        "--no-warnings",
        "node_modules/jest/bin/jest.js",
        "--config",
        "jest.check.config.json",
        "--json",
        "--outputFile=.cache/jest-check.json",
      ),
  ],
];

mkdirSync(".cache", { recursive: true });
const only = process.argv.slice(2);
const counts: Record<string, number> = {};
for (const [name, step] of steps) {
  if (only.length > 0 && !only.includes(name)) continue;
  const started = performance.now();
  process.stdout.write(`── ${name}\n`);
  try {
    step();
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message}\n`);
    process.exit(1);
  }
  counts[name] = Math.round(performance.now() - started);
  process.stdout.write(`   ${((counts[name] ?? 0) / 1000).toFixed(1)} s\n`);
}
writeFileSync(".cache/check.json", `${JSON.stringify({ passed: Object.keys(counts) })}\n`);

function run(command: string, ...args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", shell: false });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
}

function npx(name: string, ...args: string[]): void {
  const bin = (
    JSON.parse(readFileSync(`node_modules/${packageOf(name)}/package.json`, "utf8")) as {
      bin: string | Record<string, string>;
    }
  ).bin;
  const script = typeof bin === "string" ? bin : (bin[name] ?? "");
  run(NODE, `node_modules/${packageOf(name)}/${script}`, ...args);
}

function packageOf(name: string): string {
  return name === "tsc" ? "typescript" : name;
}

// The tests compare with Helm itself where it is built.
function withHelm(run: () => void): void {
  goTool("helm");
  run();
}

/** Runs `build` and fails where it changes what git has of `paths`. */
function unchanged(paths: readonly string[], build: () => void): void {
  build();
  const { stdout } = spawnSync("git", ["status", "--porcelain", "--", ...paths], { encoding: "utf8" });
  if (stdout.trim() !== "") throw new Error(`not as it is built from the sources:\n${stdout}`);
}
