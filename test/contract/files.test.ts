import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { discover, type DiscoverRequest, type Discovery } from "../../src/adapters/files/discover.ts";
import { findReferenced } from "../../src/adapters/files/referenced.ts";
import { findRoot } from "../../src/adapters/files/root.ts";
import { GitError } from "../../src/adapters/git/git.ts";
import { UsageError } from "../../src/core/errors.ts";

let base: string;
let root: string;

function git(...args: string[]): void {
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: root, stdio: "ignore" });
}

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "x");
  }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

async function find(paths: string[], more: Partial<DiscoverRequest> = {}): Promise<Discovery> {
  return discover({ cwd: root, paths, exclude: [], ...more });
}

async function uris(paths: string[], more: Partial<DiscoverRequest> = {}): Promise<string[]> {
  return (await find(paths, more)).files.map(({ uri }) => uri);
}

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "portcullis-files-")));
  root = join(base, "repo");
  mkdirSync(root);
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

describe("root", () => {
  test("is the work tree around the working directory, else around the path, else the folder", async () => {
    write("a/b.yaml", "c/d.yaml");
    expect(await findRoot(root, [])).toEqual({ path: root, git: false });
    expect(await findRoot(root, ["a"])).toEqual({ path: join(root, "a"), git: false });
    expect(await findRoot(root, ["a/b.yaml"])).toEqual({ path: root, git: false });
    expect(await findRoot(base, ["repo/a", "repo/c"])).toEqual({ path: root, git: false });
    expect(await findRoot(join(root, "c"), ["../a/b.yaml"])).toEqual({ path: join(root, "a"), git: false });
    git("init", "-q");
    expect(await findRoot(join(root, "a"), ["../c"])).toEqual({ path: root, git: true });
    expect(await findRoot(base, ["repo/a"])).toEqual({ path: root, git: true });
    expect(await findRoot(root, ["a", ".."])).toEqual({ path: base, git: false });
  });
});

