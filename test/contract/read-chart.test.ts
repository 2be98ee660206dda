import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_CHART_LIMITS, readChart } from "../../src/adapters/files/read-chart.ts";
import { createFolder, createRepository, temporaryFolder, writeFiles } from "../support/repository.ts";

const CHART = "apiVersion: v2\nname: app\nversion: 1.0.0\n";

function namesOf({ files }: { files: ReadonlyMap<string, Uint8Array> }): readonly string[] {
  return [...files.keys()];
}

describe("what is handed over", () => {
  test("templates, values and subcharts, and nothing else, where no template reads files", async () => {
    const root = createFolder({
      "app/Chart.yaml": CHART,
      "app/values.yaml": "a: 1\n",
      "app/values-prod.yaml": "a: 2\n",
      "app/values.schema.json": "{}",
      "app/.helmignore": "x\n",
      "app/README.md": "# app\n",
      "app/ci/a-values.yaml": "a: 3\n",
      "app/ci/run.sh": "true\n",
      "app/crds/crd.yaml": "kind: CustomResourceDefinition\n",
      "app/docs/deep/a.md": "a\n",
      "app/templates/_x.tpl": "",
      "app/templates/deep/a.yaml": "{{ .Values.a }}\n",
      "app/templates/NOTES.txt": "hi\n",
      "app/charts/sub/Chart.yaml": CHART,
      "app/charts/sub/README.md": "no\n",
      "app/charts/sub/values-prod.yaml": "b: 1\n",
      "app/charts/sub/crds/crd.yaml": "no\n",
      "app/charts/sub/templates/b.yaml": "b\n",
      "app/charts/sub/charts/deep/Chart.yaml": CHART,
      "app/charts/.gitkeep": "",
      "app/charts/_old/Chart.yaml": CHART,
    });
    const chart = await readChart(root, "app");
    expect(chart.unreadable).toEqual([]);
    expect(namesOf(chart)).toEqual([
      ".helmignore",
      "Chart.yaml",
      "charts/sub/Chart.yaml",
      "charts/sub/charts/deep/Chart.yaml",
      "charts/sub/templates/b.yaml",
      "ci/a-values.yaml",
      "templates/NOTES.txt",
      "templates/_x.tpl",
      "templates/deep/a.yaml",
      "values-prod.yaml",
      "values.schema.json",
      "values.yaml",
    ]);
  });

  const more = { "app/README.md": "# app\n", "app/conf/a.bin": new Uint8Array([0, 255]), "app/crds/c.yaml": "c\n" };
  test.each([
    ["a template", { "app/templates/a.yaml": '{{ .Files.Get "conf/a.bin" }}\n' }],
    [
      "a helper of a subchart",
      { "app/charts/sub/templates/_a.tpl": '{{ define "a" }}{{ $.Files.Get "x" }}{{ end }}\n' },
    ],
    ["values that may be expanded", { "app/values.yaml": "a: '{{ (.Files.Glob \"conf/*\").AsConfig }}'\n" }],
    ["further values", { "app/values-x.yaml": "a: '{{ .Files.Lines }}'\n" }],
    ["a packed subchart, which nobody looks into", { "app/charts/sub-1.0.0.tgz": new Uint8Array([31, 139]) }],
  ])("every file, where %s may read them", async (_, files) => {
    const root = createFolder({ "app/Chart.yaml": CHART, ...more, ...files });
    const chart = await readChart(root, "app");
    expect(namesOf(chart)).toEqual(expect.arrayContaining(["README.md", "conf/a.bin", "crds/c.yaml"]));
    expect(chart.files.get("conf/a.bin")).toEqual(new Uint8Array([0, 255]));
  });

  test("what Git ignores is there, and the history of a chart in the root is not", async () => {
    const root = createRepository({
      "Chart.yaml": CHART,
      ".gitignore": "charts/\n",
      ".helmignore": "node_modules/\n/docs\n*.md\n",
      "templates/a.yaml": '{{ .Files.Get "x" }}\n',
    });
    writeFiles(root, {
      "charts/sub-1.0.0.tgz": "x",
      "node_modules/a/b.js": "x",
      "docs/a.txt": "x",
      "deep/docs/a.txt": "x",
      "a.md": "x",
    });
    const chart = await readChart(root, "");
    // Patterns are the engine's to apply; only whole folders that they name are left out here.
    expect(namesOf(chart)).toEqual([
      ".gitignore",
      ".helmignore",
      "Chart.yaml",
      "a.md",
      "charts/sub-1.0.0.tgz",
      "deep/docs/a.txt",
      "templates/a.yaml",
    ]);
  });

  test("a pattern that takes another back leaves all to the engine", async () => {
    const root = createFolder({
      "Chart.yaml": CHART,
      ".helmignore": "docs/\n!docs/\n",
      "docs/a": "x",
      "templates/a": "Files",
    });
    expect(namesOf(await readChart(root, ""))).toContain("docs/a");
  });
});

