import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { KUSTOMIZATION_NAMES } from "../../core/input/kustomization.ts";
import type { Unreadable } from "../../model/document.ts";
import type { DiscoveredFile } from "./collection.ts";
import { isWithin, uriOf } from "./paths.ts";

/** Files that others name, and links among them that were refused. */
export interface Referenced {
  readonly files: readonly DiscoveredFile[];
  readonly errors: readonly Unreadable[];
}

/**
 * Looks up paths that kustomizations name and discovery did not list, because only a part of the
 * repository was asked for: each a file, or a folder with a kustomization. The files are `context`.
 * What does not exist is left out: a build step may make it. `root` is absolute and real, `uris` are
 * relative to it, with `/`.
 */
export function findReferenced(root: string, uris: readonly string[]): Referenced {
  const files = new Map<string, DiscoveredFile>();
  const errors: Unreadable[] = [];
  for (const uri of uris) {
    const found = [uri, ...KUSTOMIZATION_NAMES.map((name) => `${uri}/${name}`)].map((path) =>
      regularFile(join(root, path)),
    );
    const path = found.find((candidate) => candidate !== null);
    if (path === undefined || path === null) continue;
    if (isWithin(root, path)) {
      files.set(path, { uri: uriOf(root, path), absolutePath: path, explicit: false, context: true });
    } else {
      const message = "A kustomization names a symbolic link that leaves the repository; it was not followed.";
      errors.push({ uri, reason: "outside-root", message, at: null });
    }
  }
  return { files: [...files.values()], errors };
}

/** The real path of a regular file; `null` where there is none. */
export function regularFile(path: string): string | null {
  try {
    const real = realpathSync(path);
    return statSync(real).isFile() ? real : null;
  } catch {
    return null;
  }
}
