import type { JsonObject } from "../../model/json.ts";
import { optionalList } from "./list-schema.ts";

/** The part of the configuration's schema that says what counts in a pull request, and who may decide it. */
export function trustProperties(): JsonObject {
  return {
    block: {
      description: "`new`: only what a change adds fails the gate. `all`: what was there before as well.",
      enum: ["new", "all"],
      default: "new",
    },
    trust: {
      description: "Whose settings count in a pull request. This very setting always comes from the base branch.",
      type: ["object", "null"],
      additionalProperties: false,
      properties: {
        config: { description: "The configuration of the base branch counts.", enum: ["base"], default: "base" },
        waivers: {
          description:
            "`base`: waivers of the base branch. `approved`: those that the pull request adds as well, once one of the approvers approved its head commit. `head`: whatever the pull request says.",
          enum: ["base", "approved", "head"],
          default: "base",
        },
        policies: { description: "The policies of the base branch count.", enum: ["base"], default: "base" },
      },
    },
    approvers: optionalList("GitHub users (`octocat`) and teams (`@org/team`) whose approval counts for waivers."),
  };
}
