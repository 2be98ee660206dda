import type { ArchiveCache } from "./cache.ts";
import type { Transport } from "./download.ts";
import type { RepositoryIndex } from "./repository-index.ts";

/** How much is fetched, and how long it may take. */
export interface FetchLimits {
  /** Bytes of a packed chart. */
  readonly maxArchiveSize: number;
  /** Bytes of a packed chart when it is unpacked. */
  readonly maxUnpackedSize: number;
  /** Bytes of a repository's index. */
  readonly maxIndexSize: number;
  /** Milliseconds for one dependency, all its requests together. */
  readonly timeLimit: number;
}

/** What fetching one dependency goes by. */
export interface FetchContext {
  readonly transport: Transport;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
  readonly cache: ArchiveCache;
  /** Indexes that were read already, by URL. */
  readonly indexes: Map<string, Promise<RepositoryIndex>>;
}

/** The chart to fetch; `version` may be a constraint where nothing locks it. */
export interface Wanted {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
}

/** A packed chart with the digest that was promised. */
export interface FetchedArchive {
  readonly version: string;
  readonly data: Buffer;
  readonly cached: boolean;
}
