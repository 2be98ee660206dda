import { lookup } from "node:dns/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { ChartDependencies } from "../../../core/charts/dependencies.ts";
import type { MissingDependency } from "../../../model/chart-rendering.ts";
import { archiveCache, cacheFolder, sha256 } from "./cache.ts";
import type { FetchContext, FetchedArchive, FetchLimits, Wanted } from "./context.ts";
import { FetchError } from "./fetch-error.ts";
import { fetchFromRegistry } from "./from-registry.ts";
import { fetchFromRepository } from "./from-repository.ts";
import { lockedDependency } from "./lock.ts";
import type { RepositoryIndex } from "./repository-index.ts";

/** The limits that hold where nobody sets others. The unpacked size is what the engine takes. */
const DEFAULT_FETCH_LIMITS: FetchLimits = {
  maxArchiveSize: 20 * 2 ** 20,
  maxUnpackedSize: 64 * 2 ** 20,
  maxIndexSize: 32 * 2 ** 20,
  timeLimit: 60_000,
};

/** How dependencies are fetched in a run. */
export interface FetchOptions {
  /** Hosts that may be spoken to: `host`, `host:port`, `*.domain`, an address. */
  readonly allowedHosts: readonly string[];
  /** Where archives are kept; the user's cache by default. */
  readonly cacheFolder?: string;
  readonly limits?: Partial<FetchLimits>;
  /** All addresses of a host name; the system's resolver by default. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** Certificates to trust in place of the usual ones, in PEM. */
  readonly ca?: string;
  /** Indexes of repositories that were read already; to be shared by the calls of a run. */
  readonly indexes?: Map<string, Promise<RepositoryIndex>>;
}

/** A packed chart for the chart's folder, or why there is none, in words that end a sentence. */
export type FetchResult =
  | { readonly kind: "fetched"; readonly name: string; readonly data: Uint8Array }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Fetches a dependency that a chart declares and does not hold, at the version that its lock pins,
 * without credentials, from allowed hosts alone, and checks it against the digest that the repository
 * promises. Never throws for what is declared or what a server answers.
 */
export async function fetchDependency(
  dependency: MissingDependency,
  chart: ChartDependencies,
  options: FetchOptions,
): Promise<FetchResult> {
  const limits = { ...DEFAULT_FETCH_LIMITS, ...options.limits };
  const context: FetchContext = {
    transport: {
      allowedHosts: options.allowedHosts,
      resolve: options.resolve ?? resolveAll,
      ...(options.ca !== undefined && { ca: options.ca }),
    },
    limits,
    signal: AbortSignal.timeout(limits.timeLimit),
    cache: archiveCache(options.cacheFolder ?? cacheFolder(process.env), limits.maxArchiveSize),
    indexes: options.indexes ?? new Map(),
  };
  try {
    const { version, data, cached } = await fetchArchive(wanted(dependency, chart), context);
    await refuseBomb(data, limits.maxUnpackedSize);
    if (!cached) await context.cache.put(sha256(data), data);
    return { kind: "fetched", name: `charts/${dependency.name}-${version}.tgz`, data };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return { kind: "failed", reason: error.message };
  }
}

function wanted(dependency: MissingDependency, chart: ChartDependencies): Wanted {
  if (!/^[A-Za-z0-9][\w.-]{0,249}$/.test(dependency.name)) throw new FetchError("its name is none of a chart");
  const locked = lockedDependency(dependency, chart);
  if (locked.kind === "stale") {
    throw new FetchError("Chart.lock does not fit Chart.yaml; bring it up to date with helm dependency update");
  }
  const version = locked.kind === "locked" ? locked.version : dependency.version;
  const repository =
    /^(?:@|alias:)/.test(dependency.repository) && locked.kind === "locked" ? locked.repository : dependency.repository;
  return { name: dependency.name, version, repository };
}

async function fetchArchive(chart: Wanted, context: FetchContext): Promise<FetchedArchive> {
  const { repository } = chart;
  if (repository.startsWith("oci://")) return fetchFromRegistry(chart, context);
  if (repository.startsWith("https://")) return fetchFromRepository(chart, context);
  if (repository === "") throw new FetchError("it names no repository");
  if (repository.startsWith("file://"))
    throw new FetchError("the folder that it names is not a chart in this repository");
  if (/^(?:@|alias:)/.test(repository))
    throw new FetchError("its repository is a name that only somebody's Helm knows; write its URL");
  throw new FetchError("its repository is neither https:// nor oci://");
}

async function refuseBomb(data: Buffer, maxOutputLength: number): Promise<void> {
  try {
    await promisify(gunzip)(data, { maxOutputLength });
  } catch (error) {
    const large = (error as { readonly code?: unknown }).code === "ERR_BUFFER_TOO_LARGE";
    throw new FetchError(
      large ? `it is larger than ${Math.floor(maxOutputLength / 2 ** 20)} MiB unpacked` : "it is no packed chart",
    );
  }
}

async function resolveAll(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);
}
