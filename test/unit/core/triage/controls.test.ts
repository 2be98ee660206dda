import { describe, expect, test } from "@jest/globals";
import { controlsOf, withControls } from "../../../../src/core/triage/controls.ts";
import type { Finding } from "../../../../src/model/finding.ts";
import type { ControlStatus } from "../../../../src/model/frameworks.ts";
import type { RuleMetadata } from "../../../../src/model/rule.ts";
import { finding, report, rule } from "../../reporters/sample-report.ts";

const RULES = [
  rule("rbac/wildcard-grant", { frameworks: { cis: ["5.1.3", "5.1.10"], owasp: ["K03:2022", "K02:2025"] } }),
  rule("secrets/env-literal-credential", { frameworks: { cis: ["5.4.1", "5.1.3"] } }),
  rule("audit/policy", { frameworks: { cis: ["3.2.1"] } }),
];

function statuses(
  findings: readonly Finding[],
  applied: readonly string[],
  rules: readonly RuleMetadata[] = RULES,
): Readonly<Record<string, ControlStatus>> {
  const { controls } = controlsOf("cis", rules, { findings, applied });
  return Object.fromEntries(controls.map(({ id, status }) => [id, status]));
}

describe("controlsOf", () => {
  test("lists each control that a rule is mapped to, in the order of their numbers", () => {
    const { framework, controls } = controlsOf("cis", RULES, { findings: [], applied: [] });
    expect(framework).toBe("cis");
    expect(controls.map(({ id }) => id)).toEqual(["3.2.1", "5.1.3", "5.1.10", "5.4.1"]);
    expect(controls[1]?.rules).toEqual(["rbac/wildcard-grant", "secrets/env-literal-credential"]);
    expect(controlsOf("pci", RULES, { findings: [], applied: [] }).controls).toEqual([]);
  });

  test.each([
    ["owasp", ["LLM06:2025", "K10:2025", "K02:2025", "K03:2022"], ["K02:2025", "K03:2022", "K10:2025", "LLM06:2025"]],
    ["pci", ["8.6.3", "10.2.1", "8.6", "8.6.10"], ["8.6", "8.6.3", "8.6.10", "10.2.1"]],
    ["nist", ["SC-28(1)", "IA-5(10)", "IA-5", "IA-5(2)"], ["IA-5", "IA-5(2)", "IA-5(10)", "SC-28(1)"]],
    ["cwe", ["CWE-1188", "CWE-22", "CWE-22"], ["CWE-22", "CWE-1188"]],
  ] as const)("orders ids of %s", (framework, ids, expected) => {
    const { controls } = controlsOf(framework, [rule("a/b", { frameworks: { [framework]: ids } })], {
      findings: [],
      applied: [],
    });
    expect(controls.map(({ id }) => id)).toEqual(expected);
  });

  test("fails where a rule has a finding, passes where one looked, and is not applicable else", () => {
    const found = finding({ rule: "secrets/env-literal-credential" });
    expect(statuses([found], ["rbac/wildcard-grant", "secrets/env-literal-credential"])).toEqual({
      "3.2.1": "not-applicable",
      "5.1.3": "failed",
      "5.1.10": "passed",
      "5.4.1": "failed",
    });
    expect(statuses([], ["secrets/env-literal-credential"])).toEqual({
      "3.2.1": "not-applicable",
      "5.1.3": "passed",
      "5.1.10": "not-applicable",
      "5.4.1": "passed",
    });
  });

  test.each([
    [{ status: "new", severity: "low" }, "failed"],
    [{ status: "existing", severity: "critical" }, "failed"],
    [{ status: "waived", severity: "critical" }, "passed"],
    [{ status: "baseline", severity: "critical" }, "passed"],
    [{ status: "new", severity: "info" }, "passed"],
  ] as const)("a finding that is %j makes it %s", (changes, expected) => {
    const rules = [rule("secrets/env-literal-credential", { frameworks: { cis: ["5.4.1"] } })];
    expect(statuses([finding(changes)], ["secrets/env-literal-credential"], rules)).toEqual({ "5.4.1": expected });
  });

  test("a rule that leaves a place to another has its finding", () => {
    const found = finding({ rule: "secrets/env-literal-credential", also: ["audit/policy"] });
    const other = finding({ rule: "secrets/env-literal-credential" });
    const { controls } = controlsOf("cis", RULES, { findings: [other, found], applied: [] });
    expect(controls.map(({ id, findings }) => [id, findings.length])).toEqual([
      ["3.2.1", 1],
      ["5.1.3", 2],
      ["5.1.10", 0],
      ["5.4.1", 2],
    ]);
    expect(controls[1]?.findings).toEqual([other, found]);
    expect(controls[0]?.findings[0]).toBe(found);
  });
});

describe("withControls", () => {
  test("tells of each framework once, and of none where none is asked for", () => {
    const asked = withControls(report(), ["owasp", "cis", "owasp"], RULES);
    expect(asked.controls.map(({ framework }) => framework)).toEqual(["owasp", "cis"]);
    expect(withControls(report(), [], RULES)).toEqual(report());
  });
});
