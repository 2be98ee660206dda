import { readFileSync } from "node:fs";
import type { JsonObject } from "../../src/model/json.ts";

const events = JSON.parse(
  readFileSync("node_modules/@octokit/webhooks-examples/api.github.com/index.json", "utf8"),
) as readonly { readonly name: string; readonly examples: readonly JsonObject[] }[];

/** Names of the events of which GitHub documents payloads. */
export const eventNames = events.map(({ name }) => name);

/** Payloads of an event as GitHub sends them. Source: `@octokit/webhooks-examples`. */
export function payloadsOf(event: string): readonly JsonObject[] {
  return events.find(({ name }) => name === event)?.examples ?? [];
}
