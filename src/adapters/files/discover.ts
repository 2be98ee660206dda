import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "../../core/errors.ts";
import { isKustomizationName } from "../../core/input/kustomization.ts";
import { fileKind } from "../../core/input/text-kinds.ts";
import { gitTopLevel } from "../git/git.ts";
import { FileCollection, type Discovery } from "./collection.ts";
import { isWithin, uriOf } from "./paths.ts";
import { resolveStarts, rootOf, type Root } from "./root.ts";
import { folderOfStart, pathMatcher, type Start } from "./typed-paths.ts";

export type { DiscoveredFile, Discovery } from "./collection.ts";

/** What to look for files in. */
export interface DiscoverRequest {
  readonly cwd: string;
  /** As typed: files, folders and globs; none means the working directory. */
  readonly paths: readonly string[];
  /** Globs over root-relative paths, for files and folders to leave out, named ones too. */
  readonly exclude: readonly string[];
  /**
   * A program named the files (pre-commit): the rest of the work tree's manifests comes along as
   * `context`, since the named ones may refer to it; being named makes no file a candidate; and
   * links that leave the root are refused.
   */
  readonly withReferences?: boolean;
}

/**
 * Finds the files that a run is about. Each is listed once, under its real path: a symbolic link
 * inside the root stands for what it points to. A link that leaves the root is not followed; it is
 * an error where it could have led to manifests. The `Chart.yaml` of a chart whose templates were
 * named comes along. Throws `UsageError` for a path that does not exist and a glob without a match,
 * `GitError` where Git fails inside a work tree.
 */
export async function discover(request: DiscoverRequest): Promise<Discovery> {
  const cwd = realpathSync(request.cwd);
  const { starts, escaped } = await splitStarts(cwd, request);
  const root = await rootOf(cwd, starts);
  const collection = new FileCollection(root.path, pathMatcher(request.exclude));
  for (const path of escaped) collection.refuse(path);
  for (const start of starts) {
    await addStart(start, root, request, collection);
    addOuterCharts(start, root, collection);
  }
  if (request.withReferences === true && root.git) {
    await collection.addFolder(root.path, root.path, {
      context: true,
      wanted: (path) => {
        const uri = uriOf(root.path, path);
        return fileKind(uri) === "manifest" || isKustomizationName(uri);
      },
    });
  }
  return collection.result();
}

// What a program names is named by the repository: its links may not lead out of the work tree.
async function splitStarts(
  cwd: string,
  { paths, withReferences }: DiscoverRequest,
): Promise<{ starts: readonly Start[]; escaped: readonly string[] }> {
  const starts = resolveStarts(cwd, paths);
  const top = withReferences === true ? await gitTopLevel(cwd) : null;
  if (top === null) return { starts, escaped: [] };
  const escapes = ({ path, typed }: Start): boolean => isWithin(top, resolve(cwd, typed)) && !isWithin(top, path);
  return {
    starts: starts.filter((start) => !escapes(start)),
    escaped: starts.filter(escapes).map(({ typed }) => resolve(cwd, typed)),
  };
}

async function addStart(start: Start, root: Root, request: DiscoverRequest, collection: FileCollection): Promise<void> {
  if (start.kind === "file") {
    collection.addFile(start.path, { explicit: request.withReferences !== true, context: false });
    return;
  }
  const boundary = root.git ? root.path : ((await gitTopLevel(start.path)) ?? start.path);
  if (start.kind === "folder") {
    await collection.addFolder(start.path, boundary, { context: false, wanted: () => true });
    return;
  }
  let matched = 0;
  const wanted = (path: string): boolean => {
    const matches = start.matches(uriOf(start.path, path));
    if (matches) matched += 1;
    return matches;
  };
  await collection.addFolder(start.path, boundary, { context: false, wanted });
  if (matched === 0) throw new UsageError(`${JSON.stringify(start.typed)} matches no file`);
}

// A named template is judged with its chart, and the chart is known by its `Chart.yaml`.
function addOuterCharts(start: Start, root: Root, collection: FileCollection): void {
  if (!isWithin(root.path, start.path)) return;
  const from = start.kind === "file" ? dirname(start.path) : folderOfStart(start);
  for (let folder = from; folder !== root.path && isWithin(root.path, folder);) {
    folder = dirname(folder);
    const chart = join(folder, "Chart.yaml");
    if (/^(?:templates|charts)(?:\/|$)/.test(uriOf(folder, from)) && existsSync(chart)) {
      collection.addFile(chart, { explicit: false, context: false });
    }
  }
}
