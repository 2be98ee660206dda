import { resolveCommit, mergeBase } from "./commits.ts";
import { GitError, runGit } from "./git.ts";

/** Where missing commits come from. */
export interface FetchOptions {
  /** `https://github.com`, or what `GITHUB_SERVER_URL` says. */
  readonly serverUrl: string;
  /** Tried where the repository's own credentials do not do; empty for none. */
  readonly token: string;
}

/** How far a shallow clone is deepened in search of a common commit. */
const DEEPEN = [50, 500, 5_000];

/**
 * The full id of a commit, fetched from `origin` where a shallow clone lacks it; `null` where it can't be had. Nothing
 * but Git's objects changes. Throws `GitError`.
 */
export async function ensureCommit(root: string, id: string, options: FetchOptions): Promise<string | null> {
  const here = await resolveCommit(root, id);
  if (here !== null) return here;
  await fetchCommits(root, ["--depth=1"], [id], options);
  return resolveCommit(root, id);
}

/** The last commit that HEAD and `id` have in common, deepening a shallow clone where that is needed; else `null`. */
export async function ensureMergeBase(root: string, id: string, options: FetchOptions): Promise<string | null> {
  const commit = await ensureCommit(root, id, options);
  const head = await resolveCommit(root, "HEAD");
  if (commit === null || head === null) return null;
  for (const depth of [0, ...DEEPEN]) {
    if (depth > 0 && !(await fetchCommits(root, [`--depth=${depth}`], [commit, head], options))) return null;
    const common = await mergeBase(root, commit, head);
    if (common !== null) return common;
    if (!(await isShallow(root))) return null;
  }
  return null;
}

/** Ids of the parents of a commit, as it names them, whether they are here or not. Throws `GitError`. */
export async function parentsOf(root: string, commit: string): Promise<readonly string[]> {
  const { code, stdout } = await runGit(root, ["cat-file", "commit", commit]);
  if (code !== 0) throw new GitError(`git cat-file failed (exit code ${code})`);
  const [header = ""] = stdout.toString("utf8").split("\n\n", 1);
  return [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map(([, id]) => id ?? "");
}

async function isShallow(root: string): Promise<boolean> {
  const { stdout } = await runGit(root, ["rev-parse", "--is-shallow-repository"]);
  return stdout.toString("utf8").trim() === "true";
}

async function fetchCommits(
  root: string,
  depth: readonly string[],
  ids: readonly string[],
  { serverUrl, token }: FetchOptions,
): Promise<boolean> {
  const args = [
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-recurse-submodules",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
  ];
  const run = async (secrets: Readonly<Record<string, string>>): Promise<boolean> =>
    (await runGit(root, [...args, ...depth, "origin", ...ids], secrets)).code === 0;
  if (await run({})) return true;
  if (token === "") return false;
  // As environment, since other users of the machine can read arguments.
  return run({
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${new URL("/", serverUrl).href}.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`,
  });
}
