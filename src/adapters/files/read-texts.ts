import { isKustomizationName } from "../../core/input/kustomization.ts";
import { planReading } from "../../core/load.ts";
import type { InputText } from "../../core/loaded-file.ts";
import type { Progress } from "../../core/ports.ts";
import type { SourceText, Unreadable } from "../../model/document.ts";
import { fileKind } from "../../core/input/text-kinds.ts";
import type { DiscoveredFile, Discovery } from "./collection.ts";
import { readAll } from "./read-all.ts";
import { DEFAULT_READ_LIMITS, type ReadOptions } from "./read.ts";
import { findBeside } from "./beside.ts";
import { findReferenced } from "./referenced.ts";

/** The texts of a run, and what was not read. */
export interface ReadTexts {
  /** Sorted by uri. */
  readonly texts: readonly InputText[];
  readonly unreadable: readonly Unreadable[];
  /** Files left out on purpose, by reason; those of the discovery as well. */
  readonly skipped: { readonly [reason: string]: number };
}

/** How a run reads. */
export interface ReadTextsOptions {
  /** The text of a file that another run has read already; `null` where it has not. */
  readonly known?: (file: DiscoveredFile) => SourceText | null;
  /** Which files are searched for tokens though they are no configuration. */
  readonly searches: (uri: string) => boolean;
  /** In bytes; `null` for the built-in limit. */
  readonly maxFileSize: number | null;
  readonly progress: Progress;
}

/**
 * Reads the files of `discovery`. Kustomizations come first, since they name files that are read
 * because of it; those outside of what was asked for come along as context, until no new one is named. So do
 * the CODEOWNERS file and the lock files of charts, which say something about files elsewhere.
 */
export async function readTexts(discovery: Discovery, options: ReadTextsOptions): Promise<ReadTexts> {
  const { root, files, errors } = discovery;
  const known = new Map(files.map((file) => [file.uri, file]));
  const read = new Collected(discovery.skipped);
  read.unreadable.push(...errors);
  let fresh = files.filter(({ uri }) => isKustomizationName(uri));
  for (;;) {
    await read.add(fresh, options, () => ({ named: true }));
    const { missing } = planReading(read.texts, new Set(known.keys()));
    const referenced = findReferenced(root, missing);
    read.unreadable.push(...referenced.errors);
    fresh = referenced.files.filter(({ uri }) => !known.has(uri));
    if (fresh.length === 0) break;
    for (const file of fresh) known.set(file.uri, file);
    fresh = fresh.filter(({ uri }) => isKustomizationName(uri));
  }
  const { optionsFor } = planReading(read.texts, new Set(known.keys()));
  const beside = findBeside(root, [...known.keys()]);
  for (const file of beside.files) if (!known.has(file.uri)) known.set(file.uri, file);
  const rest = [...known.values()].filter(({ uri }) => !isKustomizationName(uri));
  await read.add(rest, options, ({ uri }) => (uri === beside.codeOwners ? { text: true } : optionsFor(uri)));
  read.texts.sort((a, b) => (a.source.uri < b.source.uri ? -1 : 1));
  return { texts: read.texts, unreadable: read.unreadable, skipped: read.skippedByReason() };
}

class Collected {
  readonly texts: InputText[] = [];
  readonly unreadable: Unreadable[] = [];
  readonly #skipped: Map<string, number>;

  constructor(skipped: Discovery["skipped"]) {
    this.#skipped = new Map(Object.entries(skipped));
  }

  async add(
    files: readonly DiscoveredFile[],
    { known, searches, maxFileSize, progress }: ReadTextsOptions,
    optionsFor: (file: DiscoveredFile) => ReadOptions,
  ): Promise<void> {
    const limits = { ...DEFAULT_READ_LIMITS, maxFileSize: maxFileSize ?? DEFAULT_READ_LIMITS.maxFileSize };
    const withSearched = (file: DiscoveredFile): ReadOptions =>
      searches(file.uri) ? { ...optionsFor(file), text: true } : optionsFor(file);
    let done = 0;
    const unread: DiscoveredFile[] = [];
    for (const file of files) {
      // What is read whatever names it is the same for whoever reads it.
      const source = fileKind(file.uri) === "manifest" ? (known?.(file) ?? null) : null;
      if (source === null) unread.push(file);
      else this.texts.push({ source, explicit: file.explicit, context: file.context });
    }
    for await (const result of readAll(unread, limits, withSearched)) {
      done += 1;
      progress("reading", done, unread.length);
      const { explicit, context } = result.file;
      if (result.kind === "text") this.texts.push({ source: result.source, explicit, context });
      else if (context) continue;
      else if (result.kind === "unreadable") this.unreadable.push(result.unreadable);
      else this.#skipped.set(result.reason, (this.#skipped.get(result.reason) ?? 0) + 1);
    }
  }

  skippedByReason(): Record<string, number> {
    return Object.fromEntries([...this.#skipped].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
