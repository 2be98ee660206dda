import { expect, test } from "@jest/globals";
import { yieldDefects } from "../../../src/dev/rule-metadata.ts";
import type { RuleMetadata } from "../../../src/model/rule.ts";
import { allRules } from "../../support/judge.ts";
import { exampleRule } from "../core/config/example-rules.ts";

const rule = (id: string, yieldsTo: readonly string[], ofVariant: readonly string[] = []): RuleMetadata =>
  exampleRule({ id, yieldsTo, variants: { one: { severity: "low", message: "is so", yieldsTo: ofVariant } } });

test("rules may yield to others, in a row", () => {
  expect(yieldDefects([rule("x/a", ["x/b", "x/c"]), rule("x/b", [], ["x/c"]), rule("x/c", [])])).toEqual([]);
  expect(yieldDefects(allRules)).toEqual([]);
});

test("rules that yield to each other are refused, also by a variant", () => {
  expect(yieldDefects([rule("x/a", ["x/b"]), rule("x/b", [], ["x/a"])])).toEqual([
    "x/a: yields to x/b, which yields to it",
    "x/b: yields to x/a, which yields to it",
  ]);
});

test("a rule that yields to itself or to none is refused", () => {
  expect(yieldDefects([rule("x/a", ["x/a"])])).toEqual(["x/a: yields to x/a, which yields to it"]);
  expect(yieldDefects([rule("x/a", [], ["x/missing"])])).toEqual(["x/a: yields to x/missing, which is no rule"]);
});
