import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { gitTopLevel, isIgnored, trackedAndUntracked } from "../git/git.ts";
import { uriOf } from "./paths.ts";

/** What lies in a folder and below it. Paths are absolute. */
export interface FolderListing {
  /** All that is no folder: files, symbolic links, and what else there may be. */
  readonly paths: readonly string[];
  /** Folders that cannot be read. */
  readonly unreadable: readonly string[];
  /** Entries that were left out, by reason; a folder that was not entered counts as one. */
  readonly skipped: { readonly [reason: string]: number };
}

const VERSION_CONTROL = new Set([".git", ".hg", ".svn", ".jj"]);
/** Folders of other people's files; left out even where they are tracked. */
const DEPENDENCIES = new Set(["node_modules", "bower_components"]);
// What tools make and Git usually ignores; where Git is not asked, it has to be known by name.
const TOOL_FOLDERS = new Set([".terraform", ".terragrunt-cache", ".venv", "__pycache__", ".tox", ".gradle"]);

/**
 * Lists `folder` (absolute, real): in a Git work tree what Git tracks or would track, elsewhere
 * everything. A folder that is ignored as a whole and was named all the same is listed like one
 * outside of Git. Symbolic links are listed, never followed. `prune` says which folders to leave out.
 * Throws `GitError`.
 */
export async function listFolder(folder: string, prune: (path: string) => boolean): Promise<FolderListing> {
  const top = await gitTopLevel(folder);
  if (top === null) return walk(folder, prune);
  const prefix = uriOf(top, folder);
  if (prefix !== "" && (await isIgnored(top, prefix))) return walk(folder, prune);
  const { files, repositories } = await trackedAndUntracked(top, [prefix]);
  const start = prefix === "" ? 0 : prefix.length + 1;
  const kept = files.filter(
    (path) =>
      !path
        .slice(start)
        .split("/")
        .slice(0, -1)
        .some((name) => DEPENDENCIES.has(name)),
  );
  return {
    paths: kept.map((path) => join(top, path)),
    unreadable: [],
    skipped: counts({ excluded: files.length - kept.length, submodule: repositories.length }),
  };
}

async function walk(folder: string, prune: (path: string) => boolean): Promise<FolderListing> {
  const paths: string[] = [];
  const unreadable: string[] = [];
  let excluded = 0;
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = await entriesOf(at);
    if (entries === null) unreadable.push(at);
    for (const entry of entries ?? []) {
      const path = join(at, entry.name);
      if (VERSION_CONTROL.has(entry.name)) continue;
      if (!entry.isDirectory()) paths.push(path);
      else if (DEPENDENCIES.has(entry.name) || TOOL_FOLDERS.has(entry.name) || prune(path)) excluded += 1;
      else pending.push(path);
    }
  }
  return { paths, unreadable, skipped: counts({ excluded }) };
}

async function entriesOf(folder: string): Promise<readonly Dirent[] | null> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return null;
  }
}

function counts(all: { readonly [reason: string]: number }): { readonly [reason: string]: number } {
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
}
