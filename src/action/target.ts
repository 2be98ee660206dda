import type { PullRequestAddress } from "../adapters/github/address.ts";
import { ensureCommit, type FetchOptions } from "../adapters/git/fetch.ts";
import { gitTopLevel } from "../adapters/git/git.ts";
import { hunksOf, type Hunk } from "../adapters/git/hunks.ts";
import { listTree } from "../adapters/git/objects.ts";
import { isJsonObject, type Json } from "../model/json.ts";

/** The pull request that an event is about. */
export interface EventPullRequest extends PullRequestAddress {
  readonly headSha: string;
}

const FULL_NAME = /^([\w.-]+)\/([\w.-]+)$/;

/** Reads the pull request out of an event's payload; `null` where it is about none. */
export function pullRequestOf(payload: Json): EventPullRequest | null {
  const repository = at(payload, "repository");
  const pull = at(payload, "pull_request");
  const head = at(at(pull, "head"), "sha");
  const [, owner, repo] = FULL_NAME.exec(text(at(repository, "full_name"))) ?? [];
  const number = at(pull, "number");
  if (owner === undefined || repo === undefined || typeof number !== "number" || !/^[0-9a-f]{40,64}$/.test(text(head)))
    return null;
  return { owner, repo, number, headSha: text(head) };
}

/**
 * Reads the pull request out of the event of a merge queue, which names it in its branch alone; `null` for any other event. A group
 * is made of one entry on top of those before, whose own groups were judged.
 * Source: GitHub docs, "Managing a merge queue": branches start with `gh-readonly-queue/{base_branch}`.
 */
export function queuedPullRequestOf(payload: Json): PullRequestAddress | null {
  const [, owner, repo] = FULL_NAME.exec(text(at(at(payload, "repository"), "full_name"))) ?? [];
  const branch = text(at(at(payload, "merge_group"), "head_ref"));
  const [, number] = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d{1,9})-[0-9a-f]{40,64}$/.exec(branch) ?? [];
  return owner === undefined || repo === undefined || number === undefined
    ? null
    : { owner, repo, number: Number(number) };
}

/**
 * Tells whether lines of a file stand in the diff of the pull request and are the same in the checkout, which may be GitHub's merge
 * of it. Where that can't be known, nothing does: a comment on another line would be worse than none.
 */
export async function diffLines(
  folder: string,
  base: string | null,
  headSha: string,
  options: FetchOptions,
): Promise<(path: string, startLine: number, endLine: number) => boolean> {
  const root = await gitTopLevel(folder);
  const head = root === null || base === null ? null : await ensureCommit(root, headSha, options);
  if (root === null || base === null || head === null) return () => false;
  const [hunks, here, there] = await Promise.all([
    hunksOf(root, base, "HEAD"),
    listTree(root, "HEAD"),
    listTree(root, head),
  ]);
  return (path, startLine, endLine) => {
    const same = here.get(path)?.oid !== undefined && here.get(path)?.oid === there.get(path)?.oid;
    return same && (hunks.get(path) ?? []).some(({ start, end }: Hunk) => startLine >= start && endLine <= end);
  };
}

function at(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
