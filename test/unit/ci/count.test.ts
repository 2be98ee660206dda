import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { createFolder } from "../../support/repository.ts";

const jest = (passed: number, failed: number, broken = 0): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numRuntimeErrorTestSuites: broken,
    success: failed === 0,
  });

function count(
  files: Readonly<Record<string, string>>,
  ...names: readonly string[]
): { status: number | null; last: string } {
  const run = spawnSync(process.execPath, [resolve(".ci/count.mjs"), ...names], {
    cwd: createFolder(files),
    encoding: "utf8",
  });
  return { status: run.status, last: run.stdout };
}

test("adds up the reports of all runners", () => {
  const files = { "a.json": jest(10, 0), "b.json": jest(3, 0), "opa.json": '{ "passed": 100, "failed": 0 }' };
  expect(count(files, "a.json", "b.json", "opa.json")).toEqual({ status: 0, last: "113 passed, 0 failed\n" });
});

test.each([
  ["a failed test", { "a.json": jest(10, 2), "opa.json": '{ "passed": 1, "failed": 3 }' }, "11 passed, 5 failed\n"],
  [
    "a test file that can't be run",
    { "a.json": jest(10, 0, 1), "opa.json": '{ "passed": 0, "failed": 0 }' },
    "10 passed, 1 failed\n",
  ],
  ["a runner that did not get to run", { "a.json": jest(10, 0) }, "10 passed, 0 failed\n"],
  ["nothing that ran", { "a.json": jest(0, 0), "opa.json": '{ "passed": 0, "failed": 0 }' }, "0 passed, 0 failed\n"],
])("%s fails the run", (_, files, last) => {
  expect(count(files, "a.json", "opa.json")).toEqual({ status: 1, last });
});
