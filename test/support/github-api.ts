import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Ajv, type ValidateFunction } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { payloadsOf } from "./webhooks.ts";

/** A fault to answer one request with, in place of what it asks for. */
export interface Fault {
  /** `POST /repos/{owner}/{repo}/check-runs`, as GitHub's description names it; `POST /graphql`. */
  readonly operation: string;
  /** 0 to close the connection without an answer. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Comment {
  readonly id: number;
  readonly nodeId: string;
  body: string;
  readonly author: string;
  minimised: boolean;
}

interface CheckRunState {
  readonly id: number;
  readonly headSha: string;
  conclusion: string;
  readonly annotations: unknown[];
}

interface Operation {
  readonly parameters?: readonly { in: string; name: string; required?: boolean; schema: object }[];
  readonly requestBody?: { content: { "application/json": { schema: object } } };
  readonly responses: Readonly<Record<string, { content?: { "application/json"?: { schema: object } } }>>;
}

const description = JSON.parse(
  readFileSync("node_modules/@octokit/openapi/generated/api.github.com.deref.json", "utf8"),
) as {
  paths: Record<string, Record<string, Operation>>;
};

/**
 * A stand-in for GitHub's API that keeps comments, reviews and check runs of one repository. Every request and every answer is held to
 * GitHub's own OpenAPI description; `problems` lists what does not fit.
 */
export class GitHubApi {
  readonly comments: Comment[] = [];
  readonly reviewComments: { path: string; line: number; start_line?: number; body: string }[] = [];
  readonly reviews: { login: string; state: string; commit: string }[] = [];
  readonly checkRuns: CheckRunState[] = [];
  readonly members = new Set<string>();
  /** The head of the pull request. */
  headSha = "c".repeat(40);
  readonly problems: string[] = [];
  readonly requests: string[] = [];
  readonly faults: Fault[] = [];
  /** Lines on which a review comment may stand; all where it is `null`. */
  diffLines: ReadonlyMap<string, ReadonlySet<number>> | null = null;
  #server: Server | null = null;
  #nextId = 1;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
  readonly #validators = new Map<object, ValidateFunction>();

  constructor() {
    for (const [name, format] of Object.entries(fullFormats)) this.#ajv.addFormat(name, format);
  }

