import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { findBase } from "../../src/action/base.ts";
import { createRepository, git, temporaryFolder, writeFiles } from "../support/repository.ts";

const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const OPTIONS = { serverUrl: "https://github.com", token: "" };

/** A repository with a branch, as GitHub has it, and the ids of its commits. */
function upstream() {
  const folder = createRepository({ "a.yaml": "a: 1\n" });
  const tip = (name: string) => git(folder, "rev-parse", name).trim();
  git(folder, "switch", "--quiet", "--create", "topic");
  writeFiles(folder, { "b.yaml": "b: 1\n" });
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Topic");
  git(folder, "switch", "--quiet", "main");
  writeFiles(folder, { "c.yaml": "c: 1\n" });
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Main");
  git(folder, "switch", "--quiet", "--detach", "main");
  git(folder, "merge", "--quiet", "--no-ff", "--message", "Merge", "topic");
  git(folder, "branch", "merge");
  git(folder, "config", "uploadpack.allowAnySHA1InWant", "true");
  const fork = git(folder, "merge-base", "main", "topic").trim();
  return { folder, main: tip("main"), topic: tip("topic"), fork };
}

/** A checkout of `branch`, `depth` commits deep; 0 for all. */
function checkout(from: string, branch: string, depth: number): string {
  const folder = temporaryFolder();
  const shallow = depth === 0 ? [] : ["--depth", String(depth)];
  git(folder, "clone", "--quiet", ...shallow, "--branch", branch, `file://${from}`, "clone");
  return join(folder, "clone");
}

const pull = ({ main, topic }: { main: string; topic: string }) => ({
  ...OPTIONS,
  name: "pull_request",
  payload: { pull_request: { head: { sha: topic }, base: { sha: main } } },
});

describe("the base of a pull request", () => {
  test.each([1, 2, 0])("is the first parent of GitHub's merge, %d commits deep", async (depth) => {
    const there = upstream();
    const clone = checkout(there.folder, "merge", depth);
    await expect(findBase(clone, pull(there), "error")).resolves.toEqual({
      base: { ref: there.main, at: "commit", settings: there.main },
      note: null,
    });
    expect(git(clone, "cat-file", "-t", there.main).trim()).toBe("commit");
  });

  test.each([1, 0])("is the merge base where the head itself is checked out, %d commits deep", async (depth) => {
    const there = upstream();
    const clone = checkout(there.folder, "topic", depth);
    await expect(findBase(clone, pull(there), "error")).resolves.toEqual({
      base: { ref: there.fork, at: "commit", settings: there.main },
      note: null,
    });
  });

  test("that can't be had says what to set", async () => {
    const there = upstream();
    const clone = checkout(there.folder, "merge", 1);
    git(clone, "remote", "set-url", "origin", `file://${temporaryFolder()}`);
    await expect(findBase(clone, pull(there), "error")).rejects.toThrow("set `fetch-depth: 2`");
    const { base, note } = await findBase(clone, pull(there), "all");
    expect(base).toEqual({ ref: EMPTY_TREE, at: "commit", settings: EMPTY_TREE });
    expect(note).toContain("Everything counts");
    expect(note).toContain("the built-in one is used");
  });

  test("is nothing where only the fork point is missing, and the settings are still those of the base", async () => {
    const there = upstream();
    const clone = checkout(there.folder, "topic", 1);
    git(clone, "fetch", "--quiet", "--depth", "1", "origin", there.main);
    git(clone, "remote", "set-url", "origin", `file://${temporaryFolder()}`);
    await expect(findBase(clone, pull(there), "error")).rejects.toThrow("set `fetch-depth: 0`");
    const { base, note } = await findBase(clone, pull(there), "all");
    expect(base).toEqual({ ref: EMPTY_TREE, at: "commit", settings: there.main });
    expect(note).not.toContain("built-in");
  });

  test("without a checkout is an error", async () => {
    const there = upstream();
    await expect(findBase(temporaryFolder(), pull(there), "error")).rejects.toThrow("run actions/checkout");
    await expect(findBase(temporaryFolder(), pull(there), "all")).rejects.toThrow("run actions/checkout");
  });
});

test("a push whose commit before is gone counts everything", async () => {
  const there = upstream();
  const clone = checkout(there.folder, "main", 0);
  const event = { ...OPTIONS, name: "push", payload: { before: "d".repeat(40) } };
  await expect(findBase(clone, event, "error")).resolves.toMatchObject({ base: null, note: expect.any(String) });
});

test("what needs no base gets none, checkout or not", async () => {
  await expect(findBase(temporaryFolder(), { ...OPTIONS, name: "schedule", payload: {} }, "error")).resolves.toEqual({
    base: null,
    note: null,
  });
});
