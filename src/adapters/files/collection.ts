import { lstatSync, readlinkSync, realpathSync, statSync, type Stats } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileKind } from "../../core/input/text-kinds.ts";
import { isKustomizationName } from "../../core/input/kustomization.ts";
import type { Unreadable, UnreadableReason } from "../../model/document.ts";
import { listFolder } from "./list-folder.ts";
import { isWithin, uriOf } from "./paths.ts";

/** A file of the run. */
export interface DiscoveredFile {
  /** Relative to the root, with `/`. */
  readonly uri: string;
  readonly absolutePath: string;
  /** A person named this very file. */
  readonly explicit: boolean;
  /** Only there to resolve references: nothing is reported about it. */
  readonly context: boolean;
}

/** The files of a run. */
export interface Discovery {
  /** Absolute and real. */
  readonly root: string;
  /** Unique, sorted by uri. */
  readonly files: readonly DiscoveredFile[];
  readonly errors: readonly Unreadable[];
  /** Entries left out on purpose, by reason: `excluded`, `submodule`, `broken-link`, `outside-root`, `special`. */
  readonly skipped: { readonly [reason: string]: number };
}

/** How the files of a folder are taken in. */
export interface FolderOptions {
  readonly context: boolean;
  /** Which of the listed paths count; absolute paths. */
  readonly wanted: (path: string) => boolean;
}

// Links to folders are few in any real repository; each one is listed anew.
const MOST_LINKED_FOLDERS = 1_000;

/** The files of a run as they come together: each once, links resolved, exclusions applied. */
export class FileCollection {
  readonly #root: string;
  readonly #excluded: (uri: string) => boolean;
  readonly #files = new Map<string, DiscoveredFile>();
  readonly #errors = new Map<string, Unreadable>();
  readonly #skipped = new Map<string, number>();
  readonly #seen = new Set<string>();
  #linkedFolders = 0;

  constructor(root: string, excluded: (uri: string) => boolean) {
    this.#root = root;
    this.#excluded = excluded;
  }

  /** All that was taken in so far. */
  result(): Discovery {
    const byUri = (a: { uri: string }, b: { uri: string }): number => (a.uri < b.uri ? -1 : Number(a.uri > b.uri));
    return {
      root: this.#root,
      files: [...this.#files.values()].sort(byUri),
      errors: [...this.#errors.values()].sort(byUri),
      skipped: Object.fromEntries([...this.#skipped].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  /** Takes in one regular file by its real path; being named outweighs being context. */
  addFile(path: string, { explicit, context }: { explicit: boolean; context: boolean }): void {
    const uri = uriOf(this.#root, path);
    if (this.#excluded(uri)) {
      this.#skip(path, "excluded", { context });
      return;
    }
    const known = this.#files.get(path);
    this.#files.set(path, {
      uri,
      absolutePath: path,
      explicit: explicit || known?.explicit === true,
      context: context && known?.context !== false,
    });
  }

  /** Takes in a folder (absolute, real). Links are followed inside `boundary` only. */
  async addFolder(folder: string, boundary: string, options: FolderOptions): Promise<void> {
    const visited: string[] = [];
    const pending = [folder];
    for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
      const next = at;
      if (visited.some((done) => isWithin(done, next))) continue;
      visited.push(next);
      const listing = await listFolder(next, (path) => this.#excluded(uriOf(this.#root, path)));
      for (const path of listing.unreadable) this.#refuse(path, "read-failed", "The folder cannot be read.", options);
      if (next === folder && !options.context) {
        for (const [reason, count] of Object.entries(listing.skipped)) this.#count(reason, count);
      }
      for (const path of listing.paths) {
        // What a link leads to is wanted because the link was.
        if (next === folder && !options.wanted(path)) continue;
        const linked = this.#addEntry(path, boundary, options);
        if (linked !== null) pending.push(linked);
      }
    }
  }

  /** Refuses a link that leaves the root. */
  refuse(path: string): void {
    this.#refuse(path, "outside-root", OUTSIDE, { context: false });
  }

  // Returns the folder that a link leads to.
  #addEntry(path: string, boundary: string, options: FolderOptions): string | null {
    const uri = uriOf(this.#root, path);
    if (this.#excluded(uri)) {
      this.#skip(path, "excluded", options);
      return null;
    }
    const stats = this.#stat(path, options);
    if (stats === null) return null;
    if (stats.isSymbolicLink()) return this.#addLink(path, boundary, options);
    if (stats.isFile()) this.addFile(path, { explicit: false, context: options.context });
    else if (!stats.isDirectory()) this.#skip(path, "special", options);
    return null;
  }

  // Synchronous on purpose: for thousands of files it takes a fraction of the time of promises.
  #stat(path: string, options: FolderOptions): Stats | null {
    try {
      return lstatSync(path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      const missing = code === "ENOENT" || code === "ENOTDIR";
      // A name that is no UTF-8 comes with replacement characters and then leads nowhere.
      if (missing && path.includes("\uFFFD")) {
        this.#refuse(path, "read-failed", "The name of the file is not valid UTF-8.", options);
      } else if (!missing) {
        this.#refuse(path, "read-failed", "The file cannot be read.", options);
      }
      return null;
    }
  }

  #addLink(path: string, boundary: string, options: FolderOptions): string | null {
    let target: string;
    let folder: boolean;
    try {
      target = realpathSync(path);
      const stats = statSync(target);
      folder = stats.isDirectory();
      if (!folder && !stats.isFile()) {
        this.#skip(path, "special", options);
        return null;
      }
    } catch {
      this.#addBrokenLink(path, boundary, options);
      return null;
    }
    if (!isWithin(boundary, target)) {
      this.#leave(path, folder, options);
      return null;
    }
    if (!folder) {
      this.addFile(target, { explicit: false, context: options.context });
      return null;
    }
    if (isWithin(target, path)) return null;
    this.#linkedFolders += 1;
    if (this.#linkedFolders <= MOST_LINKED_FOLDERS) return target;
    this.#refuse(path, "limit-exceeded", "There are too many symbolic links to folders.", options);
    return null;
  }

  #addBrokenLink(path: string, boundary: string, options: FolderOptions): void {
    if (isWithin(boundary, resolve(dirname(path), targetOf(path)))) this.#skip(path, "broken-link", options);
    else this.#leave(path, false, options);
  }

  // A picture that lies elsewhere is nobody's concern; a manifest that does is.
  #leave(path: string, folder: boolean, options: { context: boolean }): void {
    const uri = uriOf(this.#root, path);
    const matters = folder || fileKind(uri) === "manifest" || isKustomizationName(uri);
    if (matters) this.#refuse(path, "outside-root", OUTSIDE, options);
    else this.#skip(path, "outside-root", options);
  }

  #refuse(path: string, reason: UnreadableReason, message: string, { context }: { context: boolean }): void {
    if (context) return;
    this.#errors.set(path, { uri: uriOf(this.#root, path), reason, message, at: null });
  }

  #skip(path: string, reason: string, { context }: { context: boolean }): void {
    if (context || this.#seen.has(path)) return;
    this.#seen.add(path);
    this.#count(reason, 1);
  }

  #count(reason: string, count: number): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + count);
  }
}

const OUTSIDE = "The symbolic link leaves the repository; it was not followed.";

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return link;
  }
}
