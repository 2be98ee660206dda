// Adds up what the test runners counted: `node .ci/count.mjs <file …>`. Reads reports of jest (`--json`)
// and files of `{ "passed", "failed" }`, prints `N passed, N failed`, and ends with 1 where something
// failed, a report is missing, or nothing ran.
import { readFileSync } from "node:fs";

const counts = process.argv.slice(2).map(read);
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (failed > 0 || passed === 0 || counts.some(({ missing }) => missing)) process.exitCode = 1;

function read(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    process.stderr.write(`no report: ${file}\n`);
    return { passed: 0, failed: 0, missing: true };
  }
  if ("numPassedTests" in report) {
    // A file that can't be run at all counts as one failure: its tests are in no other number.
    return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites, missing: false };
  }
  return { passed: report.passed, failed: report.failed, missing: false };
}