  /** Starts to listen on the loopback and returns the address. */
  async start(): Promise<string> {
    const server = createServer((request, response) => void this.#serve(request, response));
    this.#server = server;
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise<void>((done) => (this.#server === null ? done() : this.#server.close(() => done())));
  }

  /** A comment that somebody wrote. */
  addComment(body: string, author = "octocat"): Comment {
    const id = this.#nextId++;
    const comment = { id, nodeId: `IC_${id}`, body, author, minimised: false };
    this.comments.push(comment);
    return comment;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const body = text === "" ? undefined : (JSON.parse(text) as Record<string, unknown>);
    const method = request.method ?? "GET";
    const { path, values } = pathOf(method, url.pathname);
    const operation = `${method} ${path}`;
    this.requests.push(operation);
    const fault = this.faults.find((each) => each.operation === operation);
    if (fault !== undefined) {
      this.faults.splice(this.faults.indexOf(fault), 1);
      if (fault.status === 0) return void request.socket.destroy();
      response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
      return void response.end(JSON.stringify({ message: "ghs_secretInAnAnswer", documentation_url: "" }));
    }
    const answer = path === "/graphql" ? this.#graphql(body ?? {}) : this.#rest(operation, values, url, body ?? {});
    if (path !== "/graphql") this.#validate(operation, body, answer);
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
  }

  #validate(operation: string, body: unknown, answer: Answer): void {
    const [method = "", path = ""] = operation.split(" ");
    const known = description.paths[path]?.[method.toLowerCase()];
    if (known === undefined) {
      this.problems.push(`${operation} is none of GitHub's operations`);
      return;
    }
    const schema = known.requestBody?.content["application/json"].schema;
    if (schema !== undefined) this.#hold(schema, body ?? {}, `${operation} request`);
    const expected = known.responses[String(answer.status)];
    if (expected === undefined) this.problems.push(`${operation} never answers ${answer.status}`);
    const shape = expected?.content?.["application/json"]?.schema;
    if (shape !== undefined) this.#hold(shape, answer.body, `${operation} answer`);
  }

  #hold(schema: object, value: unknown, what: string): void {
    let validate = this.#validators.get(schema);
    if (validate === undefined) {
      validate = this.#ajv.compile(schema);
      this.#validators.set(schema, validate);
    }
    if (!validate(value)) {
      const errors = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
      this.problems.push(`${what}: ${errors.slice(0, 5).join("; ")}`);
    }
  }

  #rest(operation: string, values: Readonly<Record<string, string>>, url: URL, body: Record<string, unknown>): Answer {
    const page = Number(url.searchParams.get("page") ?? 1);
    const size = Number(url.searchParams.get("per_page") ?? 30);
    const paged = <Item>(items: readonly Item[]): readonly Item[] => items.slice((page - 1) * size, page * size);
    switch (operation) {
      case "GET /repos/{owner}/{repo}/issues/{issue_number}/comments":
        return { status: 200, body: paged(this.comments).map(commentBody) };
      case "POST /repos/{owner}/{repo}/issues/{issue_number}/comments":
        return { status: 201, body: commentBody(this.addComment(String(body["body"]), "github-actions[bot]")) };
      case "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": {
        const comment = this.comments.find(({ id }) => String(id) === values["comment_id"]);
        if (comment === undefined) return notFound();
        comment.body = String(body["body"]);
        return { status: 200, body: commentBody(comment) };
      }
      case "POST /repos/{owner}/{repo}/check-runs": {
        const run = {
          id: this.#nextId++,
          headSha: String(body["head_sha"]),
          conclusion: String(body["conclusion"]),
          annotations: [],
        };
        this.checkRuns.push(run);
        return this.#addAnnotations(run, body, 201);
      }
      case "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": {
        const run = this.checkRuns.find(({ id }) => String(id) === values["check_run_id"]);
        return run === undefined ? notFound() : this.#addAnnotations(run, body, 200);
      }
      case "GET /repos/{owner}/{repo}/pulls/{pull_number}":
        return { status: 200, body: pullRequestBody(this.headSha) };
      case "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments":
        return { status: 200, body: paged(this.reviewComments).map(reviewCommentBody) };
      case "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews":
        return { status: 200, body: paged(this.reviews).map(reviewBody) };
      case "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews":
        return this.#review(body);
      case "GET /orgs/{org}/teams/{team_slug}/memberships/{username}":
        return this.members.has(`${values["org"]}/${values["team_slug"]}/${values["username"]}`)
          ? { status: 200, body: { url: "https://api.github.com/x", role: "member", state: "active" } }
          : { status: 404, body: undefined };
      default:
        return notFound();
    }
  }

  #addAnnotations(run: CheckRunState, body: Record<string, unknown>, status: number): Answer {
    const output = body["output"] as { summary: string; annotations?: unknown[] };
    // GitHub docs, "REST API endpoints for check runs": 50 annotations in a request, 65535 characters of summary.
    if ((output.annotations ?? []).length > 50 || output.summary.length > 65_535) return unprocessable();
    run.annotations.push(...(output.annotations ?? []));
    return { status, body: checkRunBody(run) };
  }

  #review(body: Record<string, unknown>): Answer {
    const comments = body["comments"] as GitHubApi["reviewComments"];
    const lines = this.diffLines;
    const outside =
      lines !== null &&
      comments.some(
        ({ path, line, start_line: start = line }) =>
          !(lines.get(path)?.has(line) === true && lines.get(path)?.has(start) === true),
      );
    if (outside) return unprocessable();
    this.reviewComments.push(...comments);
    return {
      status: 200,
      body: reviewBody({ login: "github-actions[bot]", state: "COMMENTED", commit: String(body["commit_id"]) }),
    };
  }

  #graphql(body: Record<string, unknown>): Answer {
    const { id } = body["variables"] as { id: string };
    const comment = this.comments.find(({ nodeId }) => nodeId === id);
    if (comment !== undefined) comment.minimised = String(body["query"]).includes("{ minimizeComment(");
    return { status: 200, body: { data: {} } };
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function notFound(): Answer {
  return { status: 404, body: { message: "Not Found", documentation_url: "https://docs.github.com" } };
}

