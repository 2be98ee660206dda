import { describe, expect, test } from "@jest/globals";
import type { Config } from "../../../../src/model/config.ts";
import { DEFAULT_CONFIG } from "../../../../src/core/config/effective.ts";
import {
  activeRules,
  configuredSeverity,
  overrideConfig,
  resolveRuleSettings,
  thresholdOf,
  ruleParams,
} from "../../../../src/core/config/settings.ts";
import { EXAMPLE_RULES } from "./example-rules.ts";

const [grant, schedule] = EXAMPLE_RULES as [(typeof EXAMPLE_RULES)[0], (typeof EXAMPLE_RULES)[0]];

function withRules(
  rules: { readonly [name: string]: Partial<Config["rules"][string]> },
  profile: Config["profile"] = "recommended",
): Config {
  const filled = Object.entries(rules).map(
    ([name, settings]) => [name, { severity: null, exclude: [], params: {}, ...settings }] as const,
  );
  return { ...DEFAULT_CONFIG, profile, rules: Object.fromEntries(filled) };
}

describe("resolveRuleSettings", () => {
  test.each([
    ["nothing said", {}, null],
    ["the rule's", { [grant.id]: { severity: "low" } }, "low"],
    [
      "the variant's before the rule's",
      { [grant.id]: { severity: "off" }, [`${grant.id}/verbs`]: { severity: "high" } },
      "high",
    ],
    ["another variant's not", { [`${grant.id}/resources`]: { severity: "off" } }, null],
    [
      "the rule's where the variant has none",
      { [grant.id]: { severity: "off" }, [`${grant.id}/verbs`]: { exclude: [] } },
      "off",
    ],
  ] as const)("severity: %s", (_, rules, severity) => {
    expect(resolveRuleSettings(withRules(rules), grant.id, "verbs").severity).toBe(severity);
  });

  test("adds up exclusions", () => {
    const config = withRules({
      [grant.id]: { exclude: [{ files: ["a"] }] },
      [`${grant.id}/verbs`]: { exclude: [{ files: ["b"] }] },
    });
    expect(resolveRuleSettings(config, grant.id, "verbs").exclude).toEqual([{ files: ["a"] }, { files: ["b"] }]);
    expect(resolveRuleSettings(config, grant.id, "resources").exclude).toEqual([{ files: ["a"] }]);
  });

  test.each(["__proto__", "constructor", "toString"])("knows nothing of %s", (name) => {
    expect(resolveRuleSettings(DEFAULT_CONFIG, name, name)).toEqual({ severity: null, exclude: [] });
  });
});

describe("activeRules", () => {
  test("leaves out rules of which every variant is off", () => {
    const ids = (config: Config) => activeRules(config, EXAMPLE_RULES).map(({ id }) => id);
    const all = EXAMPLE_RULES.map(({ id }) => id);
    const without = all.filter((id) => id !== grant.id);
    expect(ids(DEFAULT_CONFIG)).toEqual(all);
    expect(ids(withRules({ [grant.id]: { severity: "off" } }))).toEqual(without);
    expect(ids(withRules({ [`${grant.id}/verbs`]: { severity: "off" } }))).toEqual(all);
    expect(
      ids(withRules({ [`${grant.id}/verbs`]: { severity: "off" }, [`${grant.id}/resources`]: { severity: "off" } })),
    ).toEqual(without);
    expect(ids(withRules({ [grant.id]: { severity: "off" }, [`${grant.id}/verbs`]: { severity: "low" } }))).toEqual(
      all,
    );
  });
});

