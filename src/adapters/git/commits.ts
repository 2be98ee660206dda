import { runGit } from "./git.ts";

/** The full id of the commit that `name` means, or `null` where there is none here. Throws `GitError`. */
export async function resolveCommit(root: string, name: string): Promise<string | null> {
  if (name === "" || name.includes("\0")) return null;
  const { code, stdout } = await runGit(root, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  ]);
  // With `--verify`, older versions of Git repeat `--end-of-options` in what they print.
  const id = stdout.toString("utf8").trim().split("\n").pop() ?? "";
  return code === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : null;
}

/** The best common ancestor of two commits, or `null` where none is here, as in a shallow clone. Throws `GitError`. */
export async function mergeBase(root: string, one: string, other: string): Promise<string | null> {
  const { code, stdout } = await runGit(root, ["merge-base", "--end-of-options", one, other]);
  const id = stdout.toString("utf8").trim().split("\n").pop() ?? "";
  return code === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : null;
}

/**
 * The id of the tree without files, which every repository has, by the object format that an `id` of the repository shows: a
 * state to compare with where there is no commit. Source: the Git sources, `empty_tree_oid` in `hash.c`.
 */
export function emptyTree(id: string): string {
  return id.length === SHA256.length ? SHA256 : SHA1;
}

const SHA1 = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const SHA256 = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";
