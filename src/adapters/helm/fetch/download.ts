import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { matchHost } from "../../../core/config/hosts.ts";
import { isPublicAddress } from "./addresses.ts";
import { FetchError, networkReason } from "./fetch-error.ts";

/** How requests are made; the same for all of a run. */
export interface Transport {
  /** Hosts that may be spoken to, as `dependency-hosts` lists them. */
  readonly allowedHosts: readonly string[];
  /** All addresses of a host name. */
  readonly resolve: (hostname: string) => Promise<readonly string[]>;
  /** Certificates to trust in place of the usual ones, in PEM. */
  readonly ca?: string;
}

/** One thing to get. */
export interface DownloadRequest {
  readonly url: URL;
  readonly accept: string;
  /** Sent to the origin of `url` only, never after a redirect to another one. */
  readonly authorization?: string;
  readonly maxBytes: number;
  /** Ends the request, redirects included. */
  readonly signal: AbortSignal;
}

/** What a server answered, redirects followed. */
export interface Downloaded {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Gets `url` over HTTPS, without credentials or cookies. Each URL, redirects too, must be of an
 * allowed host whose addresses are public (or the host listed with its port); the connection goes to
 * the addresses that were checked. Throws `FetchError`.
 */
export async function download(request: DownloadRequest, transport: Transport): Promise<Downloaded> {
  let { url } = request;
  for (let redirects = 0; ; redirects += 1) {
    const authorization = url.origin === request.url.origin ? request.authorization : undefined;
    const answer = await exchange({ ...request, url }, authorization, transport);
    const { location } = answer.headers;
    if (!REDIRECTS.has(answer.status) || location === undefined) return answer;
    if (redirects === MOST_REDIRECTS)
      throw new FetchError(`${request.url.host} redirects more than ${MOST_REDIRECTS} times`);
    if (!URL.canParse(location, url.href)) throw new FetchError(`${url.host} redirects to what is no URL`);
    url = new URL(location, url);
  }
}

async function exchange(
  { url, accept, maxBytes, signal }: DownloadRequest,
  authorization: string | undefined,
  transport: Transport,
): Promise<Downloaded> {
  const addresses = await checkedAddresses(url, transport, signal);
  const options = {
    agent: false,
    signal,
    lookup: pinned(addresses),
    // Whatever the environment says: NODE_TLS_REJECT_UNAUTHORIZED must not switch this off.
    rejectUnauthorized: true,
    headers: {
      accept,
      "accept-encoding": "identity",
      "user-agent": "portcullis",
      ...(authorization !== undefined && { authorization }),
    },
    ...(transport.ca !== undefined && { ca: transport.ca }),
  } as const;
  try {
    return await new Promise<Downloaded>((done, fail) => {
      const sent = httpsRequest(url, options, (answer) => {
        receive(answer, maxBytes, url.host).then(done, (error: unknown) => {
          sent.destroy();
          fail(error);
        });
      });
      sent.on("error", fail);
      sent.end();
    });
  } catch (error) {
    throw error instanceof FetchError ? error : new FetchError(networkReason(error, url.host, signal));
  }
}

async function receive(answer: IncomingMessage, maxBytes: number, host: string): Promise<Downloaded> {
  const status = answer.statusCode ?? 0;
  // Nothing of a redirect or an error is read.
  const limit = status === 200 ? maxBytes : 0;
  const announced = Number(answer.headers["content-length"] ?? 0);
  const tooLarge = () => new FetchError(`${host} sends more than ${Math.floor(maxBytes / 2 ** 20)} MiB`);
  if (status === 200 && announced > limit) throw tooLarge();
  if (limit === 0) {
    answer.destroy();
    return { status, headers: answer.headers, body: Buffer.alloc(0) };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return { status, headers: answer.headers, body: Buffer.concat(chunks, size) };
}

async function checkedAddresses(url: URL, transport: Transport, signal: AbortSignal): Promise<readonly string[]> {
  if (url.protocol !== "https:") throw new FetchError(`${url.protocol}//${url.host} is not HTTPS`);
  if (url.username !== "" || url.password !== "") throw new FetchError(`the URL of ${url.host} holds credentials`);
  const port = url.port === "" ? 443 : Number(url.port);
  const { listed, privately } = matchHost(transport.allowedHosts, url.hostname, port);
  if (!listed) throw new FetchError(`${url.host} is not one of dependency-hosts in the configuration`);
  const bare = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(bare) === 0 ? await resolveIn(url, transport, signal) : [bare];
  if (addresses.length === 0) throw new FetchError(`${url.host} has no address`);
  if (!privately && !addresses.every(isPublicAddress)) {
    throw new FetchError(
      `${url.host} is at an address that is not public; dependency-hosts has to list it as ${url.hostname}:${port} to allow that`,
    );
  }
  return addresses;
}

async function resolveIn(url: URL, transport: Transport, signal: AbortSignal): Promise<readonly string[]> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, fail) => {
    stop = () => fail(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([transport.resolve(url.hostname), aborted]);
  } catch (error) {
    throw new FetchError(networkReason(error, url.host, signal));
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

// The name is not looked up again: between two answers of its server the address could change.
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    const [first] = all;
    if (options.all === true) callback(null, all);
    else callback(null, first?.address ?? "", first?.family ?? 0);
  };
}