describe("configuredSeverity", () => {
  const rule = {
    ...grant,
    variants: { verbs: { severity: "low", message: "Grants all verbs", profiles: ["strict"] } },
  } as const;

  test.each([
    ["off where the variant is not the profile's", {}, "recommended", "off"],
    ["the rule's own in its profile", {}, "strict", null],
    ["what the config says in any profile", { [`${rule.id}/verbs`]: { severity: "high" } }, "agents", "high"],
    ["off in any profile where the config says so", { [rule.id]: { severity: "off" } }, "strict", "off"],
  ] as const)("%s", (_, rules, profile, severity) => {
    expect(configuredSeverity(withRules(rules, profile), rule, "verbs")).toBe(severity);
  });

  test("strict has every variant", () => {
    const variants = { verbs: { severity: "low", message: "Grants all verbs", profiles: ["agents"] } } as const;
    for (const [profile, severity] of [
      ["recommended", "off"],
      ["agents", null],
      ["strict", null],
    ] as const)
      expect(configuredSeverity(withRules({}, profile), { ...rule, variants }, "verbs")).toBe(severity);
  });

  test("a severity of the rule asks for no variant that the profile leaves out, unless it leaves out all", () => {
    const config = withRules({ [rule.id]: { severity: "low" } });
    expect(configuredSeverity(config, rule, "verbs")).toBe("low");
    const both = {
      ...rule,
      variants: { ...rule.variants, resources: { severity: "high", message: "Grants all" } },
    } as const;
    expect(configuredSeverity(config, both, "resources")).toBe("low");
    expect(configuredSeverity(config, both, "verbs")).toBe("off");
    expect(configuredSeverity({ ...config, profile: "strict" }, both, "verbs")).toBe("low");
  });

  test("a rule without a variant of the profile does not run", () => {
    expect(activeRules(DEFAULT_CONFIG, [rule])).toEqual([]);
    expect(activeRules(withRules({}, "strict"), [rule])).toEqual([rule]);
  });
});

describe("ruleParams", () => {
  test("are the defaults", () => {
    expect(ruleParams(DEFAULT_CONFIG, grant)).toMatchObject({
      allowedRoles: [],
      maxNames: 10,
      strict: false,
      mode: "auto",
    });
    expect(ruleParams(DEFAULT_CONFIG, schedule)).toEqual({});
  });

  test("are replaced one by one, each as a whole", () => {
    const config = withRules({ [grant.id]: { params: { ownGroups: ["a.b"], generatorTtl: { ECR: "12h" } } } });
    expect(ruleParams(config, grant)).toMatchObject({ ownGroups: ["a.b"], generatorTtl: { ECR: "12h" }, maxNames: 10 });
    expect(ruleParams(config, grant)["generatorTtl"]).toEqual({ ECR: "12h" });
  });

  test("are strict under the strict profile, unless the config says otherwise", () => {
    expect(ruleParams(withRules({}, "strict"), grant)["strict"]).toBe(true);
    expect(ruleParams(withRules({}, "agents"), grant)["strict"]).toBe(false);
    expect(ruleParams(withRules({ [grant.id]: { params: { strict: false } } }, "strict"), grant)["strict"]).toBe(false);
    expect(ruleParams(withRules({}, "strict"), schedule)).toEqual({});
  });
});

describe("thresholdOf", () => {
  test.each([
    [null, "recommended", "high"],
    [null, "agents", "high"],
    [null, "strict", "medium"],
    ["high", "strict", "high"],
    ["never", "strict", "never"],
    ["low", "recommended", "low"],
  ] as const)("fail-on %s under %s blocks at %s", (failOn, profile, threshold) => {
    expect(thresholdOf({ ...DEFAULT_CONFIG, failOn, profile })).toBe(threshold);
  });
});

describe("overrideConfig", () => {
  test("replaces what is given and adds exclusions", () => {
    const config = { ...DEFAULT_CONFIG, exclude: ["a"] };
    expect(overrideConfig(config, { failOn: null, profile: null, exclude: [] })).toEqual(config);
    expect(overrideConfig(config, { failOn: "low", profile: "strict", exclude: ["b"] })).toEqual({
      ...config,
      failOn: "low",
      profile: "strict",
      exclude: ["a", "b"],
    });
  });
});