describe.each(["plain", "git"])("in a %s folder", (mode) => {
  beforeEach(() => {
    if (mode === "git") git("init", "-q");
  });

  test("lists files, folders and globs, each file once, sorted", async () => {
    write("b.yaml", "a/x.yaml", "a/deep/y.yml", "a/z.json", ".hidden/h.yaml", "n[1].yaml");
    expect(await uris([])).toEqual([".hidden/h.yaml", "a/deep/y.yml", "a/x.yaml", "a/z.json", "b.yaml", "n[1].yaml"]);
    expect(await uris([".", "a", "a/x.yaml", "b.yaml"])).toHaveLength(6);
    expect(await uris(["**/*.yaml"])).toEqual([".hidden/h.yaml", "a/x.yaml", "b.yaml", "n[1].yaml"]);
    expect(await uris(["./**/*.{yml,json}"])).toEqual(["a/deep/y.yml", "a/z.json"]);
    expect(await uris(["a*", "*.yaml"])).toEqual(["a/deep/y.yml", "a/x.yaml", "a/z.json", "b.yaml", "n[1].yaml"]);
    expect(await uris(["n[1].yaml"])).toEqual(["n[1].yaml"]);
    expect(await uris([join(root, "a/x.yaml")])).toEqual(["a/x.yaml"]);
  });

  test("reads Windows paths", async () => {
    write("a/x.yaml", "a/deep/y.yaml");
    expect(await uris(["a\\x.yaml"])).toEqual(["a/x.yaml"]);
    expect(await uris([".\\a\\deep\\..\\x.yaml"])).toEqual(["a/x.yaml"]);
    const globbed = (await find(["a\\**\\*.yaml"])).files.map(({ absolutePath }) => absolutePath);
    expect(globbed.sort()).toEqual([join(root, "a/deep/y.yaml"), join(root, "a/x.yaml")]);
  });

  test("knows what was named", async () => {
    write("a/x.yaml", "a/y.yaml");
    const { files } = await find(["a", "a/x.yaml", "a/y*"]);
    expect(files.map(({ explicit, context }) => [explicit, context])).toEqual([
      [true, false],
      [false, false],
    ]);
    expect(files[0]?.absolutePath).toBe(join(root, "a/x.yaml"));
  });

  test.each(["gone.yaml", "", "a\0b", "no/such/*.yaml", "*.nothing", "x.yaml/y", "a\nb"])(
    "%j is a mistake",
    async (path) => {
      write("x.yaml");
      await expect(find(["x.yaml", path])).rejects.toThrow(UsageError);
    },
  );

  test("leaves out dependencies, version control, and what is excluded", async () => {
    write(
      "node_modules/p/a.yaml",
      "x/node_modules/b.yaml",
      "keep/a.yaml",
      "gen/a.yaml",
      "keep/b.tmp.yaml",
      "!odd.yaml",
      ".svn/a.yaml",
    );
    const found = await find([], { exclude: ["gen/", "**/*.tmp.yaml", "!odd.yaml", ".svn"] });
    expect(found.files.map(({ uri }) => uri)).toEqual(["keep/a.yaml"]);
    expect(found.skipped["excluded"]).toBeGreaterThanOrEqual(4);
    expect(await uris(["node_modules/p"])).toHaveLength(1);
    expect(await uris(["keep/a.yaml", "gen/a.yaml"], { exclude: ["gen"] })).toEqual(["keep/a.yaml"]);
  });

  test("reads links inside the root once and follows none out of it", async () => {
    write("real/a.yaml", "other/b.yaml", "other/deep/c.yaml");
    mkdirSync(join(base, "outside"));
    writeFileSync(join(base, "outside/s.yaml"), "x");
    link("../real/a.yaml", "k/a.yaml");
    link("../other", "k/other");
    link("../../outside/s.yaml", "k/s.yaml");
    link("../../outside", "k/folder");
    link("../../outside/none.yaml", "k/none.yaml");
    link("../../outside/s.yaml", "k/picture.png");
    link("nowhere.yaml", "k/broken.yaml");
    link("loop", "k/loop");
    link("..", "k/up");
    const all = await find([]);
    expect(all.files.map(({ uri }) => uri)).toEqual(["other/b.yaml", "other/deep/c.yaml", "real/a.yaml"]);
    expect(all.errors.map(({ uri, reason }) => [uri, reason])).toEqual([
      ["k/folder", "outside-root"],
      ["k/none.yaml", "outside-root"],
      ["k/s.yaml", "outside-root"],
    ]);
    expect(all.skipped).toEqual({ "broken-link": 2, "outside-root": 1 });
    expect((await find(["k/s.yaml"])).files).toMatchObject([
      { absolutePath: join(base, "outside/s.yaml"), explicit: true },
    ]);
  });

  test("folders that link to each other end", async () => {
    write("a/x.yaml", "b/y.yaml");
    link("../b", "a/to-b");
    link("../a", "b/to-a");
    expect(await uris([])).toEqual(["a/x.yaml", "b/y.yaml"]);
  });

  test("keeps hostile names", async () => {
    const names = [
      "a\nb.yaml",
      "\u001b[2Jc.yaml",
      "d\u202Egnp.yaml",
      "back\\slash.yaml",
      "..e.yaml",
      "...",
      "::error::f.yaml",
      "%0Ag.yaml",
    ];
    write(...names);
    expect(await uris([])).toEqual([...names].sort());
    expect(await uris(["back\\slash.yaml"])).toEqual(["back\\slash.yaml"]);
  });

  test("reports a name that is no UTF-8", async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff]), Buffer.from(".yaml")]), "x");
    expect((await find([])).errors.map(({ reason }) => reason)).toEqual(["read-failed"]);
  });

  test("goes as deep as folders go", async () => {
    const deep = `${"d/".repeat(600)}x.yaml`;
    write(deep);
    expect(await uris([])).toEqual([deep]);
  });

  test("never opens what is no file", async () => {
    execFileSync("mkfifo", [join(root, "pipe.yaml")]);
    write("a.yaml");
    expect(await uris(["."])).toEqual(["a.yaml"]);
    await expect(find(["pipe.yaml"])).rejects.toThrow(UsageError);
  });
});

