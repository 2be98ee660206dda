import { sha256 } from "./cache.ts";
import type { FetchContext, FetchedArchive, Wanted } from "./context.ts";
import { download, type Downloaded } from "./download.ts";
import { FetchError } from "./fetch-error.ts";
import { isExact } from "./versions.ts";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
/** Helm's media types of a packed chart (Helm, pkg/registry/constants.go). */
const CHART_LAYERS = new Set(["application/vnd.cncf.helm.chart.content.v1.tar+gzip", "application/tar+gzip"]);
const LARGEST_MANIFEST = 4 * 2 ** 20;
const LARGEST_TOKEN = 2 ** 20;
/** OCI Distribution Specification 1.1, "Pulling manifests": names and tags. */
const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

/**
 * Fetches an archive from an OCI registry: the manifest of the tag, then the layer that it names,
 * which must have its digest. Where the registry asks for it, with a token for anybody. Throws
 * `FetchError`.
 */
export async function fetchFromRegistry(
  { name, version, repository }: Wanted,
  context: FetchContext,
): Promise<FetchedArchive> {
  if (!isExact(version))
    throw new FetchError("a registry has no index to choose a version from; name it exactly, or commit a Chart.lock");
  const [host = "", ...path] = repository.slice("oci://".length).replace(/\/+$/, "").split("/");
  const repositoryName = [...path, name].join("/");
  // Tags cannot hold a plus sign; Helm writes an underscore.
  const tag = version.replaceAll("+", "_");
  const root = `https://${host === "docker.io" ? "registry-1.docker.io" : host}`;
  if (
    !URL.canParse(root) ||
    new URL(root).pathname !== "/" ||
    repositoryName.length > 255 ||
    !NAME.test(repositoryName) ||
    !TAG.test(tag)
  ) {
    throw new FetchError("its repository is no name in a registry");
  }
  const registry = new URL(`${root}/v2/${repositoryName}/`);
  const session: Session = { registry, repositoryName, context, authorization: undefined };
  const { headers, body } = await pull(session, `manifests/${tag}`, MANIFEST, LARGEST_MANIFEST);
  const promised = headers["docker-content-digest"];
  if (typeof promised === "string" && promised.startsWith("sha256:") && promised !== `sha256:${sha256(body)}`) {
    throw new FetchError(`the manifest that ${registry.host} sends does not have the digest that it names`);
  }
  const digest = chartLayer(body, registry.host);
  const cached = await context.cache.get(digest);
  if (cached !== null) return { version, data: cached, cached: true };
  const blob = await pull(
    session,
    `blobs/sha256:${digest}`,
    "application/octet-stream, */*",
    context.limits.maxArchiveSize,
  );
  if (sha256(blob.body) !== digest)
    throw new FetchError(`what ${registry.host} sends does not have the digest that the manifest names`);
  return { version, data: blob.body, cached: false };
}

interface Session {
  readonly registry: URL;
  readonly repositoryName: string;
  readonly context: FetchContext;
  authorization: string | undefined;
}

async function pull(session: Session, path: string, accept: string, maxBytes: number): Promise<Downloaded> {
  const { registry, context } = session;
  const get = (): Promise<Downloaded> =>
    download(
      {
        url: new URL(path, registry),
        accept,
        maxBytes,
        signal: context.signal,
        ...(session.authorization !== undefined && { authorization: session.authorization }),
      },
      context.transport,
    );
  let answer = await get();
  if (answer.status === 401 && session.authorization === undefined) {
    session.authorization = `Bearer ${await anonymousToken(session, answer.headers["www-authenticate"] ?? "")}`;
    answer = await get();
  }
  if (answer.status === 401 || answer.status === 403)
    throw new FetchError(`${registry.host} asks for credentials, and none are ever sent`);
  if (answer.status === 404) throw new FetchError(`${registry.host} has no such chart or version`);
  if (answer.status !== 200) throw new FetchError(`${registry.host} answers with status ${answer.status}`);
  return answer;
}

/** The token that the registry's own challenge offers to anybody (Distribution, "Token Authentication"). */
async function anonymousToken({ registry, repositoryName, context }: Session, challenge: string): Promise<string> {
  const realm = parameter(challenge, "realm");
  if (!/^bearer\s/i.test(challenge) || realm === null || !URL.canParse(realm)) {
    throw new FetchError(`${registry.host} asks for credentials, and none are ever sent`);
  }
  const url = new URL(realm);
  const service = parameter(challenge, "service");
  if (service !== null) url.searchParams.set("service", service);
  url.searchParams.set("scope", `repository:${repositoryName}:pull`);
  const { status, body } = await download(
    { url, accept: "application/json", maxBytes: LARGEST_TOKEN, signal: context.signal },
    context.transport,
  );
  const answer = status === 200 ? json(body) : null;
  const token = answer?.["token"] ?? answer?.["access_token"];
  if (typeof token !== "string" || !/^[\x21-\x7E]{1,65536}$/.test(token))
    throw new FetchError(`${url.host} gives no token for public charts`);
  return token;
}

function parameter(challenge: string, name: string): string | null {
  const [, value] = new RegExp(`[\\s,]${name}="([^"]{1,2000})"`, "i").exec(challenge.slice(0, 8000)) ?? [];
  return value ?? null;
}

function chartLayer(body: Buffer, host: string): string {
  const layers = json(body)?.["layers"];
  for (const layer of Array.isArray(layers) ? (layers as readonly unknown[]) : []) {
    if (typeof layer !== "object" || layer === null) continue;
    const { mediaType, digest } = layer as { readonly mediaType?: unknown; readonly digest?: unknown };
    if (typeof mediaType !== "string" || !CHART_LAYERS.has(mediaType) || typeof digest !== "string") continue;
    const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
    if (hex !== undefined) return hex;
  }
  throw new FetchError(`what ${host} has under that name is no chart`);
}

function json(body: Buffer): { readonly [key: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? (value as { readonly [key: string]: unknown }) : null;
  } catch {
    return null;
  }
}
