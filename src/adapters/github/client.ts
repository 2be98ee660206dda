import type { Absence } from "../../model/pull-request.ts";

/** The one call that we need of Octokit. */
export interface Requester {
  request(
    route: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<{ data: unknown; headers: Readonly<Record<string, unknown>> }>;
}

/** A call that GitHub refused or did not answer. `status` is 0 where there was no answer. The message holds nothing that GitHub said. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  readonly status: number;
  readonly absence: Absence;

  constructor(status: number, absence: Absence) {
    super(`GitHub answered ${status === 0 ? "nothing" : status}`);
    this.status = status;
    this.absence = absence;
  }
}

/** What a client needs of the world. */
export interface ClientOptions {
  readonly octokit: Requester;
  /** `https://api.github.com`, or what `GITHUB_API_URL` says. */
  readonly apiUrl: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Calls GitHub, again where that may help. */
export interface GitHubClient {
  /** Throws `GitHubError`. */
  call<Data>(route: string, parameters: Readonly<Record<string, unknown>>): Promise<Data>;
  /** Where GraphQL is: beside the REST API on github.com, next to it on a server of one's own. */
  readonly graphqlUrl: string;
}

const ATTEMPTS = 3;
const TIMEOUT_MS = 20_000;
/** A job should not wait longer than this for a limit to end. */
const LONGEST_WAIT_MS = 60_000;

/**
 * A client that tries again after `retry-after` or the end of a rate limit, where that is soon, and after failures of
 * the server (GitHub docs, "Best practices for using the REST API"). What may have been done is not done twice: a
 * request that makes something is repeated only where GitHub refused it.
 */
export function githubClient({ octokit, sleep, apiUrl }: ClientOptions): GitHubClient {
  return {
    // GitHub Enterprise Server has REST at `/api/v3` and GraphQL at `/api/graphql`.
    graphqlUrl: apiUrl.replace(/\/v3\/?$/, ""),
    async call<Data>(route: string, parameters: Readonly<Record<string, unknown>>): Promise<Data> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const request = { signal: AbortSignal.timeout(TIMEOUT_MS) };
          return (await octokit.request(route, { ...parameters, request })).data as Data;
        } catch (thrown) {
          const { status, headers } = failureOf(thrown);
          const wait = waitAfter(status, headers, attempt);
          const mayRepeat = !route.startsWith("POST ") || isRefusal(status);
          if (wait === null || !mayRepeat || attempt === ATTEMPTS)
            throw new GitHubError(status, absenceOf(status, headers));
          await sleep(wait);
        }
      }
    },
  };
}

type Headers = Readonly<Record<string, unknown>>;

function failureOf(thrown: unknown): { status: number; headers: Headers } {
  const error = thrown as { status?: unknown; response?: { headers?: Headers } } | null;
  // Octokit gives a request without an answer the status 500, and no response.
  const answered = error?.response !== undefined;
  return {
    status: answered && typeof error?.status === "number" ? error.status : 0,
    headers: error?.response?.headers ?? {},
  };
}

function isLimit(status: number, headers: Headers): boolean {
  return (
    status === 429 ||
    (status === 403 && (headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0"))
  );
}

function isRefusal(status: number): boolean {
  return status === 429 || status === 403;
}

// Milliseconds to wait before the next attempt; `null` where none would help.
function waitAfter(status: number, headers: Headers, attempt: number): number | null {
  if (isLimit(status, headers)) {
    const after = Number(headers["retry-after"]);
    const reset = Number(headers["x-ratelimit-reset"]) * 1000 - Date.now();
    const wait = Number.isFinite(after) ? after * 1000 : Number.isFinite(reset) ? Math.max(reset, 0) : LONGEST_WAIT_MS;
    return wait <= LONGEST_WAIT_MS ? wait : null;
  }
  return status === 0 || status >= 500 ? 1000 * 2 ** (attempt - 1) : null;
}

function absenceOf(status: number, headers: Headers): Absence {
  if (isLimit(status, headers)) return "limited";
  // A token that may not see something is told that it does not exist.
  return status === 401 || status === 403 || status === 404 ? "forbidden" : "failed";
}
