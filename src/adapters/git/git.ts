import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isWithin } from "../files/paths.ts";

/** Git could not say what is in a work tree. `message` holds nothing that Git printed. */
export class GitError extends Error {
  override readonly name = "GitError";
}

/** What Git would have in a commit of everything, by path relative to the work tree's root. */
export interface GitListing {
  /** Unique, not sorted; a path that is deleted in the work tree is still listed. */
  readonly files: readonly string[];
  /** Submodules and other repositories inside this one; none of their files are listed. */
  readonly repositories: readonly string[];
}

/** How Git ended. */
export interface GitOutput {
  /** The exit code. */
  readonly code: number;
  readonly stdout: Buffer;
}

// A work tree of two million files has a listing of this order.
const LARGEST_OUTPUT = 512 * 1024 * 1024;
const LONGEST_RUN_MS = 120_000;
// Windows takes about 32,000 characters of arguments.
const MOST_PREFIX_LENGTH = 20_000;
// These say where Git and the user's own settings are, not which repository is meant.
const KEPT_VARIABLES = new Set(["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH"]);

/**
 * Runs a plumbing command of Git in the work tree at `root`, without a shell. The repository's own
 * configuration cannot start a program by it (`core.fsmonitor`, hooks), and a checkout that belongs
 * to another user is read as well, as container jobs have it. Variables such as `GIT_DIR`, which a
 * hook's environment holds, are not passed on; `secrets` are further variables, which other users cannot
 * read as they could arguments. Throws `GitError` where Git is missing, is killed, or writes
 * too much; an exit code is the caller's to judge.
 */
export async function runGit(
  root: string,
  args: readonly string[],
  secrets: Readonly<Record<string, string>> = {},
): Promise<GitOutput> {
  const { command, args: all, options } = gitCommand(root, args);
  return new Promise((done, fail) => {
    execFile(
      command,
      all,
      { ...options, env: { ...options.env, ...secrets }, encoding: "buffer", maxBuffer: LARGEST_OUTPUT },
      (error, stdout) => {
        if (error === null) done({ code: 0, stdout });
        else if (typeof error.code === "number") done({ code: error.code, stdout });
        else fail(new GitError(failure(error)));
      },
    );
  });
}

/** How `runGit` starts Git, for those that write to its standard input. */
export function gitCommand(
  root: string,
  args: readonly string[],
): {
  command: string;
  args: string[];
  options: { cwd: string; env: NodeJS.ProcessEnv; timeout: number; windowsHide: true };
} {
  const settings = [
    `safe.directory=${slashed(root)}`,
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
  ];
  return {
    command: "git",
    args: [...settings.flatMap((setting) => ["-c", setting]), "--no-pager", ...args],
    options: { cwd: root, env: gitEnvironment(root), timeout: LONGEST_RUN_MS, windowsHide: true },
  };
}

/**
 * The root of the work tree that holds `folder`, as a real path, or `null` outside of one. A folder
 * is in a work tree where it or one above it has a `.git`; throws `GitError` where Git then does not
 * agree.
 */
export async function gitTopLevel(folder: string): Promise<string | null> {
  const real = realpathSync(folder);
  for (let at = real; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return confirmTopLevel(at, real);
    if (dirname(at) === at) return null;
  }
}

async function confirmTopLevel(root: string, folder: string): Promise<string> {
  const { code, stdout } = await runGit(root, ["rev-parse", "--show-toplevel"]);
  if (code !== 0) throw new GitError(`git does not accept ${JSON.stringify(root)} as a work tree (exit code ${code})`);
  const top = realpathSync(resolve(stdout.toString("utf8").replace(/\r?\n$/, "")));
  if (!isWithin(top, folder)) throw new GitError(`the work tree of ${JSON.stringify(root)} is somewhere else`);
  return top;
}

/**
 * The files below `prefixes` (root-relative with `/`; empty for everything) that Git tracks or, not
 * being ignored, would track. Throws `GitError`.
 */
export async function trackedAndUntracked(root: string, prefixes: readonly string[]): Promise<GitListing> {
  const paths = prefixes.join("").length > MOST_PREFIX_LENGTH || prefixes.includes("") ? [] : prefixes;
  const [staged, others] = await Promise.all([
    listFiles(root, ["--cached", "--stage"], paths),
    listFiles(root, ["--others", "--exclude-standard"], paths),
  ]);
  const files = new Set<string>();
  const repositories = new Set<string>();
  for (const entry of staged) {
    // `<mode> <object> <stage>\t<path>`; a path in conflict has several stages.
    const path = entry.slice(entry.indexOf("\t") + 1);
    if (entry.startsWith("160000 ")) repositories.add(path);
    else files.add(path);
  }
  for (const path of others) {
    if (path.endsWith("/")) repositories.add(path.slice(0, -1));
    else files.add(path);
  }
  const wanted =
    paths.length === prefixes.length ? files : new Set([...files].filter((path) => isBelow(path, prefixes)));
  return { files: [...wanted], repositories: [...repositories] };
}

/** Whether Git ignores the folder at `path` (root-relative) as a whole. Throws `GitError`. */
export async function isIgnored(root: string, path: string): Promise<boolean> {
  // With `./` in front, a leading `:` is no pathspec magic.
  const { code } = await runGit(root, ["check-ignore", "-q", "--", `./${path}`]);
  if (code > 1) throw new GitError(`git check-ignore failed (exit code ${code})`);
  return code === 0;
}

/**
 * The URLs of the repository's remotes, as they are configured: a URL may hold a password. Empty where there
 * are none. Throws `GitError`.
 */
export async function remoteUrls(root: string): Promise<readonly string[]> {
  const { code, stdout } = await runGit(root, ["config", "--null", "--get-regexp", "^remote\\..*\\.url$"]);
  // Without a match, `git config` ends with 1.
  if (code > 1) throw new GitError(`git config failed in ${JSON.stringify(root)} (exit code ${code})`);
  // `<name>\n<value>`
  const entries = stdout.toString("utf8").split("\0").slice(0, -1);
  return entries.map((entry) => entry.slice(entry.indexOf("\n") + 1));
}

async function listFiles(root: string, options: readonly string[], paths: readonly string[]): Promise<string[]> {
  const { code, stdout } = await runGit(root, ["--literal-pathspecs", "ls-files", "-z", ...options, "--", ...paths]);
  if (code !== 0) throw new GitError(`git ls-files failed in ${JSON.stringify(root)} (exit code ${code})`);
  return stdout.toString("utf8").split("\0").slice(0, -1);
}

function isBelow(path: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => prefix === "" || path === prefix || path.startsWith(`${prefix}/`));
}

function gitEnvironment(root: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.toUpperCase().startsWith("GIT_") || KEPT_VARIABLES.has(name.toUpperCase()),
  );
  return {
    ...Object.fromEntries(inherited),
    // An unusable `.git` must not lead to the repository around it.
    GIT_CEILING_DIRECTORIES: slashed(dirname(root)),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}

function slashed(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}

function failure(error: { code?: unknown; killed?: boolean | undefined }): string {
  if (error.code === "ENOENT") return "this is a Git work tree, but there is no git program to list its files";
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "git printed too much";
  return error.killed === true ? "git took too long" : "git was ended or could not be started";
}
