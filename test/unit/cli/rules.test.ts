import { describe, expect, test } from "@jest/globals";
import { explainRule } from "../../../src/cli/explain.ts";
import { listRules } from "../../../src/cli/rules.ts";
import type { RuleVariant } from "../../../src/model/rule.ts";
import { exampleRule } from "../core/config/example-rules.ts";

const ON: RuleVariant = { severity: "high", message: "is on" };
const STRICT: RuleVariant = { severity: "low", message: "is strict", profiles: ["strict"] };
const AGENTS: RuleVariant = { severity: "low", message: "is for agents", profiles: ["agents"] };
const ALL: RuleVariant = { severity: "low", message: "is for all", profiles: ["recommended", "agents"] };

describe("rules that are not on in every profile", () => {
  test.each([
    [{ on: ON, strict: STRICT }, ""],
    [{ strict: STRICT }, " (only in profile strict)"],
    [{ strict: STRICT, agents: AGENTS }, " (only in profile strict, agents)"],
    [{ all: ALL }, ""],
  ])("%j: the list says%s", (variants, note) => {
    expect(listRules([exampleRule({ id: "a/b", variants })]).split("\n", 1)).toEqual([
      `a/b  critical  Title of a/b${note}`,
    ]);
  });

  test("are explained by variant", () => {
    const page = explainRule(exampleRule({ id: "a/b", variants: { on: ON, strict: STRICT, agents: AGENTS } }));
    expect(page).toContain("a/b (critical, confidence high)\n");
    expect(page).toContain("  on      high      is on\n");
    expect(page).toContain("  strict  low       is strict (only in profile strict)\n");
    expect(page).toContain("  agents  low       is for agents (only in profile strict, agents)\n");
    expect(explainRule(exampleRule({ id: "a/b", variants: { strict: STRICT } }))).toContain(
      "a/b (critical, confidence high) (only in profile strict)\n",
    );
  });
});

test("an explanation says how to waive the rule, how often it is told, and what a fix does", () => {
  const variants = { on: { ...ON, once: "run" as const, fixes: [{ key: "hostPID", set: false }], yieldsTo: ["a/c"] } };
  const page = explainRule(exampleRule({ id: "a/b", variants }));
  expect(page).toContain("  on  high      is on (once per run) (`portcullis fix` sets `hostPID: false`)\n");
  expect(page).toContain("  # portcullis-ignore a/b -- why this is accepted\n\n  waivers:\n    - rule: a/b\n");
  expect(page).toContain("Speaks only where these do not\n  `a/c` (for `on`)\n");
});
