import { GitError, runGit } from "./git.ts";

/** Lines (1-based, both included) of a file that a diff shows. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
}

/**
 * The lines of `head` that the diff from `base` shows, by file, with three lines around each change as GitHub has them.
 * Files whose names Git quotes are left out. Throws `GitError`.
 */
export async function hunksOf(root: string, base: string, head: string): Promise<ReadonlyMap<string, readonly Hunk[]>> {
  const { code, stdout } = await runGit(root, [
    "-c",
    "core.quotePath=false",
    "diff-tree",
    "-r",
    "-p",
    "-M",
    "--unified=3",
    "--no-ext-diff",
    "--no-textconv",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--ignore-submodules=all",
    "--end-of-options",
    base,
    head,
  ]);
  if (code !== 0) throw new GitError(`git diff-tree failed (exit code ${code})`);
  const files = new Map<string, Hunk[]>();
  let current: Hunk[] | null = null;
  let left = 0;
  for (const line of stdout.toString("utf8").split("\n")) {
    if (left > 0) {
      // Inside of a hunk everything is content, whatever it looks like.
      if (/^[ +]/.test(line)) left -= 1;
      continue;
    }
    if (line.startsWith("+++ ")) {
      current = line.startsWith("+++ b/") ? [] : null;
      if (current !== null) files.set(line.slice("+++ b/".length).replace(/\t$/, ""), current);
      continue;
    }
    const [, start, length = "1"] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (start === undefined) continue;
    left = Number(length);
    if (left > 0) current?.push({ start: Number(start), end: Number(start) + left - 1 });
  }
  return files;
}
