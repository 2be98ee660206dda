import type { Json, JsonObject } from "../../model/json.ts";
import type { RuleMetadata, RuleVariant } from "../../model/rule.ts";
import { PROFILES, profilesOf, SEVERITIES } from "../../model/rule.ts";
import { chartProperties, chartSchema } from "./chart-schema.ts";
import { exclusionList, MOST_EXCLUSIONS, optionalList } from "./list-schema.ts";
import { trustProperties } from "./trust-schema.ts";
import { parameterSchema } from "./parameter-schema.ts";
import { waiverProperties, waiverSchema } from "./waivers-schema.ts";

/** Values of `fail-on`, worst first. */
export const FAIL_ON = [...SEVERITIES, "never"] as const;
/** Values of `settings.completeness`. */
export const COMPLETENESS = ["partial", "full"] as const;

/**
 * The JSON Schema (draft-07) of `.portcullis.yaml`, made from the metadata of the rules: each rule,
 * variant, alias and parameter is a property of its own, so that editors complete and explain them.
 */
export function configSchema(rules: readonly RuleMetadata[]): JsonObject {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Portcullis configuration",
    description: "The file .portcullis.yaml at the root of a repository.",
    type: ["object", "null"],
    additionalProperties: false,
    properties: {
      "fail-on": {
        description:
          "Findings of this severity or a worse one fail the gate; `never` only reports. `high` where it is not set, and `medium` under the profile `strict`.",
        enum: FAIL_ON,
      },
      profile: {
        description:
          "Which rules and variants are on. `recommended` is quiet on well-kept repositories; `strict` turns everything on, with strict parameters; `agents` takes every workload for an AI agent.",
        enum: PROFILES,
        default: "recommended",
      },
      ...trustProperties(),
      paths: {
        ...optionalList("Files, folders and globs to check where the command line names none, relative to the root."),
        default: ["."],
      },
      exclude: optionalList("Globs of files to leave out, besides the built-in ones, relative to the root."),
      rules: {
        description: "Severity, exclusions and parameters by rule, or by `<rule>/<variant>`.",
        type: ["object", "null"],
        additionalProperties: false,
        properties: Object.fromEntries(rules.toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap(ruleProperties)),
      },
      settings: {
        description: "Settings that several rules share.",
        type: ["object", "null"],
        additionalProperties: false,
        properties: {
          prefix: {
            description: "Prefix of the annotations and labels made for the gate, as in `<prefix>/rotation`.",
            type: "string",
            // RFC 1123 subdomain, what Kubernetes asks of an annotation's prefix.
            pattern: "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
            maxLength: 253,
            default: "portcullis",
          },
          completeness: {
            description:
              "`full` where everything that is deployed is in the repository: what is absent is then known to be absent.",
            enum: COMPLETENESS,
            default: "partial",
          },
          clock: {
            description:
              "The time that counts as now (RFC 3339), for reproducible runs. The real time where it is not set.",
            type: "string",
            format: "date-time",
          },
        },
      },
      ...waiverProperties(),
      ...chartProperties(),
    },
    definitions: definitions(rules),
  };
}

function definitions(rules: readonly RuleMetadata[]): JsonObject {
  return {
    severity: {
      description:
        "`off`, or the severity that findings get. YAML 1.1 reads a bare `off` as false; both are understood.",
      enum: ["off", false, ...SEVERITIES],
    },
    exclusion: {
      description: "Where the rule is not to speak. All that is given must match.",
      type: "object",
      additionalProperties: false,
      minProperties: 1,
      properties: {
        files: exclusionList("Globs of files, relative to the root."),
        namespaces: exclusionList("Names of namespaces, with globs."),
        objects: exclusionList("`Kind/name` or `Kind/namespace/name`, with globs."),
      },
    },
    exclusions: {
      description: "Where the rule is not to speak.",
      type: "array",
      maxItems: MOST_EXCLUSIONS,
      items: { $ref: "#/definitions/exclusion" },
    },
    chart: chartSchema(),
    waiver: waiverSchema(rules),
    variant: {
      anyOf: [
        { $ref: "#/definitions/severity" },
        {
          type: "object",
          additionalProperties: false,
          properties: {
            severity: { $ref: "#/definitions/severity" },
            exclude: { $ref: "#/definitions/exclusions" },
          },
        },
      ],
    },
  };
}

function ruleProperties(rule: RuleMetadata): [string, Json][] {
  const names = [rule.id, ...rule.aliases];
  return names.flatMap((name): [string, Json][] => {
    const alias = name === rule.id ? "" : `Former name of ${rule.id}. `;
    return [
      [name, { description: `${alias}${rule.title}`, ...ruleSetting(rule) }],
      ...Object.entries(rule.variants).map(([variant, own]): [string, Json] => [
        `${name}/${variant}`,
        {
          description: `${alias}${own.severity}${onlyIn(own)}: ${own.message}`,
          allOf: [{ $ref: "#/definitions/variant" }],
        },
      ]),
    ];
  });
}

function onlyIn(variant: RuleVariant): string {
  const profiles = profilesOf(variant);
  return profiles === null ? "" : ` (only in profile ${profiles.join(", ")})`;
}

function ruleSetting(rule: RuleMetadata): JsonObject {
  const params = Object.entries(rule.params);
  if (params.length === 0) return { allOf: [{ $ref: "#/definitions/variant" }] };
  return {
    anyOf: [
      { $ref: "#/definitions/severity" },
      {
        type: "object",
        additionalProperties: false,
        properties: {
          severity: { $ref: "#/definitions/severity" },
          exclude: { $ref: "#/definitions/exclusions" },
          params: {
            description: "Parameters of the rule.",
            type: "object",
            additionalProperties: false,
            properties: Object.fromEntries(params.map(([name, parameter]) => [name, parameterSchema(parameter)])),
          },
        },
      },
    ],
  };
}
