import type { JsonObject } from "../../model/json.ts";
import { optionalList } from "./list-schema.ts";
import { LONGEST_TEXT } from "./parameter-schema.ts";

/** Values of `missing-dependencies`. */
const MISSING_DEPENDENCIES = ["error", "warn"] as const;
/** Values of `incomplete`. */
const INCOMPLETE = ["note", "error"] as const;

/** Each can add renderings to each chart. */
const MOST_CHARTS = 200;

/** The keys of the configuration that are about Helm charts. */
export function chartProperties(): JsonObject {
  return {
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
  };
}

/** The schema of one of `charts`. */
export function chartSchema(): JsonObject {
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
      "kube-version": text(
        "Version of Kubernetes that the chart sees, such as `1.33.0`.",
        "^v?\\d+\\.\\d+(\\.\\d+)?[-+.0-9A-Za-z]*$",
      ),
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
