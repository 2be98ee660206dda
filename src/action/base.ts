import { gitTopLevel } from "../adapters/git/git.ts";
import { ensureCommit, ensureMergeBase, parentsOf, type FetchOptions } from "../adapters/git/fetch.ts";
import { emptyTree, resolveCommit } from "../adapters/git/commits.ts";
import { UsageError } from "../core/errors.ts";
import type { BaseRequest } from "../model/check-request.ts";
import type { Json } from "../model/json.ts";
import { baseOfEvent, needsBase } from "./event.ts";

/** What the runner tells about the workflow run. */
export interface EventSource extends FetchOptions {
  readonly name: string;
  readonly payload: Json;
}

/** What to compare with, and what there is to say about it. */
interface FoundBase {
  readonly base: BaseRequest | null;
  readonly note: string | null;
}

/**
 * What to compare the checkout in `folder` with, fetched where a shallow clone lacks it; `null` where everything counts. Where
 * a base is needed and can't be had, `onMissing` decides: `all` compares with nothing, so that everything counts and waivers and
 * configuration of the change itself still don't, with a note; else a `UsageError` says what to set.
 */
export async function findBase(folder: string, event: EventSource, onMissing: "error" | "all"): Promise<FoundBase> {
  const root = await gitTopLevel(folder);
  const head = root === null ? null : await resolveCommit(root, "HEAD");
  if (root === null || head === null) {
    if (needsBase(event)) throw new UsageError(NO_CHECKOUT);
    return { base: null, note: null };
  }
  const missing = (settings: string | null, reason: string): FoundBase => {
    if (onMissing !== "all") throw new UsageError(`${reason} (or set \`on-missing-base: all\` to judge everything)`);
    const nothing = emptyTree(head);
    const note = `Everything counts, since ${reason}.${settings === null ? ` ${NO_SETTINGS}` : ""}`;
    return { base: { ref: nothing, at: "commit", settings: settings ?? nothing }, note };
  };
  const wanted = baseOfEvent({ ...event, parents: await parentsOf(root, head) });
  if (wanted === null) return needsBase(event) ? missing(null, NO_PAYLOAD) : { base: null, note: null };
  const settings = wanted.settings === null ? null : await ensureCommit(root, wanted.settings, event);
  const ref =
    wanted.at === "commit"
      ? await ensureCommit(root, wanted.ref, event)
      : await ensureMergeBase(root, wanted.ref, event);
  if (ref === null || (wanted.settings !== null && settings === null)) {
    // The commit before a forced push may be gone from the server as well.
    if (event.name === "push") return { base: null, note: GONE };
    return missing(settings, wanted.at === "commit" ? SHALLOW_MERGE : SHALLOW);
  }
  return { base: { ref, at: "commit", settings }, note: null };
}

const NO_CHECKOUT = "there is no Git checkout to compare in: run actions/checkout before this step";
const NO_PAYLOAD = "the event does not say which commit to compare with";
const SHALLOW =
  "the commit to compare with is not in this clone and could not be fetched: set `fetch-depth: 0` for actions/checkout";
const SHALLOW_MERGE =
  "the commit to compare with is not in this clone and could not be fetched: set `fetch-depth: 2` for actions/checkout, or hand over `github-token`";
const NO_SETTINGS = "Nor is the configuration of the base here, so the built-in one is used.";
const GONE = "The commit before this push is gone, so everything counts.";