describe("with Git", () => {
  beforeEach(() => git("init", "-q"));

  test("heeds .gitignore, but not against a name typed", async () => {
    write("a.yaml", "out/b.yaml", "c.log.yaml");
    writeFileSync(join(root, ".gitignore"), "out/\n*.log.yaml\n");
    expect(await uris([])).toEqual([".gitignore", "a.yaml"]);
    expect(await uris(["out"])).toEqual(["out/b.yaml"]);
    expect(await uris(["c.log.yaml"])).toEqual(["c.log.yaml"]);
  });

  test("what is deleted in the work tree is not there", async () => {
    write("a.yaml", "b.yaml");
    git("add", "-A");
    unlinkSync(join(root, "a.yaml"));
    expect(await find([])).toMatchObject({ files: [{ uri: "b.yaml" }], errors: [] });
  });

  test("brings the chart of a named template along", async () => {
    write(
      "c/Chart.yaml",
      "c/templates/sub/a.yaml",
      "c/crds/b.yaml",
      "c/charts/d/Chart.yaml",
      "c/charts/d/templates/e.yaml",
    );
    expect(await uris(["c/templates"])).toEqual(["c/Chart.yaml", "c/templates/sub/a.yaml"]);
    expect(await uris(["c/charts/d/templates/e.yaml"])).toEqual([
      "c/Chart.yaml",
      "c/charts/d/Chart.yaml",
      "c/charts/d/templates/e.yaml",
    ]);
    expect(await uris(["c/crds"])).toEqual(["c/crds/b.yaml"]);
  });

  test("a folder that a link in a named one leads to is judged", async () => {
    write("other/b.yaml", "other/deep/c.yaml", "real/a.yaml");
    link("../other", "k/other");
    link("../real/a.yaml", "k/a.yaml");
    expect(await uris(["k"])).toEqual(["other/b.yaml", "other/deep/c.yaml", "real/a.yaml"]);
  });

  test("submodules are counted, and judged where they are named", async () => {
    write("a.yaml", "sub/b.yaml");
    execFileSync("git", ["init", "-q"], { cwd: join(root, "sub") });
    execFileSync("git", ["add", "-A"], { cwd: join(root, "sub") });
    expect(await find([])).toMatchObject({ files: [{ uri: "a.yaml" }], skipped: { submodule: 1 } });
    expect(await uris(["sub"])).toEqual(["sub/b.yaml"]);
  });

  test("a broken repository is an error", async () => {
    write("a.yaml");
    writeFileSync(join(root, ".git/index"), "garbage");
    await expect(find([])).rejects.toThrow(GitError);
  });

  test("with references, the rest of the work tree is context", async () => {
    write("a/role.yaml", "a/binding.yaml", "kustomization.yaml", "README.md", "main.go", "x/Kustomization");
    link("../a/role.yaml", "l/link.yaml");
    const { files } = await find(["a/binding.yaml", "main.go"], { withReferences: true });
    expect(files.map(({ uri, explicit, context }) => [uri, explicit, context])).toEqual([
      ["a/binding.yaml", false, false],
      ["a/role.yaml", false, true],
      ["kustomization.yaml", false, true],
      ["main.go", false, false],
      ["x/Kustomization", false, true],
    ]);
  });

  test("with references, a named link may not leave the work tree", async () => {
    write("a.yaml");
    writeFileSync(join(base, "s.yaml"), "x");
    link("../s.yaml", "s.yaml");
    for (const paths of [["s.yaml"], ["a.yaml", "s.yaml"]]) {
      const found = await find(paths, { withReferences: true });
      expect(found.root).toBe(root);
      expect(found.errors.map(({ uri, reason }) => [uri, reason])).toEqual([["s.yaml", "outside-root"]]);
      expect(found.files.map(({ absolutePath }) => absolutePath)).toEqual([join(root, "a.yaml")]);
    }
  });

  test("with references, errors outside of what was named are not reported", async () => {
    write("a.yaml");
    link("/etc", "b");
    expect(await find(["a.yaml"], { withReferences: true })).toMatchObject({ errors: [], skipped: {} });
  });
});

describe("findReferenced", () => {
  test("finds files and kustomizations that lie in the root", () => {
    write("base/kustomization.yml", "shared/role.yaml", "empty/x.yaml");
    writeFileSync(join(base, "s.yaml"), "x");
    link("../s.yaml", "out.yaml");
    link("shared/role.yaml", "in.yaml");
    const { files, errors } = findReferenced(root, [
      "base",
      "shared/role.yaml",
      "in.yaml",
      "out.yaml",
      "empty",
      "gone.yaml",
      "a\0b",
    ]);
    expect(files.map(({ uri, context }) => [uri, context])).toEqual([
      ["base/kustomization.yml", true],
      ["shared/role.yaml", true],
    ]);
    expect(errors.map(({ uri, reason }) => [uri, reason])).toEqual([["out.yaml", "outside-root"]]);
  });
});
