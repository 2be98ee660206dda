import { sha256 } from "./cache.ts";
import type { FetchContext, FetchedArchive, Wanted } from "./context.ts";
import { download } from "./download.ts";
import { FetchError } from "./fetch-error.ts";
import { readIndex, type RepositoryIndex } from "./repository-index.ts";
import { newestFitting } from "./versions.ts";

/**
 * Fetches an archive from a chart repository (Helm docs, "The Chart Repository Guide"): its index
 * names the URL and the digest, which the archive must have. Throws `FetchError`.
 */
export async function fetchFromRepository(
  { name, version, repository }: Wanted,
  context: FetchContext,
): Promise<FetchedArchive> {
  if (!URL.canParse(repository)) throw new FetchError("its repository is no URL");
  const base = new URL(repository);
  const index = await indexOf(base, context);
  const entries = index.get(name);
  if (entries === undefined) throw new FetchError(`${base.host} has no chart of that name`);
  const found = newestFitting(
    version,
    entries.map((entry) => entry.version),
  );
  if (found === undefined)
    throw new FetchError("its version is a constraint that is not understood; commit a Chart.lock");
  const entry = entries.find((each) => each.version === found);
  if (entry === undefined) throw new FetchError(`${base.host} has no such version`);
  if (entry.digest === "") throw new FetchError(`the index of ${base.host} has no digest for it`);
  const cached = await context.cache.get(entry.digest);
  if (cached !== null) return { version: entry.version, data: cached, cached: true };
  const url = archiveUrl(entry.url, base);
  const accept = "application/gzip, application/x-gzip, application/octet-stream, */*";
  const { status, body } = await download(
    { url, accept, maxBytes: context.limits.maxArchiveSize, signal: context.signal },
    context.transport,
  );
  if (status !== 200) throw new FetchError(`${url.host} answers with status ${status}`);
  if (sha256(body) !== entry.digest)
    throw new FetchError(`what ${url.host} sends does not have the digest that the index names`);
  return { version: entry.version, data: body, cached: false };
}

function indexOf(base: URL, context: FetchContext): Promise<RepositoryIndex> {
  const url = within(base, "index.yaml");
  const known = context.indexes.get(url.href);
  if (known !== undefined) return known;
  const loading = loadIndex(url, context);
  context.indexes.set(url.href, loading);
  // One that failed, for lack of time maybe, is asked for again.
  loading.catch(() => context.indexes.delete(url.href));
  return loading;
}

async function loadIndex(url: URL, { limits, signal, transport }: FetchContext): Promise<RepositoryIndex> {
  const accept = "application/yaml, text/yaml, text/plain, */*";
  const { status, headers, body } = await download({ url, accept, maxBytes: limits.maxIndexSize, signal }, transport);
  if (status !== 200) throw new FetchError(`${url.host} answers with status ${status} where its index.yaml should be`);
  if ((headers["content-encoding"] ?? "identity") !== "identity")
    throw new FetchError(`${url.host} compresses its index.yaml unasked`);
  return readIndex(body.toString("utf8"), url.host);
}

// Relative URLs start from the repository; its query, if any, goes along, as in Helm.
function archiveUrl(written: string, base: URL): URL {
  if (URL.canParse(written)) return new URL(written);
  if (!URL.canParse(written, within(base, "").href))
    throw new FetchError(`the index of ${base.host} names no URL for it`);
  const url = new URL(written, within(base, ""));
  url.search ||= base.search;
  return url;
}

function within(base: URL, name: string): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${name}`;
  url.hash = "";
  return url;
}
