import { join } from "node:path";
import { CHART_LOCK } from "../../core/input/chart-files.ts";
import { CODE_OWNERS_PATHS } from "../../core/input/code-owners.ts";
import type { DiscoveredFile } from "./collection.ts";
import { isWithin, uriOf } from "./paths.ts";
import { regularFile } from "./referenced.ts";

/** Files that nobody asked for and that say something about those of a run. */
export interface Beside {
  /** As `context`. */
  readonly files: readonly DiscoveredFile[];
  /** The path of the CODEOWNERS file that counts; `null` where there is none. */
  readonly codeOwners: string | null;
}

/**
 * The CODEOWNERS file of the repository, and the lock files of the charts among `uris`. `root` is absolute and
 * real. What lies outside of it is left out.
 */
export function findBeside(root: string, uris: readonly string[]): Beside {
  const found = (uri: string): readonly DiscoveredFile[] => {
    const path = regularFile(join(root, uri));
    if (path === null || !isWithin(root, path)) return [];
    return [{ uri: uriOf(root, path), absolutePath: path, explicit: false, context: true }];
  };
  const owners = CODE_OWNERS_PATHS.flatMap((uri) => found(uri).map((file) => ({ ...file, uri })))[0];
  const locks = uris
    .filter((uri) => uri === "Chart.yaml" || uri.endsWith("/Chart.yaml"))
    .flatMap((uri) => found(uri.slice(0, -"Chart.yaml".length) + CHART_LOCK));
  return { files: owners === undefined ? locks : [owners, ...locks], codeOwners: owners?.uri ?? null };
}
