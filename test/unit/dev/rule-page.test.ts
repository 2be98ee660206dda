import { expect, test } from "@jest/globals";
import { rulePage } from "../../../src/dev/rule-page.ts";
import type { RuleVariant } from "../../../src/model/rule.ts";
import { exampleRule } from "../core/config/example-rules.ts";

const ON: RuleVariant = { severity: "high", message: "is on" };
const STRICT: RuleVariant = { severity: "low", message: "is strict", profiles: ["strict"] };
const AGENTS: RuleVariant = { severity: "low", message: "is for agents", profiles: ["agents"] };

test("a page says which variants are not on in every profile", () => {
  const page = rulePage(
    exampleRule({ id: "a/b", variants: { on: ON, strict: STRICT, agents: AGENTS } }),
    "a: 1",
    "b: 1",
  );
  expect(page).toContain("`a/b` · critical · confidence high\n");
  expect(page).toContain("| `on` | high | is on |\n");
  expect(page).toContain("| `strict` | low, only in profile `strict` | is strict |\n");
  expect(page).toContain("| `agents` | low, only in profile `strict` and `agents` | is for agents |\n");
});

test("a page says so of a whole rule", () => {
  const page = rulePage(exampleRule({ id: "a/b", variants: { strict: STRICT } }), "a: 1", "b: 1");
  expect(page).toContain("`a/b` · critical, only in profile `strict` · confidence high\n");
});
