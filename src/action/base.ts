import { gitTopLevel } from "../adapters/git/git.ts";
import { ensureCommit, ensureMergeBase, parentsOf, type FetchOptions } from "../adapters/git/fetch.ts";
import { resolveCommit } from "../adapters/git/commits.ts";
import { UsageError } from "../core/errors.ts";
import type { BaseRequest } from "../model/check-request.ts";
import type { Json } from "../model/json.ts";
import { baseOfEvent, needsBase } from "./event.ts";

/** What the runner tells about the workflow run. */
export interface EventSource extends FetchOptions {
  readonly name: string;
  readonly payload: Json;
}

/**
 * What to compare the checkout in `folder` with, fetched where a shallow clone lacks it; `null` where everything counts. Where
 * a base is needed and can't be had, `onMissing` decides: `all` judges everything, with a note; else a `UsageError` says
 * what to set.
 */
export async function findBase(
  folder: string,
  event: EventSource,
  onMissing: "error" | "all",
): Promise<{ readonly base: BaseRequest | null; readonly note: string | null }> {
  const root = await gitTopLevel(folder);
  const head = root === null ? null : await resolveCommit(root, "HEAD");
  if (root === null || head === null) return missing(event, onMissing, NO_CHECKOUT);
  const wanted = baseOfEvent({ ...event, parents: await parentsOf(root, head) });
  if (wanted === null) return needsBase(event) ? missing(event, onMissing, NO_PAYLOAD) : { base: null, note: null };
  const settings = wanted.settings === null ? null : await ensureCommit(root, wanted.settings, event);
  const ref =
    wanted.at === "commit"
      ? await ensureCommit(root, wanted.ref, event)
      : await ensureMergeBase(root, wanted.ref, event);
  if (ref === null || (wanted.settings !== null && settings === null)) {
    // The commit before a forced push may be gone from the server as well.
    if (event.name === "push") return { base: null, note: GONE };
    return missing(event, onMissing, wanted.at === "commit" ? SHALLOW_MERGE : SHALLOW);
  }
  return { base: { ref, at: "commit", settings }, note: null };
}

const NO_CHECKOUT = "there is no Git checkout to compare in: run actions/checkout before this step";
const NO_PAYLOAD = "the event does not say which commit to compare with";
const SHALLOW =
  "the commit to compare with is not in this clone and could not be fetched: set `fetch-depth: 0` for actions/checkout";
const SHALLOW_MERGE =
  "the commit to compare with is not in this clone and could not be fetched: set `fetch-depth: 2` for actions/checkout, or hand over `github-token`";
const GONE = "The commit before this push is gone, so everything counts.";

function missing(
  { name }: EventSource,
  onMissing: "error" | "all",
  reason: string,
): { readonly base: null; readonly note: string | null } {
  if (!needsBase({ name })) return { base: null, note: null };
  if (onMissing === "all") return { base: null, note: `Everything counts, since ${reason}.` };
  throw new UsageError(`${reason} (or set \`on-missing-base: all\` to judge everything)`);
}
