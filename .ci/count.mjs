// Adds up what the runners counted and says it on the last line: `N passed, N failed`.
import { existsSync, readFileSync } from "node:fs";

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null);
const jest = (file) => {
  const result = read(file);
  return result === null ? null : { passed: result.numPassedTests, failed: result.numFailedTests };
};
const counts = [
  jest(".cache/jest.json"),
  jest(".cache/jest-check.json"),
  read(".cache/opa-test.json"),
  read(".cache/go-test.json"),
];
const missing = counts.filter((count) => count === null).length;
const sum = (key) => counts.reduce((total, count) => total + (count?.[key] ?? 0), 0);
process.stdout.write(`${sum("passed")} passed, ${sum("failed") + missing} failed\n`);
process.exitCode = sum("failed") + missing > 0 ? 1 : 0;
