import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { gitTopLevel } from "../git/git.ts";
import { isWithin } from "./paths.ts";
import { folderOfStart, resolveTyped, type Start } from "./typed-paths.ts";

/** The folder that all reported paths are relative to, and how it was found. */
export interface Root {
  /** Absolute and real. */
  readonly path: string;
  /** Whether it is the top level of a Git work tree. */
  readonly git: boolean;
}

/**
 * The root for a run in `cwd` over `paths` (the working directory where there are none): the top
 * level of the Git work tree that holds `cwd`, where it contains all paths; else that of the first
 * path, where it does; else the folder named. Several folders have the one around them all; a file
 * outside of Git belongs to the working directory, if it lies there. Throws `UsageError` for a path
 * that does not exist, `GitError` where Git fails inside a work tree.
 */
export async function findRoot(cwd: string, paths: readonly string[]): Promise<Root> {
  const here = realpathSync(cwd);
  return rootOf(here, resolveStarts(here, paths));
}

/** The starts for the typed paths; `cwd` is absolute and real. */
export function resolveStarts(cwd: string, paths: readonly string[]): readonly Start[] {
  return (paths.length === 0 ? ["."] : paths).map((path) => resolveTyped(cwd, path));
}

/** `findRoot` for paths that are resolved already. */
export async function rootOf(cwd: string, starts: readonly Start[]): Promise<Root> {
  const holdsAll = (folder: string | null): folder is string =>
    folder !== null && starts.every(({ path }) => isWithin(folder, path));
  const own = await gitTopLevel(cwd);
  if (holdsAll(own)) return { path: own, git: true };
  const first = starts[0] === undefined ? null : await gitTopLevel(folderOfStart(starts[0]));
  if (holdsAll(first)) return { path: first, git: true };
  const folders = starts.map((start) =>
    start.kind !== "folder" && isWithin(cwd, start.path) ? cwd : folderOfStart(start),
  );
  return { path: folders.reduce(commonFolder, folders[0] ?? cwd), git: false };
}

function commonFolder(a: string, b: string): string {
  let folder = a;
  // On Windows two drives have nothing in common; the first one's root has to do.
  while (!isWithin(folder, b) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
