import { spawn } from "node:child_process";
import { GitError, gitCommand, runGit } from "./git.ts";

/** A file in a commit. */
export interface TreeEntry {
  /** Relative to the top level, with `/`. */
  readonly path: string;
  readonly mode: string;
  /** Object id of its content. */
  readonly oid: string;
  /** In bytes; 0 for what is no file. */
  readonly size: number;
}

/** The largest file that is taken out of Git, in bytes; larger ones are not there. */
const LARGEST_BLOB = 64 * 1024 * 1024;

/**
 * The files of a commit, by path, below `prefixes` (all where there are none). Entries whose path could leave the folder that they are written to are
 * left out: a tree can be made by hand. Throws `GitError`.
 */
export async function listTree(
  root: string,
  commit: string,
  prefixes: readonly string[] = [],
): Promise<ReadonlyMap<string, TreeEntry>> {
  const args = ["--literal-pathspecs", "ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", commit];
  const { code, stdout } = await runGit(root, [...args, ...prefixes]);
  if (code !== 0) throw new GitError(`git ls-tree failed (exit code ${code})`);
  const entries = new Map<string, TreeEntry>();
  for (const line of stdout.toString("utf8").split("\0").slice(0, -1)) {
    // `<mode> <type> <object> <size padded>\t<path>`
    const tab = line.indexOf("\t");
    const [mode = "", type = "", oid = "", size = ""] = line.slice(0, tab).split(/ +/);
    const path = line.slice(tab + 1);
    if (type === "blob" && isSafe(path)) entries.set(path, { path, mode, oid, size: Number(size) || 0 });
  }
  return entries;
}

function isSafe(path: string): boolean {
  const parts = path.split(/[/\\]/);
  return (
    !parts.some((part) => part === "" || part === "." || part === ".." || part.toLowerCase() === ".git") &&
    !/^[a-z]:/i.test(path)
  );
}

/**
 * The content of a file in a commit, as UTF-8 text; `null` where there is no regular file of that name, `too-large` where it has more than
 * `maxBytes`. Throws `GitError`, and `TypeError` for what is not UTF-8.
 */
export async function readFileAt(
  root: string,
  commit: string,
  path: string,
  maxBytes: number,
): Promise<{ readonly text: string } | "too-large" | null> {
  const entry = (await listTree(root, commit, [path])).get(path);
  if (entry === undefined || !entry.mode.startsWith("100")) return null;
  if (entry.size > maxBytes) return "too-large";
  const content = (await readBlobs(root, [entry])).get(entry.oid);
  return content === undefined ? null : { text: new TextDecoder("utf-8", { fatal: true }).decode(content) };
}

/** What differs between a commit and the work tree. */
export interface TreeChanges {
  /** Paths whose content may differ, those that only one side has included. */
  readonly changed: ReadonlySet<string>;
  /** Paths in the commit and, for files that Git sees as moved, where they are now. */
  readonly renames: ReadonlyMap<string, string>;
}

/**
 * Compares a commit with the tracked files of the work tree. Files that Git does not track are
 * not in it. Throws `GitError`.
 */
export async function diffTree(root: string, commit: string): Promise<TreeChanges> {
  const { code, stdout } = await runGit(root, [
    "diff-index",
    "--raw",
    "-z",
    "-M",
    "--ignore-submodules=all",
    "--end-of-options",
    commit,
    "--",
  ]);
  if (code !== 0) throw new GitError(`git diff-index failed (exit code ${code})`);
  const changed = new Set<string>();
  const renames = new Map<string, string>();
  const fields = stdout.toString("utf8").split("\0");
  for (let index = 0; index < fields.length - 1;) {
    // `:<mode> <mode> <object> <object> <status>`, then one path, two where it was renamed or copied.
    const status = (fields[index] ?? "").split(" ")[4] ?? "";
    const from = fields[index + 1] ?? "";
    changed.add(from);
    index += 2;
    if (!/^[RC]/.test(status)) continue;
    const to = fields[index] ?? "";
    changed.add(to);
    if (status.startsWith("R")) renames.set(from, to);
    index += 1;
  }
  return { changed, renames };
}

/** The contents of `entries`, by object id. Throws `GitError`. */
export async function readBlobs(root: string, entries: readonly TreeEntry[]): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = new Set(entries.filter(({ size }) => size <= LARGEST_BLOB).map(({ oid }) => oid));
  if (wanted.size === 0) return new Map();
  const output = await batch(root, [...wanted].map((oid) => `${oid}\n`).join(""));
  const blobs = new Map<string, Buffer>();
  for (let at = 0; at < output.length;) {
    // `<object> <type> <size>\n<content>\n`, or `<object> missing\n`.
    const end = output.indexOf(10, at);
    const [oid = "", type = "", size = ""] = output.subarray(at, end).toString("latin1").split(" ");
    if (type !== "blob") throw new GitError(`git has no object ${oid}; a shallow or partial clone may lack it`);
    const length = Number(size);
    blobs.set(oid, output.subarray(end + 1, end + 1 + length));
    at = end + 1 + length + 1;
  }
  return blobs;
}

async function batch(root: string, input: string): Promise<Buffer> {
  const { command, args, options } = gitCommand(root, ["cat-file", "--batch"]);
  return new Promise((done, fail) => {
    const child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () => fail(new GitError("git could not be started")));
    child.on("close", (code) =>
      code === 0 ? done(Buffer.concat(chunks)) : fail(new GitError(`git cat-file failed (exit code ${code})`)),
    );
    // Git may end before it has read everything; the exit code says so.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
