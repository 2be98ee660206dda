import type { Json, JsonObject } from "../../model/json.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import { SEVERITIES } from "../../model/rule.ts";
import { LONGEST_TEXT, MOST_ITEMS, parameterSchema } from "./parameter-schema.ts";

/** Values of `fail-on`, worst first. */
export const FAIL_ON = [...SEVERITIES, "never"] as const;
/** Values of `profile`. */
export const PROFILES = ["recommended", "strict", "agents"] as const;
/** Values of `settings.completeness`. */
export const COMPLETENESS = ["partial", "full"] as const;
/** Values of `missing-dependencies`. */
export const MISSING_DEPENDENCIES = ["error", "warn"] as const;
/** Values of `incomplete`. */
export const INCOMPLETE = ["note", "error"] as const;

/** Each can add renderings to each chart. */
const MOST_CHARTS = 200;

/** Fewer where lists stand in lists, since an alias can repeat them. */
const MOST_EXCLUSIONS = 100;

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
        description: "Findings of this severity or a worse one fail the gate; `never` only reports.",
        enum: FAIL_ON,
        default: "high",
      },
      profile: {
        description: "Which rules and variants are on, and how strict their parameters are.",
        enum: PROFILES,
        default: "recommended",
      },
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
      charts: {
        description: "What Helm charts are rendered with, besides the values that they bring along.",
        type: ["array", "null"],
        maxItems: MOST_CHARTS,
        items: { $ref: "#/definitions/chart" },
        default: [],
      },
      "missing-dependencies": {
        description:
          "Whether a chart without one of the dependencies that it declares is an error, or is judged without it and listed.",
        enum: MISSING_DEPENDENCIES,
        default: "error",
      },
      incomplete: {
        description:
          "Whether a chart that asks for values which nothing gives it (`required`, `fail`) is listed, or is an error.",
        enum: INCOMPLETE,
        default: "note",
      },
      "dependency-hosts": optionalList(
        "Hosts that missing dependencies are fetched from under --fetch-dependencies: `host`, `host:port`, `*.domain` or an address. Private addresses only where the host is listed with its port, or the address itself.",
      ),
    },
    definitions: definitions(),
  };
}

function definitions(): JsonObject {
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

function chartSchema(): JsonObject {
  return {
    description: "What the charts at a path are rendered with, as `helm template` would be told by flags.",
    type: "object",
    required: ["path"],
    additionalProperties: false,
    properties: {
      path: {
        description: "Folder of the chart, or a glob of such folders, relative to the root.",
        type: "string",
        minLength: 1,
        maxLength: LONGEST_TEXT,
      },
      values: optionalList("Values files, relative to the root. The chart is rendered with each of them."),
      set: optionalList("Values such as `image.tag=1.2`, as --set of Helm takes them."),
      "set-string": optionalList("Values that stay texts, as --set-string of Helm takes them."),
      "kube-version": text("Version of Kubernetes that the chart sees, such as `1.33.0`.", "^v?\\d+\\.\\d+(\\.\\d+)?[-+.0-9A-Za-z]*$"),
      "api-versions": optionalList("API versions that the chart sees besides the usual ones."),
      // RFC 1123 label, what Kubernetes asks of a namespace.
      namespace: text("Namespace of the release.", "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"),
      // Helm's own limit is 53 characters (`helm install --help`).
      "release-name": text("Name of the release.", "^[a-z0-9]([-a-z0-9.]{0,51}[a-z0-9])?$"),
    },
  };
}

function text(description: string, pattern: string): JsonObject {
  return { description, type: "string", maxLength: LONGEST_TEXT, pattern };
}

function ruleProperties(rule: RuleMetadata): [string, Json][] {
  const names = [rule.id, ...rule.aliases];
  return names.flatMap((name): [string, Json][] => {
    const alias = name === rule.id ? "" : `Former name of ${rule.id}. `;
    return [
      [name, { description: `${alias}${rule.title}`, ...ruleSetting(rule) }],
      ...Object.entries(rule.variants).map(([variant, { severity, message }]): [string, Json] => [
        `${name}/${variant}`,
        { description: `${alias}${severity}: ${message}`, allOf: [{ $ref: "#/definitions/variant" }] },
      ]),
    ];
  });
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

function list(description: string): JsonObject {
  return {
    description,
    type: "array",
    maxItems: MOST_ITEMS,
    items: { type: "string", minLength: 1, maxLength: LONGEST_TEXT },
  };
}

function exclusionList(description: string): JsonObject {
  return { ...list(description), minItems: 1, maxItems: MOST_EXCLUSIONS };
}

/** A list that may stand empty as `key:`, as it does where all of its items are commented out. */
function optionalList(description: string): JsonObject {
  return { ...list(description), type: ["array", "null"], default: [] };
}
