import { describe, expect, test } from "@jest/globals";
import { baseOfEvent, needsBase } from "../../src/action/event.ts";
import { pullRequestOf, queuedPullRequestOf } from "../../src/action/target.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { eventNames, payloadsOf } from "../support/webhooks.ts";

const at = (payload: JsonObject, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as JsonObject)[key], payload);
const baseOf = (name: string, payload: JsonObject, parents: readonly string[] = []) =>
  baseOfEvent({ name, payload, parents });

describe("real payloads", () => {
  test.each(["pull_request", "pull_request_review"])("of %s name the base, the head and the pull request", (name) => {
    const payloads = payloadsOf(name);
    expect(payloads.length).toBeGreaterThan(3);
    for (const payload of payloads) {
      const [base, head] = [at(payload, "pull_request", "base", "sha"), at(payload, "pull_request", "head", "sha")];
      expect(baseOf(name, payload)).toEqual({ ref: base, at: "merge-base", settings: base });
      const merge = ["d".repeat(40), String(head)];
      expect(baseOf(name, payload, merge)).toEqual({ ref: merge[0], at: "commit", settings: merge[0] });
      const { owner, repo, number, headSha } = pullRequestOf(payload) ?? {};
      expect(`${owner}/${repo}`).toBe(at(payload, "repository", "full_name"));
      expect([number, headSha]).toEqual([at(payload, "pull_request", "number"), head]);
      expect(queuedPullRequestOf(payload)).toBeNull();
    }
  });

  test("of a merge group name what it is put on, and the pull request in its branch", () => {
    const payloads = payloadsOf("merge_group");
    expect(payloads.length).toBeGreaterThan(0);
    for (const payload of payloads) {
      const base = at(payload, "merge_group", "base_sha");
      expect(baseOf("merge_group", payload)).toEqual({ ref: base, at: "commit", settings: base });
      expect(pullRequestOf(payload)).toBeNull();
      const [owner = "", repo = ""] = String(at(payload, "repository", "full_name")).split("/");
      expect(queuedPullRequestOf(payload)).toEqual({ owner, repo, number: 104 });
    }
  });

  test("of a push name the commit before, unless the branch is new", () => {
    const bases = payloadsOf("push").map((payload) => [at(payload, "before"), baseOf("push", payload)] as const);
    for (const [before, base] of bases)
      expect(base).toEqual(before === "0".repeat(40) ? null : { ref: before, at: "commit", settings: null });
    expect(new Set(bases.map(([, base]) => base === null))).toEqual(new Set([true, false]));
  });

  test("of everything else name no base, and need none", () => {
    const others = eventNames.filter((name) => !/^(pull_request(_review)?|merge_group|push)$/.test(name));
    expect(others).toContain("workflow_dispatch");
    for (const name of others) {
      expect(needsBase({ name })).toBe(false);
      for (const payload of payloadsOf(name)) expect(baseOf(name, payload)).toBeNull();
    }
  });
});