describe("the key", () => {
  const base = { "app/Chart.yaml": CHART, "app/templates/a.yaml": "a\n" };
  const keyOf = async (files: Record<string, string>) => (await readChart(createFolder(files), "app")).key;

  test("is the same for the same content, wherever it lies", async () => {
    expect(await keyOf(base)).toBe(await keyOf({ ...base, "app/README.md": "not read\n" }));
    expect(await keyOf(base)).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ["other bytes", { "app/templates/a.yaml": "b\n" }],
    ["another path", { "app/templates/a.yaml": "", "app/templates/a.yamla": "\n" }],
    ["a further file", { "app/templates/b.yaml": "" }],
  ])("differs for %s", async (_, change) => {
    expect(await keyOf({ ...base, ...change })).not.toBe(await keyOf(base));
  });
});

describe("dependencies on folders", () => {
  const dependent = (repository: string, name = "common") =>
    `${CHART}dependencies:\n  - name: ${name}\n    version: 1.x\n    repository: "${repository}"\n`;

  test("are read from where they are", async () => {
    const root = createFolder({
      "charts/app/Chart.yaml": dependent("file://../../libs/common"),
      "libs/common/Chart.yaml": dependent("file://../base/", "base"),
      "libs/common/templates/a.yaml": "a\n",
      "libs/base/Chart.yaml": CHART,
    });
    const chart = await readChart(root, "charts/app");
    expect(namesOf(chart)).toEqual([
      "Chart.yaml",
      "charts/common/Chart.yaml",
      "charts/common/charts/base/Chart.yaml",
      "charts/common/templates/a.yaml",
    ]);
    expect([...chart.mounts]).toEqual([
      ["charts/common", "libs/common"],
      ["charts/common/charts/base", "libs/base"],
    ]);
  });

  test("are those of requirements.yaml, too", async () => {
    const root = createFolder({
      "app/Chart.yaml": "apiVersion: v1\nname: app\nversion: 1.0.0\n",
      "app/requirements.yaml": "dependencies:\n  - { name: common, version: 1.x, repository: 'file://../common' }\n",
      "common/Chart.yaml": CHART,
    });
    expect(namesOf(await readChart(root, "app"))).toContain("charts/common/Chart.yaml");
  });

  test.each([
    ["a folder", { "app/charts/common/Chart.yaml": CHART.replace("app", "common") }],
    ["a folder of another name", { "app/charts/x/Chart.yaml": CHART.replace("app", "common") }],
    ["a folder with another chart in it", { "app/charts/common/Chart.yaml": CHART }],
    ["an archive", { "app/charts/common-1.2.3.tgz": "x" }],
  ])("are not read where charts/ holds them as %s", async (_, files) => {
    const root = createFolder({
      "app/Chart.yaml": dependent("file://../common"),
      "common/Chart.yaml": "x: 1\n",
      ...files,
    });
    const chart = await readChart(root, "app");
    expect(chart.mounts.size).toBe(0);
    expect(namesOf(chart).filter((name) => name.startsWith("charts/"))).toEqual(
      Object.keys(files).map((name) => name.slice(4)),
    );
  });

  test("are read beside an archive of a longer name", async () => {
    const root = createFolder({
      "app/Chart.yaml": dependent("file://../common"),
      "app/charts/common-extra-1.0.0.tgz": "x",
      "common/Chart.yaml": CHART,
    });
    expect([...(await readChart(root, "app")).mounts.keys()]).toEqual(["charts/common"]);
  });

  test.each([
    "file://../../outside",
    "file:///etc",
    "file://..",
    "file://.",
    "file://",
    "file://../missing",
    "file://../app",
    "file://../app/Chart.yaml",
    "file://../link",
    "https://example.com",
  ])("%s is not read", async (repository) => {
    const outer = createFolder({
      "outside/Chart.yaml": CHART,
      "root/app/Chart.yaml": dependent(repository),
    });
    symlinkSync(join(outer, "outside"), join(outer, "root/link"));
    const chart = await readChart(join(outer, "root"), "app");
    expect(namesOf(chart)).toEqual(["Chart.yaml"]);
    expect(chart.mounts.size).toBe(0);
  });

  test("two that depend on each other end", async () => {
    const root = createFolder({
      "a/Chart.yaml": dependent("file://../b", "b"),
      "b/Chart.yaml": dependent("file://../a", "a"),
    });
    expect(namesOf(await readChart(root, "a"))).toEqual(["Chart.yaml", "charts/b/Chart.yaml"]);
  });

  test("a name that is a path is not", async () => {
    const root = createFolder({ "app/Chart.yaml": dependent("file://../b", "../x"), "b/Chart.yaml": CHART });
    expect(namesOf(await readChart(root, "app"))).toEqual(["Chart.yaml"]);
  });
});

