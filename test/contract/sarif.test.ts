import { describe, expect, test } from "@jest/globals";
import type { Report } from "../../src/model/report.ts";
import { withControls } from "../../src/core/triage/controls.ts";
import { FRAMEWORKS } from "../../src/model/frameworks.ts";
import { renderSarif } from "../../src/reporters/sarif.ts";
import { validateSarif } from "../support/sarif-validator.ts";
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

const MAPPED = [
  rule("rbac/wildcard-grant", {
    frameworks: { cis: ["5.1.3"], owasp: ["K02:2025"], nsa: ["NSA-AUTH"], iso: ["A.8.2"] },
  }),
  rule("secrets/env-literal-credential", { frameworks: { nist: ["IA-5(7)"], pci: ["8.6.2"], soc2: ["CC6.1"] } }),
];
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
    ["controls of all frameworks", withControls(EVERYTHING, FRAMEWORKS, MAPPED)],
  ])(
    "has neither errors nor warnings for a report of %s",
    (_name, given) => {
      expect(validateSarif(renderSarif(given)).filter(({ level }) => level !== "note")).toEqual([]);
    },
    60_000,
  );

  test("would have found an error", () => {
    const log = JSON.parse(renderSarif(EVERYTHING)) as { runs: [{ results: { ruleIndex: number }[] }] };
    for (const result of log.runs[0].results) result.ruleIndex = 99;
    expect(validateSarif(JSON.stringify(log)).map(({ level }) => level)).toContain("error");
  }, 60_000);
});
