import { describe, expect, test } from "@jest/globals";
import { DEFAULT_CONFIG } from "../../../../src/core/config/effective.ts";
import { withExtraPatterns, type ExtraPattern } from "../../../../src/core/evidence/extra-patterns.ts";
import { evidenceOptions } from "../../../../src/core/gather.ts";
import type { TokenDetector } from "../../../../src/core/ports.ts";
import type { Json, JsonObject } from "../../../../src/model/json.ts";
import type { RuleMetadata } from "../../../../src/model/rule.ts";

const none: TokenDetector = { detect: async () => [] };
const detect = async (text: string, ...patterns: readonly ExtraPattern[]) =>
  (await withExtraPatterns(none, patterns).detect(text, "a")).map(
    ({ detector, start, end }) => `${detector} ${text.slice(start, end)}`,
  );

describe("withExtraPatterns", () => {
  test("every match on every line is a hit, whatever the flags", async () => {
    const text = "a AC12 AC34\nb ac56\r\nAC78";
    expect(await detect(text, { name: "code", pattern: /AC\d\d/ })).toEqual([
      "pattern/code AC12",
      "pattern/code AC34",
      "pattern/code AC78",
    ]);
    expect(await detect(text, { name: "code", pattern: /ac\d\d/giy })).toHaveLength(4);
  });

  test("samples and empty matches are none", async () => {
    expect(await detect("acme_xxxxxxxx acme_abcdwxyz", { name: "a", pattern: /acme_\w+/ })).toEqual([
      "pattern/a acme_abcdwxyz",
    ]);
    expect(await detect("abc", { name: "a", pattern: /x*/ })).toEqual([]);
  });

  test("what the detector finds comes first, and stays", async () => {
    const detector: TokenDetector = {
      detect: async () => [{ detector: "x", kind: "token", start: 0, end: 1 }],
    };
    const all = await withExtraPatterns(detector, [{ name: "a", pattern: /b/ }]).detect("ab", "a");
    expect(all.map(({ detector: name }) => name)).toEqual(["x", "pattern/a"]);
  });

  test("hits and lines are bounded", async () => {
    expect(await detect("AC12 ".repeat(5000), { name: "a", pattern: /AC\d\d/ })).toHaveLength(500);
    expect(await detect("AC12\n".repeat(5000), { name: "a", pattern: /AC\d\d/ })).toHaveLength(500);
    const started = performance.now();
    await detect(`${"a".repeat(1_000_000)}\n`, { name: "a", pattern: /a+b/ });
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});

describe("parameters of rules", () => {
  const optionsOf = (params: { readonly [rule: string]: JsonObject }) => {
    const rules = Object.keys(params).map((id) => ({ id, params: {}, variants: {} }) as unknown as RuleMetadata);
    const settings = Object.entries(params).map(([id, own]) => [id, { severity: null, exclude: [], params: own }]);
    return evidenceOptions({ ...DEFAULT_CONFIG, rules: Object.fromEntries(settings) }, rules, []);
  };
  const patternsOf = (extraPatterns: Json) =>
    optionsOf({ "secrets/known-token-or-url-credential": { extraPatterns } }).extraPatterns;

  test("patterns that are none are left out", () => {
    expect(
      patternsOf([
        { name: "a", pattern: "(?i)ac[0-9]+" },
        { name: "b", pattern: "(" },
        { name: "", pattern: "x" },
        3,
        "x",
      ]),
    ).toEqual([{ name: "a", pattern: /ac[0-9]+/i }]);
    expect(patternsOf("x")).toEqual([]);
  });

  test("without them everything is looked for", () => {
    const { configFormats, proseIsPlain, scanBinary, argvNameRegex } = optionsOf({});
    expect([configFormats, proseIsPlain, scanBinary, argvNameRegex]).toEqual([undefined, true, true, undefined]);
  });

  test("each is handed on", () => {
    const { configFormats, proseIsPlain, scanBinary, argvNameRegex } = optionsOf({
      "secrets/configmap-metadata-credential": { parsers: ["json", "nothing", "env"], proseHeuristic: false },
      "secrets/private-key-material": { scanBinary: false },
      "secrets/argv-literal-credential": { sensitiveNameRegex: "^code$" },
    });
    expect([...(configFormats ?? [])]).toEqual(["json", "env"]);
    expect([proseIsPlain, scanBinary, argvNameRegex]).toEqual([false, false, /^code$/]);
  });
});
