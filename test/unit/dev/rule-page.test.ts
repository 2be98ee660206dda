import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { load } from "js-yaml";
import { configSchema } from "../../../src/core/config/schema.ts";
import { readDirective } from "../../../src/core/waivers/directive.ts";
import { rulePage } from "../../../src/dev/rule-page.ts";
import type { RuleMetadata, RuleVariant } from "../../../src/model/rule.ts";
import { allRules } from "../../support/judge.ts";
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
  expect(page).toContain("`a/b` · low to high · confidence high\n");
  expect(page).toContain("| `on` | high | is on |\n");
  expect(page).toContain("| `strict` | low, only in profile `strict` | is strict |\n");
  expect(page).toContain("| `agents` | low, only in profile `strict` and `agents` | is for agents |\n");
});

test("a page says so of a whole rule", () => {
  const page = rulePage(exampleRule({ id: "a/b", variants: { strict: STRICT } }), "a: 1", "b: 1");
  expect(page).toContain("`a/b` · low, only in profile `strict` · confidence high\n");
});

const page = (parts: Partial<RuleMetadata>, bad = "a: 1", good = "b: 1"): string =>
  rulePage(exampleRule({ id: "rbac/some", variants: { on: ON }, ...parts }), bad, good);

test("a page begins with the worst variant, and its example switches the mildest off", () => {
  const text = page({ variants: { a: STRICT, b: ON, c: STRICT, d: { ...ON, severity: "critical" } } });
  expect([...text.matchAll(/^\| `(\w)` /gm)].map(([, name]) => name)).toEqual(["d", "b", "a", "c"]);
  expect(text).toContain("  rbac/some/c: off\n");
});

test("a page says how often a variant is told, and what a fix does", () => {
  const variants = {
    on: ON,
    told: { ...STRICT, once: "file" as const },
    fixed: { ...ON, fixes: [{ key: "hostPID", set: false }, { key: "version" }, { key: "revoke", set: "true" }] },
    timed: { ...ON, fixes: [{ key: "refreshInterval", set: "1h" }] },
  };
  const text = page({ variants });
  expect(text).toContain("| Variant | Severity | Message | `portcullis fix` |\n");
  expect(text).toContain("| `on` | high | is on |  |\n");
  expect(text).toContain("| `told` | low, only in profile `strict`, once per file | is strict |  |\n");
  expect(text).toContain('| sets `hostPID: false`, else removes `version`, else sets `revoke: "true"` |\n');
  expect(text).toContain("| sets `refreshInterval: 1h` |\n");
  expect(page({})).toContain("| Variant | Severity | Message |\n");
});

test("a page says which rules speak instead, for all variants or for some", () => {
  expect(page({})).not.toContain("speaks instead");
  expect(page({ yieldsTo: ["a/a"], variants: { on: ON, two: { ...ON, yieldsTo: ["a/b"] } } })).toContain(
    "Where one of these reports the same place, it speaks instead: `a/a`, `a/b` (for `two`).\n",
  );
});

test("what a page says about waivers is understood", () => {
  const text = page({});
  const comment = /^# portcullis-ignore (.*)$/m.exec(text)?.[1] ?? "";
  expect(readDirective(comment)).toMatchObject({ rules: ["rbac/some"], reason: "why this is accepted", until: null });
  const blocks = [...text.matchAll(/^```yaml\n((?:waivers|rules):\n[^]*?)```$/gm)].map(([, block]) => block ?? "");
  expect(blocks).toHaveLength(2);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(
    configSchema([exampleRule({ id: "rbac/some", variants: { on: ON } })]),
  );
  for (const block of blocks) expect([validate(load(block)), validate.errors]).toEqual([true, null]);
});

test("a page advises no exclusion by path where none counts", () => {
  expect(page({})).toContain("- files: [path/to/**]\n  rbac/some/on: off");
  expect(page({ id: "secrets/private-key-material" })).toContain("- namespaces: [sandbox]\n");
});

test("a page says where parameters are set, and cuts long defaults short", () => {
  const names = Array.from({ length: 40 }, (_, index) => `name-${index}`);
  const text = page({
    params: {
      names: { type: "array", description: "Names that count.", default: names },
      mode: { type: "string", description: "How to look.", default: "auto", enum: ["auto", "off"] },
    },
  });
  expect(text).toContain("under `params` of `rbac/some` in `rules`");
  expect(text).toContain('`["name-0","name-1","name-2","name-3","name-4","name-5","name-6","name-7", …]` and 32 more');
  expect(text).toContain('| `mode` | `auto`, `off` | `"auto"` | How to look. |');
});

test("examples show the first finding, in words, with the settings that they need", () => {
  const bad = [
    "# fixture: {settings: {completeness: full, clock: 1}, profile: strict, params: {most: 3}}",
    ...[
      "a: 1",
      "b: 1",
      "# expect(+1): rbac/some/on\nc: @@github-token:one@@ # expect: rbac/other/x, rbac/some",
      "d: 1",
    ].flatMap((text) => ["---", text]),
  ].join("\n");
  expect(page({}, bad)).toContain(
    [
      "## Incorrect",
      "",
      "With `profile: strict` and `settings.completeness: full` and `params.most: 3` in the configuration:",
      "",
      "```yaml",
      "a: 1",
      "---",
      "b: 1",
      "---",
      "# reported 1 line below: on",
      "c: <github-token> # reported: rbac/other/x, rbac/some",
      "```",
    ].join("\n"),
  );
});

test("the page of every rule shows a finding of the rule", () => {
  const silent = allRules.filter((rule) => {
    const bad = readFileSync(`rego/rules/${rule.id}/bad.yaml`, "utf8");
    const [, incorrect = ""] = rulePage(rule, bad, "").split("## Incorrect");
    return !/reported[^:]*: /.test(incorrect.split("## Correct")[0] ?? "");
  });
  expect(silent.map(({ id }) => id)).toEqual([]);
});
