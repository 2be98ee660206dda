import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  GitError,
  gitTopLevel,
  isIgnored,
  remoteUrls,
  runGit,
  trackedAndUntracked,
} from "../../src/adapters/git/git.ts";

let root: string;

function git(folder: string, ...args: string[]): void {
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: folder,
    stdio: "ignore",
  });
}

function write(path: string, text = "x"): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "portcullis-git-")));
  git(root, "init", "-q");
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe("remoteUrls", () => {
  test("the URLs of all remotes, none where there is no remote", async () => {
    expect(await remoteUrls(root)).toEqual([]);
    git(root, "remote", "add", "origin", "git@example.com:acme/platform.git");
    git(root, "remote", "add", "up.stream", "https://example.com/acme/platform");
    expect(await remoteUrls(root)).toEqual(["git@example.com:acme/platform.git", "https://example.com/acme/platform"]);
  });

  test("throws where Git cannot read its configuration", async () => {
    writeFileSync(join(root, ".git/config"), "[broken");
    await expect(remoteUrls(root)).rejects.toThrow(GitError);
  });
});

describe("gitTopLevel", () => {
  test("finds the work tree from inside, through links, and from .git", async () => {
    write("a/b/c.yaml");
    symlinkSync("a/b", join(root, "link"));
    for (const folder of ["", "a/b", "link", ".git"]) expect(await gitTopLevel(join(root, folder))).toBe(root);
  });

  test("is null outside of Git", async () => {
    const plain = mkdtempSync(join(tmpdir(), "portcullis-plain-"));
    expect(await gitTopLevel(plain)).toBeNull();
    rmSync(plain, { recursive: true });
  });

  test("throws where .git is broken, and does not climb to the repository around it", async () => {
    mkdirSync(join(root, "inner/.git"), { recursive: true });
    await expect(gitTopLevel(join(root, "inner"))).rejects.toThrow(GitError);
    writeFileSync(join(root, ".git/HEAD"), "garbage");
    await expect(gitTopLevel(root)).rejects.toThrow(GitError);
  });

  test("reads a work tree that belongs to someone else", async () => {
    if (process.getuid?.() === 0) chownSync(root, 54_321, 54_321);
    expect(await gitTopLevel(root)).toBe(root);
    expect(await trackedAndUntracked(root, [])).toEqual({ files: [], repositories: [] });
  });
});

describe("trackedAndUntracked", () => {
  test("lists what Git would track", async () => {
    write(".gitignore", "ignored*\n");
    write("tracked.yaml");
    write("dir/forced.yaml");
    git(root, "add", "-A");
    write("ignored-but-tracked.yaml");
    git(root, "add", "-f", "ignored-but-tracked.yaml");
    write("untracked.yaml");
    write("ignored.yaml");
    const { files } = await trackedAndUntracked(root, []);
    expect([...files].sort()).toEqual([
      ".gitignore",
      "dir/forced.yaml",
      "ignored-but-tracked.yaml",
      "tracked.yaml",
      "untracked.yaml",
    ]);
    expect((await trackedAndUntracked(root, ["dir"])).files).toEqual(["dir/forced.yaml"]);
    const many = Array.from({ length: 3_000 }, (_all, index) => `no/such/folder/${index}`);
    expect((await trackedAndUntracked(root, [...many, "dir"])).files).toEqual(["dir/forced.yaml"]);
  });

  test("keeps hostile names whole", async () => {
    const names = [
      "new\nline.yaml",
      "tab\t.yaml",
      'quote".yaml',
      "\u001b[31m.yaml",
      "ünï.yaml",
      "-rf.yaml",
      ":(top)x.yaml",
      "* ?.yaml",
      "100644 a 0\tb.yaml",
    ];
    for (const name of names) write(name);
    git(root, "add", "--", "new\nline.yaml");
    expect([...(await trackedAndUntracked(root, [])).files].sort()).toEqual([...names].sort());
    expect((await trackedAndUntracked(root, [":(top)x.yaml"])).files).toEqual([":(top)x.yaml"]);
    expect((await trackedAndUntracked(root, ["-rf.yaml"])).files).toEqual(["-rf.yaml"]);
  });

  test("counts submodules and nested repositories, and lists none of their files", async () => {
    write("sub/a.yaml");
    git(join(root, "sub"), "init", "-q");
    git(join(root, "sub"), "add", "-A");
    git(join(root, "sub"), "commit", "-qm", "x");
    git(root, "add", "sub");
    write("nested/b.yaml");
    git(join(root, "nested"), "init", "-q");
    git(join(root, "nested"), "add", "-A");
    git(join(root, "nested"), "commit", "-qm", "x");
    const { files, repositories } = await trackedAndUntracked(root, []);
    expect(files).toEqual([]);
    expect([...repositories].sort()).toEqual(["nested", "sub"]);
  });

  test("lists a path in conflict once", async () => {
    write("a.yaml", "1");
    git(root, "add", "-A");
    git(root, "commit", "-qm", "1");
    git(root, "checkout", "-qb", "other");
    write("a.yaml", "2");
    git(root, "commit", "-qam", "2");
    git(root, "checkout", "-q", "-");
    write("a.yaml", "3");
    git(root, "commit", "-qam", "3");
    expect(() => git(root, "merge", "-q", "other")).toThrow("Command failed");
    expect((await trackedAndUntracked(root, [])).files).toEqual(["a.yaml"]);
  });

  test("starts no program that the repository names", async () => {
    const mark = join(root, "started");
    write("hook", `#!/bin/sh\ntouch '${mark}'\n`);
    chmodSync(join(root, "hook"), 0o755);
    git(root, "config", "core.fsmonitor", join(root, "hook"));
    git(root, "config", "core.hooksPath", root);
    await trackedAndUntracked(root, []);
    expect(existsSync(mark)).toBe(false);
    execFileSync("git", ["status"], { cwd: root, stdio: "ignore" });
    expect(existsSync(mark)).toBe(true);
  });

  test("does not heed the environment of a hook", async () => {
    write("a.yaml");
    process.env["GIT_DIR"] = "/nonexistent";
    process.env["GIT_INDEX_FILE"] = "/nonexistent";
    try {
      expect((await trackedAndUntracked(root, [])).files).toEqual(["a.yaml"]);
    } finally {
      delete process.env["GIT_DIR"];
      delete process.env["GIT_INDEX_FILE"];
    }
  });

  test("throws where Git fails", async () => {
    writeFileSync(join(root, ".git/index"), "garbage");
    await expect(trackedAndUntracked(root, [])).rejects.toThrow(GitError);
  });

  test("throws where there is no git program", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = join(root, "empty");
    try {
      await expect(gitTopLevel(root)).rejects.toThrow(/no git program/);
    } finally {
      process.env["PATH"] = path;
    }
  });
});

describe("the rest", () => {
  test("isIgnored", async () => {
    write(".gitignore", "build/\n");
    write("build/a.yaml");
    write("src/a.yaml");
    expect(await isIgnored(root, "build")).toBe(true);
    expect(await isIgnored(root, "build/a.yaml")).toBe(true);
    expect(await isIgnored(root, "src")).toBe(false);
  });

  test("runGit gives the exit code and bytes", async () => {
    expect(await runGit(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", "no-such-ref"])).toMatchObject({
      code: 1,
    });
  });
});
