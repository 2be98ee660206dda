import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { diffTree, listTree, readBlobs, type TreeEntry } from "../git/objects.ts";

/** The state of a repository in a commit, next to that of its work tree. */
export interface BaseTree {
  /** The files of the commit, by path relative to the root. */
  readonly files: ReadonlyMap<string, TreeEntry>;
  /** Whether the work tree has something else under that path, or one side has nothing. */
  readonly differs: (path: string) => boolean;
  /** Files that Git sees as moved: path in the commit to path in the work tree. */
  readonly renames: ReadonlyMap<string, string>;
  /**
   * Writes files of the commit to a folder of their own, once each, and returns where that folder is. Links are left
   * out: what they point to is read under its own name.
   */
  readonly write: (wanted: (path: string) => boolean) => Promise<string>;
  /** The folder that `write` writes to. */
  readonly mirror: string;
  /** Removes the folder. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a commit of the repository at `root` (absolute, real), which may be a folder in the work tree. Files are read
 * from Git's objects; neither the work tree nor the index is touched. Throws `GitError`.
 */
export async function openBaseTree(root: string, commit: string): Promise<BaseTree> {
  const [files, { changed, renames }] = await Promise.all([listTree(root, commit), diffTree(root, commit)]);
  const mirror = await realpath(await mkdtemp(join(tmpdir(), "portcullis-base-")));
  const written = new Set<string>();
  return {
    files,
    differs: (path) => changed.has(path) || !files.has(path),
    renames,
    mirror,
    async write(wanted) {
      const entries = [...files.values()].filter(
        ({ path, mode }) => mode !== SYMBOLIC_LINK && !written.has(path) && wanted(path),
      );
      const blobs = await readBlobs(root, entries);
      for (const { path, oid } of entries) {
        written.add(path);
        const content = blobs.get(oid);
        if (content === undefined) continue;
        const target = join(mirror, path);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, content, { flag: "wx" });
      }
      return mirror;
    },
    close: () => rm(mirror, { recursive: true, force: true }),
  };
}

const SYMBOLIC_LINK = "120000";