describe("links", () => {
  test("are followed inside the root and refused outside", async () => {
    const outer = realpathSync(temporaryFolder());
    writeFiles(outer, {
      "secret.yaml": "hunter2\n",
      "root/shared/a.yaml": "a\n",
      "root/shared/deep/b.yaml": "b\n",
      "root/app/Chart.yaml": CHART,
      "root/app/templates/x.yaml": "x\n",
    });
    const link = (to: string, at: string) => symlinkSync(to, join(outer, "root/app", at));
    link("../../shared/a.yaml", "templates/a.yaml");
    link("../../shared/deep", "templates/deep");
    link("../../../secret.yaml", "templates/out.yaml");
    link(outer, "templates/out");
    link("nowhere", "templates/broken.yaml");
    link("../../app", "templates/loop");
    link("../../secret.yaml", "README.md");
    const chart = await readChart(join(outer, "root"), "app");
    expect(namesOf(chart)).toEqual(["Chart.yaml", "templates/a.yaml", "templates/deep/b.yaml", "templates/x.yaml"]);
    expect(chart.unreadable.map(({ uri, reason }) => `${uri} ${reason}`)).toEqual([
      "app/templates/broken.yaml read-failed",
      "app/templates/loop read-failed",
      "app/templates/out outside-root",
      "app/templates/out.yaml outside-root",
    ]);
    expect(JSON.stringify(chart.unreadable)).not.toContain("hunter2");
  });

  test("a chart's folder outside of the root is refused", async () => {
    const outer = realpathSync(createFolder({ "root/a": "", "other/Chart.yaml": CHART }));
    symlinkSync("../other", join(outer, "root/app"));
    const root = join(outer, "root");
    for (const folder of ["app", "../other", "missing"]) {
      const chart = await readChart(root, folder);
      expect([...chart.files]).toEqual([]);
      expect(chart.unreadable).toMatchObject([{ uri: folder, reason: "outside-root" }]);
    }
  });

  test("what is no file is reported, and not waited for", async () => {
    const root = createFolder({ "app/Chart.yaml": CHART, "app/templates/": "" });
    execFileSync("mkfifo", [join(root, "app/templates/pipe.yaml")]);
    expect((await readChart(root, "app")).unreadable).toMatchObject([
      { uri: "app/templates/pipe.yaml", reason: "read-failed" },
    ]);
  });
});

describe("limits", () => {
  test("a large file is left out and said", async () => {
    const root = createFolder({
      "app/Chart.yaml": CHART,
      "app/templates/a.yaml": "a".repeat(2000),
      "app/templates/b.yaml": "b",
    });
    const chart = await readChart(root, "app", { ...DEFAULT_CHART_LIMITS, maxFileSize: 1000 });
    expect(namesOf(chart)).toEqual(["Chart.yaml", "templates/b.yaml"]);
    expect(chart.unreadable).toMatchObject([{ uri: "app/templates/a.yaml", reason: "limit-exceeded" }]);
  });

  test("a large chart is not handed over", async () => {
    const root = createFolder({
      "app/Chart.yaml": CHART,
      "app/templates/a.yaml": "a".repeat(2000),
      "app/templates/b.yaml": "b",
    });
    const chart = await readChart(root, "app", { ...DEFAULT_CHART_LIMITS, maxChartSize: 1000 });
    expect([...chart.files]).toEqual([]);
    expect(chart.unreadable).toMatchObject([{ uri: "app/Chart.yaml", reason: "limit-exceeded" }]);
  });

  test("a chart of many entries ends, folders counted", async () => {
    const root = createFolder({ "Chart.yaml": CHART });
    for (let index = 0; index < 60; index += 1) mkdirSync(join(root, `templates/${index}`), { recursive: true });
    writeFileSync(join(root, "templates/z.yaml"), "z");
    const chart = await readChart(root, "", { ...DEFAULT_CHART_LIMITS, maxEntries: 50 });
    expect([...chart.files]).toEqual([]);
    expect(chart.unreadable).toMatchObject([{ uri: "Chart.yaml", reason: "limit-exceeded" }]);
    expect((await readChart(root, "", { ...DEFAULT_CHART_LIMITS, maxEntries: 70 })).unreadable).toEqual([]);
  });

  test("links that multiply each other end", async () => {
    const root = createFolder({ "Chart.yaml": CHART, "a0/x": "" });
    for (let level = 1; level < 20; level += 1) {
      mkdirSync(join(root, `a${level}`));
      for (let index = 0; index < 10; index += 1) symlinkSync(`../a${level - 1}`, join(root, `a${level}/${index}`));
    }
    mkdirSync(join(root, "templates"));
    symlinkSync("../a19", join(root, "templates/a"));
    const started = Date.now();
    expect((await readChart(root, "", { ...DEFAULT_CHART_LIMITS, maxEntries: 5000 })).unreadable).toMatchObject([
      { reason: "limit-exceeded" },
    ]);
    expect(Date.now() - started).toBeLessThan(60_000);
  });
});
