import { isJsonObject, type Json } from "../model/json.ts";

/** What started the workflow, and the commit that is checked out. */
export interface Event {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string;
  /** What `GITHUB_EVENT_PATH` holds. */
  readonly payload: Json;
  /** Ids of the parents of HEAD, whether they are here or not. */
  readonly parents: readonly string[];
}

/** The states of the repository that a run is about, as far as the event tells. */
export interface EventBase {
  /** The commit to compare with: itself, or the last one that HEAD has in common with it. */
  readonly ref: string;
  readonly at: "commit" | "merge-base";
  /** The commit whose settings count, the tip of the base branch; `null` where those of the work tree do. */
  readonly settings: string | null;
}

/**
 * What to compare HEAD with: in a pull request the first parent, where HEAD is the merge that GitHub made for it, else
 * the merge base; in a merge queue the commit that the group is put on; after a push the commit before. `null` where everything
 * counts (`schedule`, `workflow_dispatch`, the first push of a branch).
 * Source: GitHub docs, "Events that trigger workflows" and "Webhook events and payloads".
 */
export function baseOfEvent({ name, payload, parents }: Event): EventBase | null {
  switch (name) {
    case "pull_request":
    case "pull_request_target":
    case "pull_request_review": {
      const head = commitAt(payload, ["pull_request", "head", "sha"]);
      const base = commitAt(payload, ["pull_request", "base", "sha"]);
      const [first, second] = parents;
      if (first !== undefined && second !== undefined && parents.length === 2 && second === head) {
        return { ref: first, at: "commit", settings: first };
      }
      return base === null ? null : { ref: base, at: "merge-base", settings: base };
    }
    case "merge_group": {
      const base = commitAt(payload, ["merge_group", "base_sha"]);
      return base === null ? null : { ref: base, at: "commit", settings: base };
    }
    case "push": {
      const before = commitAt(payload, ["before"]);
      return before === null ? null : { ref: before, at: "commit", settings: null };
    }
    default:
      return null;
  }
}

/** Whether the event must have a base: a payload that lacks it is then an error, and no reason to judge everything. */
export function needsBase({ name }: Pick<Event, "name">): boolean {
  return ["pull_request", "pull_request_target", "pull_request_review", "merge_group"].includes(name);
}

function commitAt(payload: Json, path: readonly string[]): string | null {
  let at: Json | undefined = payload;
  for (const step of path) at = isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  // All zeros stand for "no commit".
  return typeof at === "string" && /^[0-9a-f]{40,64}$/.test(at) && /[1-9a-f]/.test(at) ? at : null;
}
