import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";

interface TestResult {
  package: string;
  name: string;
  fail?: boolean;
  error?: unknown;
}

interface Coverage {
  coverage: number;
  files: Record<string, { coverage?: number; not_covered?: { start: { row: number }; end: { row: number } }[] }>;
}

const SOURCES = [
  "--capabilities",
  "rego/capabilities.json",
  "--ignore",
  "*.yaml",
  "rego/main",
  "rego/lib",
  "rego/rules",
];

/**
 * Runs the tests of the policy, writes their counts to `.cache/opa-test.json`, and throws where one
 * fails or a line of the policy is not covered.
 */
export function opaTest(opa: string): void {
  const run = spawnSync(opa, ["test", "--format", "json", ...SOURCES], { encoding: "utf8", maxBuffer: 1 << 28 });
  const results = JSON.parse(run.stdout || "[]") as TestResult[];
  const failed = results.filter(({ fail, error }) => fail === true || error !== undefined);
  mkdirSync(".cache", { recursive: true });
  writeFileSync(
    ".cache/opa-test.json",
    JSON.stringify({ passed: results.length - failed.length, failed: failed.length }),
  );
  if (results.length === 0) throw new Error(`no test ran: ${run.stderr}`);
  if (failed.length > 0) throw new Error(failed.map((test) => `failed: ${test.package}.${test.name}`).join("\n"));

  const report = JSON.parse(
    execFileSync(opa, ["test", "--coverage", "--format", "json", ...SOURCES], { encoding: "utf8", maxBuffer: 1 << 28 }),
  ) as Coverage;
  const uncovered = Object.entries(report.files)
    .filter(([file]) => !file.endsWith("_test.rego"))
    .flatMap(([file, { not_covered }]) =>
      (not_covered ?? []).map(({ start, end }) => `${file}:${start.row}-${end.row}`),
    );
  process.stdout.write(`   ${results.length} tests, coverage ${report.coverage} %\n`);
  if (uncovered.length > 0)
    throw new Error(`lines without a test:\n${uncovered.map((line) => `  ${line}`).join("\n")}`);
}
