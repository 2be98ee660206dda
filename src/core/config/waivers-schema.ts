import type { JsonObject } from "../../model/json.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import { exclusionList } from "./list-schema.ts";
import { LONGEST_TEXT } from "./parameter-schema.ts";

/** Most entries of `waivers`. */
const MOST_WAIVERS = 500;

/** The part of the configuration's schema that is about waivers. */
export function waiverProperties(): JsonObject {
  return {
    waivers: {
      description: "Findings that are known and accepted: they are listed with the reason, and do not count.",
      type: ["array", "null"],
      maxItems: MOST_WAIVERS,
      items: { $ref: "#/definitions/waiver" },
      default: [],
    },
  };
}

/** The schema of one of `waivers`. */
export function waiverSchema(rules: readonly RuleMetadata[]): JsonObject {
  return {
    description:
      "All of files, namespaces and objects that are given must match; without any, the rule is waived everywhere.",
    type: "object",
    additionalProperties: false,
    required: ["rule", "reason"],
    properties: {
      rule: { description: "`<rule>` or `<rule>/<variant>`.", enum: namesOf(rules) },
      files: exclusionList("Globs of files, relative to the root."),
      namespaces: exclusionList("Names of namespaces, with globs."),
      objects: exclusionList("`Kind/name` or `Kind/namespace/name`, with globs."),
      reason: { description: "Why; reports show it.", type: "string", minLength: 1, maxLength: LONGEST_TEXT },
      until: {
        description: "The last day on which it counts (UTC), as `2026-01-31`.",
        type: "string",
        pattern: "^\\d{4}-\\d{2}-\\d{2}$",
      },
      owner: { description: "Who answers for it.", type: "string", minLength: 1, maxLength: LONGEST_TEXT },
    },
  };
}

function namesOf(rules: readonly RuleMetadata[]): readonly string[] {
  return rules
    .flatMap(({ id, aliases, variants }) =>
      [id, ...aliases].flatMap((name) => [name, ...Object.keys(variants).map((variant) => `${name}/${variant}`)]),
    )
    .toSorted();
}
