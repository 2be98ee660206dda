import { describe, expect, test } from "@jest/globals";
import { settleOverlaps, type Overlapping } from "../../../../src/core/triage/overlap.ts";
import type { DataPath } from "../../../../src/model/json.ts";
import type { Severity } from "../../../../src/model/rule.ts";

const found = (rule: string, severity: Severity, path: DataPath, region: DataPath = path): Overlapping => ({
  rule,
  severity,
  uri: "a.yaml",
  range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 5, offset: 4 } },
  exact: false,
  object: 1,
  path,
  region,
});

const speaking = (findings: readonly Overlapping[], yields: Readonly<Record<string, readonly string[]>>): unknown =>
  settleOverlaps(findings, ({ rule }) => yields[rule] ?? []).map(({ finding, also }) => [finding.rule, ...also]);

describe("of findings about one place", () => {
  const [a, b, c] = ["a", "b", "c"].map((rule) => found(rule, "high", ["spec"])) as [
    Overlapping,
    Overlapping,
    Overlapping,
  ];

  test("the one that the others yield to speaks", () => {
    expect(speaking([a, b, c], { a: ["b"], b: ["c"] })).toEqual([["c", "a", "b"]]);
  });

  test("one speaks where two yield to each other", () => {
    expect(speaking([a, b], { a: ["b"], b: ["a"] })).toEqual([["a", "b"]]);
    expect(speaking([b, a], { a: ["b"], b: ["a"] })).toEqual([["b", "a"]]);
  });

  test("one speaks where three yield in a circle, also for one that yields into it", () => {
    const d = found("d", "high", ["spec"]);
    expect(speaking([d, c, b, a], { a: ["b"], b: ["c"], c: ["a"], d: ["a"] })).toEqual([["c", "a", "b", "d"]]);
  });

  test("none gives way to itself", () => {
    expect(speaking([a], { a: ["a"] })).toEqual([["a"]]);
  });

  test("the worst speaks in a circle that one closes which speaks for the whole object", () => {
    const whole = found("whole", "low", ["spec"], []);
    expect(speaking([whole, a], { whole: ["a"], a: ["whole"] })).toEqual([["a", "whole"]]);
  });

  test("none gives way to a milder one, but to one that speaks for the whole object", () => {
    expect(speaking([a, found("b", "medium", ["spec"])], { a: ["b"] })).toEqual([["a"], ["b"]]);
    expect(speaking([a, found("b", "medium", ["kind"], [])], { a: ["b"] })).toEqual([["b", "a"]]);
  });

  test("one that speaks for a part of the object speaks for what stands in it", () => {
    const part = found("b", "high", ["metadata"], ["spec"]);
    expect(speaking([found("a", "high", ["spec", "hostPID"]), part], { a: ["b"] })).toEqual([["b", "a"]]);
    expect(speaking([found("a", "high", ["kind"]), part], { a: ["b"] })).toEqual([["a"], ["b"]]);
  });
});
