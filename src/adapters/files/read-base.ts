import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import type { InputText } from "../../core/loaded-file.ts";
import type { ChartFiles } from "../../core/ports.ts";
import type { BaseTree } from "./base-tree.ts";
import type { DiscoveredFile, Discovery } from "./collection.ts";
import { readChart } from "./read-chart.ts";
import { readTexts, type ReadTexts, type ReadTextsOptions } from "./read-texts.ts";
import { pathMatcher } from "./typed-paths.ts";

/** Which files of the base a run is about. */
export interface BaseScope {
  /** Globs of files to leave out, as for the head. */
  readonly exclude: readonly string[];
  /** Whether a file that only the base has would have been listed under the typed paths. */
  readonly inScope: (uri: string) => boolean;
}

/**
 * The texts of the base: those of the head that are the same, as the very same objects, and the others as the
 * commit has them. `head` is what was read of the work tree, `discovery` what was found there.
 */
export async function readBaseTexts(
  tree: BaseTree,
  discovery: Discovery,
  head: ReadTexts,
  { exclude, inScope }: BaseScope,
  options: ReadTextsOptions,
): Promise<ReadTexts> {
  const excluded = pathMatcher(exclude);
  const listed = new Map(discovery.files.map((file) => [file.uri, file]));
  const replaced = new Set<string>();
  const files: DiscoveredFile[] = [];
  for (const [uri, file] of listed) {
    if (!tree.files.has(uri)) continue;
    if (tree.differs(uri)) replaced.add(uri);
    files.push(tree.differs(uri) ? { ...file, absolutePath: join(tree.mirror, uri) } : file);
  }
  for (const uri of tree.files.keys()) {
    if (listed.has(uri) || !tree.differs(uri) || !inScope(uri) || excluded(uri) || isDependency(uri)) continue;
    replaced.add(uri);
    files.push({ uri, absolutePath: join(tree.mirror, uri), explicit: false, context: false });
  }
  await tree.write((path) => replaced.has(path));
  // Links and oversized files are not written; what is not there is no part of the base.
  const known = new Map(head.texts.map((text) => [text.source.uri, text]));
  const read = await readTexts(
    { ...discovery, files: files.filter(({ uri }) => isFile(tree, uri)), errors: [] },
    { ...options, known: ({ uri }) => (replaced.has(uri) ? null : (known.get(uri)?.source ?? null)) },
  );
  const texts = read.texts.map((text): InputText => {
    const same = known.get(text.source.uri);
    return same !== undefined && same.source.text === text.source.text && same.context === text.context ? same : text;
  });
  return { ...read, texts };
}

/**
 * Reads a chart as it is in the base. A chart without a difference is the head's. Archives of dependencies, which Git
 * usually ignores, are taken from the work tree where `Chart.lock` is the same.
 */
export function baseChartReader(
  tree: BaseTree,
  root: string,
  readHead: (folder: string) => Promise<ChartFiles>,
  complete: (chart: Awaited<ReturnType<typeof readChart>>) => Promise<ChartFiles>,
): (folder: string) => Promise<ChartFiles> {
  return async (folder) => {
    const head = await readHead(folder).catch(() => null);
    const folders = [folder, ...(head?.mounts.values() ?? [])];
    const paths = new Set([...tree.files.keys()].filter((path) => folders.some((each) => isBelow(path, each))));
    const own = [...(head?.files.keys() ?? [])].map((path) => posix.join(folder, path));
    const added = own.some(
      (path) => !paths.has(path) && tree.differs(path) && !isArchive(path) && !isMounted(path, head, folder),
    );
    if (head !== null && head.files.size > 0 && !added && ![...paths].some((path) => tree.differs(path))) return head;
    await writeWithLocal(tree, folder);
    if (await hasSameLock(tree, root, folder)) await copyArchives(tree, root, folder);
    return complete(await readChart(tree.mirror, folder));
  };
}

function isMounted(path: string, head: ChartFiles | null, folder: string): boolean {
  return [...(head?.mounts.keys() ?? [])].some((place) => isBelow(path, posix.join(folder, place)));
}

// A chart with the folders that its `file://` dependencies name, and theirs.
async function writeWithLocal(tree: BaseTree, folder: string): Promise<void> {
  const pending = [folder];
  const seen = new Set<string>();
  for (let at = pending.pop(); at !== undefined && seen.size < 50; at = pending.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const here = at;
    await tree.write((path) => isBelow(path, here));
    for (const name of ["Chart.yaml", "requirements.yaml"]) {
      const text = await readFile(join(tree.mirror, here, name), "utf8").catch(() => "");
      for (const [, path = ""] of text.matchAll(/file:\/\/([^\s"'#]+)/g)) {
        const local = posix.normalize(posix.join(here, path)).replace(/\/$/, "");
        if (local !== ".." && !local.startsWith("../")) pending.push(local === "." ? "" : local);
      }
    }
  }
}

async function hasSameLock(tree: BaseTree, root: string, folder: string): Promise<boolean> {
  const lock = posix.join(folder, "Chart.lock");
  const declaration = posix.join(folder, "Chart.yaml");
  if (tree.files.has(lock)) return !tree.differs(lock);
  const there = await readFile(join(root, lock)).catch(() => null);
  return there === null && !tree.differs(declaration);
}

async function copyArchives(tree: BaseTree, root: string, folder: string): Promise<void> {
  const charts = posix.join(folder, "charts");
  const names = await readdir(join(root, charts)).catch(() => []);
  for (const name of names.filter((each) => isArchive(each) && !tree.files.has(posix.join(charts, each)))) {
    const target = join(tree.mirror, charts, name);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(root, charts, name), target).catch(() => undefined);
  }
}

function isFile(tree: BaseTree, uri: string): boolean {
  return tree.files.get(uri)?.mode !== "120000";
}

function isArchive(path: string): boolean {
  return path.endsWith(".tgz");
}

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

// Other people's files, left out of the head as well.
function isDependency(uri: string): boolean {
  return /(?:^|\/)(?:node_modules|bower_components)\//.test(uri);
}
