import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { githubClient } from "../../src/adapters/github/client.ts";
import { githubPullRequest } from "../../src/adapters/github/pull-request.ts";
import type { PullRequestPort } from "../../src/core/ports.ts";
import type { CheckAnnotation, CheckRun } from "../../src/model/pull-request.ts";
import { GitHubApi } from "../support/github-api.ts";

const { getOctokit } = await import("@actions/github");

const SHA = "a".repeat(40);
const WRITTEN = { kind: "written" };

let api: GitHubApi;
let pull: PullRequestPort;
let slept: number[];

beforeEach(async () => {
  api = new GitHubApi();
  const apiUrl = await api.start();
  slept = [];
  const octokit = getOctokit("t0ken", {
    baseUrl: apiUrl,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  const client = githubClient({ octokit, apiUrl, sleep: async (time) => void slept.push(time) });
  pull = githubPullRequest(client, { owner: "shop", repo: "deploy", number: 7 });
});

afterEach(async () => {
  await api.stop();
  expect(api.problems).toEqual([]);
});

describe("the comment", () => {
  test("is made once and then updated in place", async () => {
    await expect(pull.comment("first", false)).resolves.toEqual(WRITTEN);
    await expect(pull.comment("second", false)).resolves.toEqual(WRITTEN);
    expect(api.comments.map(({ body }) => body.split("\n").slice(1).join("\n"))).toEqual(["second"]);
  });

  test("is folded away when all is well, and unfolded when it is not", async () => {
    await pull.comment("bad", false);
    await pull.comment("well", true);
    expect(api.comments.map(({ minimised }) => minimised)).toEqual([true]);
    await pull.comment("bad again", false);
    expect(api.comments.map(({ minimised, body }) => [minimised, body.endsWith("bad again")])).toEqual([[false, true]]);
  });

  test("is not made where there is nothing to say", async () => {
    await pull.comment("well", true);
    expect(api.comments).toEqual([]);
  });

  test("of a person with the same marker is left alone", async () => {
    await pull.comment("x", false);
    const marker = api.comments[0]?.body.split("\n")[0] ?? "";
    api.comments.length = 0;
    api.addComment(`${marker}\nforged`, "octocat");
    await pull.comment("real", false);
    expect(api.comments.map(({ author, body }) => [author, body.endsWith("real")])).toEqual([
      ["octocat", false],
      ["github-actions[bot]", true],
    ]);
  });

  test("is found behind a hundred others", async () => {
    for (let index = 0; index < 120; index += 1) api.addComment(`comment ${index}`);
    await pull.comment("first", false);
    await pull.comment("second", false);
    expect(api.comments).toHaveLength(121);
  });

  test("that is deleted between two calls is made anew", async () => {
    await pull.comment("first", false);
    api.faults.push({ operation: "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", status: 404 });
    await expect(pull.comment("second", false)).resolves.toEqual(WRITTEN);
    expect(api.comments).toHaveLength(2);
  });
});

const annotation = (line: number): CheckAnnotation => ({
  path: "a.yaml",
  start_line: line,
  end_line: line,
  start_column: 1,
  end_column: 2,
  annotation_level: "failure",
  title: "critical: rbac/wildcard-grant",
  message: "Grants everything",
});
const run = (count: number): CheckRun => ({
  headSha: SHA,
  conclusion: "failure",
  title: "Portcullis: fail",
  summary: "…",
  annotations: Array.from({ length: count }, (_, index) => annotation(index + 1)),
});

describe("the check run", () => {
  test.each([0, 1, 50, 51, 500])("has all %d annotations, 50 in a request", async (count) => {
    await expect(pull.checkRun(run(count))).resolves.toEqual(WRITTEN);
    expect(api.checkRuns.map(({ annotations }) => annotations.length)).toEqual([count]);
    expect(api.requests).toHaveLength(Math.max(1, Math.ceil(count / 50)));
  });
});

describe("review comments", () => {
  const comment = { path: "a.yaml", startLine: 3, endLine: 3, body: "```suggestion\na: 1\n```", key: "v1:abc" };

  test("are made once", async () => {
    await expect(pull.review(SHA, [comment])).resolves.toEqual(WRITTEN);
    await expect(pull.review(SHA, [comment, { ...comment, key: "v1:def", startLine: 4, endLine: 6 }])).resolves.toEqual(
      WRITTEN,
    );
    expect(api.reviewComments.map(({ line, start_line }) => [start_line, line])).toEqual([
      [undefined, 3],
      [4, 6],
    ]);
  });

  test("stop at thirty", async () => {
    await pull.review(
      SHA,
      Array.from({ length: 40 }, (_, index) => ({ ...comment, key: `v1:${index}` })),
    );
    expect(api.reviewComments).toHaveLength(30);
  });

  test("on a line outside of the diff does not take the others along", async () => {
    api.diffLines = new Map([["a.yaml", new Set([3])]]);
    await expect(pull.review(SHA, [comment, { ...comment, key: "v1:x", startLine: 9, endLine: 9 }])).resolves.toEqual(
      WRITTEN,
    );
    expect(api.reviewComments.map(({ line }) => line)).toEqual([3]);
  });

  test("none needs no request", async () => {
    await pull.review(SHA, []);
    expect(api.requests).toEqual([]);
  });
});

describe("approvals", () => {
  test("count of listed people and teams, on the head commit, by their last review", async () => {
    api.reviews.push(
      { login: "jane", state: "APPROVED", commit: SHA },
      { login: "joe", state: "APPROVED", commit: "b".repeat(40) },
      { login: "ann", state: "APPROVED", commit: SHA },
      { login: "ann", state: "CHANGES_REQUESTED", commit: SHA },
      { login: "kim", state: "APPROVED", commit: SHA },
      { login: "kim", state: "COMMENTED", commit: SHA },
      { login: "eve", state: "APPROVED", commit: SHA },
    );
    api.members.add("shop/security/kim");
    await expect(pull.approvers(SHA, ["Jane", "joe", "ann", "@shop/security"])).resolves.toEqual(["jane", "kim"]);
  });

  test("are those of the head that the pull request has now, where none is named", async () => {
    api.reviews.push(
      { login: "jane", state: "APPROVED", commit: api.headSha },
      { login: "kim", state: "APPROVED", commit: SHA },
    );
    await expect(pull.approvers(null, ["jane", "kim"])).resolves.toEqual(["jane"]);
  });

  test("are unknown where GitHub does not say", async () => {
    api.faults.push({ operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", status: 403 });
    await expect(pull.approvers(SHA, ["jane"])).resolves.toBeNull();
  });
});

const MAKE_RUN = "POST /repos/{owner}/{repo}/check-runs";
const LIST = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";

describe("faults", () => {
  test.each<[string, number, Record<string, string>, string]>([
    ["a token that may not write", 403, {}, "forbidden"],
    ["a token that may not see", 404, {}, "forbidden"],
    ["a refused body", 422, {}, "failed"],
    ["a limit that ends too late", 429, { "retry-after": "3600" }, "limited"],
    ["a server that fails after it may have worked", 502, {}, "failed"],
    ["no answer", 0, {}, "failed"],
  ])("%s is an answer", async (_, status, headers, reason) => {
    api.faults.push({ operation: MAKE_RUN, status, headers });
    await expect(pull.checkRun(run(1))).resolves.toEqual({ kind: "absent", reason });
    expect(api.checkRuns).toEqual([]);
  });

  test.each<[string, number, Record<string, string>, number]>([
    ["429 with retry-after", 429, { "retry-after": "7" }, 7000],
    ["a secondary limit", 403, { "retry-after": "3" }, 3000],
    ["an exhausted limit", 403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" }, 0],
  ])("%s is waited for", async (_, status, headers, wait) => {
    api.faults.push({ operation: MAKE_RUN, status, headers });
    await expect(pull.checkRun(run(1))).resolves.toEqual(WRITTEN);
    expect(slept).toEqual([wait]);
  });

  test.each([500, 502, 503, 0])("reading is tried again after %d", async (status) => {
    api.faults.push({ operation: LIST, status }, { operation: LIST, status });
    await expect(pull.comment("x", false)).resolves.toEqual(WRITTEN);
    expect(slept).toEqual([1000, 2000]);
  });

  test("what keeps failing is given up", async () => {
    for (let index = 0; index < 3; index += 1) api.faults.push({ operation: LIST, status: 502 });
    await expect(pull.comment("x", false)).resolves.toEqual({ kind: "absent", reason: "failed" });
  });

  test("a comment that can't be folded is written all the same", async () => {
    await pull.comment("x", false);
    api.faults.push({ operation: "POST /graphql", status: 403 });
    await expect(pull.comment("well", true)).resolves.toEqual(WRITTEN);
  });
});
