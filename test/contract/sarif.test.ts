import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { Report } from "../../src/model/report.ts";
import { renderSarif } from "../../src/reporters/sarif.ts";
import {
  EVERYTHING,
  finding,
  location,
  range,
  related,
  report,
  rule,
  unreadable,
} from "../unit/reporters/sample-report.ts";

const folder = mkdtempSync(join(tmpdir(), "portcullis-sarif-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface ValidationLog {
  readonly runs: readonly {
    readonly results?: readonly { readonly ruleId?: string; readonly level?: string; readonly message?: unknown }[];
    readonly invocations?: readonly { readonly executionSuccessful: boolean }[];
  }[];
}

/** What Microsoft's validator says about a SARIF text, by its own rules and those of GitHub. */
function validate(
  sarif: string,
): readonly { readonly rule: string; readonly level: string; readonly message: unknown }[] {
  // The package names the program of this platform; its install script, which npm may not run, would
  // have made that executable.
  const program = createRequire(import.meta.url)("@microsoft/sarif-multitool") as string;
  if (process.platform !== "win32") chmodSync(program, 0o755);
  const input = join(folder, "report.sarif");
  const output = join(folder, "validation.sarif");
  writeFileSync(input, sarif);
  rmSync(output, { force: true });
  const options = ["--log", "ForceOverwrite", "--rule-kind", "Sarif;Gh", "--level", "Error;Warning;Note"];
  try {
    execFileSync(program, ["validate", input, "--output", output, ...options], {
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
      stdio: "pipe",
    });
  } catch (error) {
    // It ends with 1 where it found errors; without a log, something else went wrong.
    if (!(error instanceof Error && "status" in error && error.status === 1)) throw error;
  }
  const [run] = (JSON.parse(readFileSync(output, "utf8")) as ValidationLog).runs;
  expect(run?.invocations?.[0]?.executionSuccessful).toBe(true);
  return (run?.results ?? []).map(({ ruleId = "", level = "warning", message }) => ({ rule: ruleId, level, message }));
}

const HOSTILE_URIS = [
  "a b/ü#?%41.yaml",
  "c:d.yaml",
  "x\ny.yaml",
  "\ud800.yaml",
  "%SRCROOT%",
  "http://evil.example/a.yaml",
  "-",
];
const HOSTILE: Report = report({
  verdict: "error",
  findings: HOSTILE_URIS.map((uri, index) =>
    finding({
      location: location(uri, range(1, 1, 2, 1), index % 2 === 0 ? "file" : "enclosing"),
      related: [related(uri, range(1, 1, 1, 1), "[a](b) {0} {{ x }} \u202e")],
      message: "[a](1) {0} {{ .Values.x }} \u001b[31m\ud800 <b>",
      object: { apiVersion: "", kind: "", namespace: "", name: "" },
      fingerprint: `v1:${index}`,
    }),
  ),
  unreadable: [
    ...HOSTILE_URIS.map((uri) => unreadable({ uri })),
    unreadable({ uri: ".", at: null, reason: "evaluation-failed" }),
  ],
  rules: [rule("secrets/env-literal-credential", { frameworks: {}, references: [], description: "One line {0}" })],
});

describe("Microsoft's SARIF validator", () => {
  test.each<[string, Report]>([
    ["one of everything", EVERYTHING],
    ["nothing found", report()],
    ["hostile names and messages", HOSTILE],
    ["findings of a rule without metadata", report({ verdict: "fail", rules: [], findings: [finding()] })],
  ])(
    "has neither errors nor warnings for a report of %s",
    (_name, given) => {
      expect(validate(renderSarif(given)).filter(({ level }) => level !== "note")).toEqual([]);
    },
    60_000,
  );

  test("would have found an error", () => {
    const log = JSON.parse(renderSarif(EVERYTHING)) as { runs: [{ results: { ruleIndex: number }[] }] };
    for (const result of log.runs[0].results) result.ruleIndex = 99;
    expect(validate(JSON.stringify(log)).map(({ level }) => level)).toContain("error");
  }, 60_000);
});