function unprocessable(): Answer {
  return { status: 422, body: { message: "Validation Failed", documentation_url: "https://docs.github.com" } };
}

// `/repos/a/b/pulls/1` as the description names it, with the values of its parameters.
function pathOf(method: string, pathname: string): { path: string; values: Record<string, string> } {
  const parts = pathname.split("/");
  for (const [path, operations] of Object.entries(description.paths)) {
    const names = path.split("/");
    if (names.length !== parts.length || operations[method.toLowerCase()] === undefined) continue;
    if (!names.every((name, index) => name.startsWith("{") || name === parts[index])) continue;
    const values = Object.fromEntries(
      names.flatMap((name, index) => (name.startsWith("{") ? [[name.slice(1, -1), parts[index] ?? ""]] : [])),
    );
    return { path, values };
  }
  return { path: pathname, values: {} };
}

const TIME = "2026-11-28T00:00:00Z";
const URL_TEXT = "https://api.github.com/x";

function user(login: string): object {
  const urls = [
    "avatar_url",
    "events_url",
    "followers_url",
    "following_url",
    "gists_url",
    "html_url",
    "organizations_url",
    "received_events_url",
    "repos_url",
    "starred_url",
    "subscriptions_url",
    "url",
  ];
  return {
    ...Object.fromEntries(urls.map((name) => [name, URL_TEXT])),
    login,
    id: 1,
    node_id: "U_1",
    gravatar_id: "",
    type: login.endsWith("[bot]") ? "Bot" : "User",
    site_admin: false,
  };
}

function commentBody({ id, nodeId, body, author }: Comment): object {
  return {
    id,
    node_id: nodeId,
    body,
    user: user(author),
    url: URL_TEXT,
    html_url: URL_TEXT,
    issue_url: URL_TEXT,
    created_at: TIME,
    updated_at: TIME,
    author_association: "NONE",
  };
}

function checkRunBody({ id, headSha, conclusion, annotations }: CheckRunState): object {
  return {
    id,
    node_id: `CR_${id}`,
    head_sha: headSha,
    external_id: "",
    url: URL_TEXT,
    html_url: URL_TEXT,
    details_url: URL_TEXT,
    status: "completed",
    conclusion,
    started_at: TIME,
    completed_at: TIME,
    name: "Portcullis findings",
    check_suite: null,
    app: null,
    pull_requests: [],
    output: { title: "", summary: "", text: null, annotations_count: annotations.length, annotations_url: URL_TEXT },
  };
}

// A real pull request, with another head.
function pullRequestBody(headSha: string): object {
  const pull = payloadsOf("pull_request")[0]?.["pull_request"] as { head: object };
  return { auto_merge: null, ...pull, head: { ...pull.head, sha: headSha } };
}

function reviewCommentBody({ path, line, body }: GitHubApi["reviewComments"][number]): object {
  const link = { href: URL_TEXT };
  return {
    id: 1,
    node_id: "PRRC_1",
    pull_request_review_id: 1,
    diff_hunk: "@@ -1 +1 @@",
    path,
    line,
    commit_id: "0".repeat(40),
    original_commit_id: "0".repeat(40),
    user: user("github-actions[bot]"),
    body,
    created_at: TIME,
    updated_at: TIME,
    html_url: URL_TEXT,
    pull_request_url: URL_TEXT,
    author_association: "NONE",
    url: URL_TEXT,
    _links: { self: link, html: link, pull_request: link },
  };
}

function reviewBody({ login, state, commit }: GitHubApi["reviews"][number]): object {
  const link = { href: URL_TEXT };
  return {
    id: 1,
    node_id: "PRR_1",
    user: user(login),
    body: "",
    state,
    html_url: URL_TEXT,
    pull_request_url: URL_TEXT,
    _links: { html: link, pull_request: link },
    commit_id: commit,
    author_association: "NONE",
  };
}
