import type { RuleMetadata } from "../../../../src/model/rule.ts";

/** A rule with the given parts, for tests. */
export function exampleRule(parts: Partial<RuleMetadata> & Pick<RuleMetadata, "id">): RuleMetadata {
  return {
    title: `Title of ${parts.id}`,
    description: "What it looks at.\n\nWhy it matters.",
    severity: "critical",
    confidence: "high",
    scope: "object",
    needs: [],
    kinds: ["*"],
    remediation: "Do this.\n\n```yaml\na: 1\n```",
    variants: {},
    params: {},
    related: {},
    frameworks: {},
    practices: [],
    references: [],
    yieldsTo: [],
    aliases: [],
    helpUri: "",
    ...parts,
  };
}

/** Three rules with every kind of parameter. */
export const EXAMPLE_RULES: readonly RuleMetadata[] = [
  exampleRule({
    id: "rbac/wildcard-grant",
    variants: {
      verbs: { severity: "critical", message: "{role} grants every verb" },
      resources: { severity: "high", message: "{role} grants every resource" },
    },
    params: {
      allowedRoles: { type: "array", description: "Roles that may.", default: [] },
      ownGroups: { type: "array", description: "API groups of ours.", default: ["example.org"] },
      maxNames: { type: "number", description: "How many names are fine.", default: 10 },
      strict: { type: "boolean", description: "Whether own groups count.", default: false },
      mode: { type: "string", description: "How to look.", default: "auto", enum: ["auto", "manual"] },
      nameRegex: { type: "string", description: "Names that count.", default: "^a" },
      exampleGlobs: { type: "array", description: "Where examples stand.", default: ["**/examples/**"] },
      generatorTtl: { type: "object", description: "Lifetime by generator.", default: { ACR: "3h" } },
    },
    frameworks: { cis: ["5.1.3"], cwe: ["CWE-269"] },
    yieldsTo: ["secrets/private-key"],
    aliases: ["rbac/star-grant"],
    helpUri: "https://example.org/rules/rbac/wildcard-grant",
  }),
  exampleRule({
    id: "rotation/no-schedule",
    severity: "medium",
    variants: { undeclared: { severity: "medium", message: "nothing renews {secret}" } },
  }),
  exampleRule({ id: "secrets/private-key", variants: { key: { severity: "critical", message: "a private key" } } }),
];
