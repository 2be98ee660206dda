import { FAILSAFE_SCHEMA, load } from "js-yaml";
import { FetchError } from "./fetch-error.ts";

/** A version of a chart in a repository. */
interface IndexEntry {
  readonly version: string;
  readonly url: string;
  /** SHA-256 of the archive as lower-case hexadecimal digits; empty where the index has none. */
  readonly digest: string;
}

/** The versions of each chart of a repository, in the order of the index. */
export type RepositoryIndex = ReadonlyMap<string, readonly IndexEntry[]>;

/**
 * Reads the `index.yaml` of a chart repository (Helm docs, "The Chart Repository Guide"). All scalars
 * are read as texts. Throws `FetchError` for what is no index; entries that are none are left out.
 */
export function readIndex(text: string, host: string): RepositoryIndex {
  let value: unknown;
  try {
    value = load(text, { schema: FAILSAFE_SCHEMA, json: true, maxDepth: 50 });
  } catch {
    throw new FetchError(`the index.yaml of ${host} is not YAML`);
  }
  const entries = property(value, "entries");
  if (typeof entries !== "object" || entries === null) throw new FetchError(`${host} has no chart repository there`);
  const index = new Map<string, readonly IndexEntry[]>();
  for (const [name, versions] of Object.entries(entries)) {
    if (Array.isArray(versions)) index.set(name, versions.flatMap(entryOf));
  }
  return index;
}

function entryOf(value: unknown): readonly IndexEntry[] {
  const version = property(value, "version");
  const urls = property(value, "urls");
  const url: unknown = Array.isArray(urls) ? urls[0] : undefined;
  if (typeof version !== "string" || typeof url !== "string") return [];
  const digest = property(value, "digest");
  const hex = typeof digest === "string" ? digest.toLowerCase().replace(/^sha256:/, "") : "";
  return [{ version, url, digest: /^[0-9a-f]{64}$/.test(hex) ? hex : "" }];
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as { readonly [name: string]: unknown })[name];
}
