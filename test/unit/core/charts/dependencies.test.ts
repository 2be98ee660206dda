import { describe, expect, test } from "@jest/globals";
import {
  absentDependencies,
  chartDependencies,
  declaredDependencies,
} from "../../../../src/core/charts/dependencies.ts";

function files(texts: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]));
}

const CHART = `name: app
dependencies:
  - { name: redis, version: 1.x, repository: "https://example.com" }
  - { name: redis-ha, version: 2.x, repository: "https://example.com", alias: cache }
`;

describe("absentDependencies", () => {
  const absent = (more: Readonly<Record<string, string>>) =>
    absentDependencies(files({ "Chart.yaml": CHART, ...more })).map(({ name }) => name);

  test.each<[string, Record<string, string>, string[]]>([
    ["nothing there", {}, ["redis", "redis-ha"]],
    ["an archive", { "charts/redis-1.2.3.tgz": "" }, ["redis-ha"]],
    ["an archive of a longer name", { "charts/redis-ha-4.5.6.tgz": "" }, ["redis"]],
    ["an archive with a v", { "charts/redis-v1.2.3.tgz": "" }, ["redis-ha"]],
    ["an archive without a version", { "charts/redis.tgz": "" }, ["redis-ha"]],
    ["a folder of any name", { "charts/x/Chart.yaml": "name: redis\n" }, ["redis-ha"]],
    ["a folder with another chart", { "charts/redis/Chart.yaml": "name: other\n" }, ["redis", "redis-ha"]],
    ["a folder without a chart", { "charts/redis/values.yaml": "" }, ["redis", "redis-ha"]],
    [
      "a folder that Helm skips",
      { "charts/_redis/Chart.yaml": "name: redis\n", "charts/.redis-1.0.0.tgz": "" },
      ["redis", "redis-ha"],
    ],
    ["a deeper one", { "charts/x/charts/redis/Chart.yaml": "name: redis\n" }, ["redis", "redis-ha"]],
    ["one beside charts/", { "redis/Chart.yaml": "name: redis\n" }, ["redis", "redis-ha"]],
  ])("with %s", (_, more, names) => {
    expect(absent(more)).toEqual(names);
  });
});

describe("what a chart declares", () => {
  test.each([
    ["no file", {}],
    ["no YAML", { "Chart.yaml": "a: [" }],
    ["a list", { "Chart.yaml": "- a\n" }],
    ["no list of dependencies", { "Chart.yaml": "dependencies: x\n" }],
    ["dependencies that are none", { "Chart.yaml": "dependencies: [1, null, [], {}, { name: 1 }]\n" }],
    [
      "a bomb",
      {
        "Chart.yaml": `a: &a [x]\n${Array.from({ length: 30 }, (_, index) => `k${index}: &k${index} [*a, *a]`).join("\n")}\ndependencies: [`,
      },
    ],
    ["too much", { "Chart.yaml": `dependencies: [{ name: a }]\n#${"x".repeat(2 ** 20)}` }],
  ])("is nothing for %s", (_, texts) => {
    expect(declaredDependencies(files(texts), "")).toEqual([]);
    expect(chartDependencies(files(texts)).lock).toBeNull();
  });

  test("is read from the file of older charts first", () => {
    const texts = {
      "Chart.yaml": CHART,
      "requirements.yaml": "dependencies: [{ name: old, version: 1.0.0, repository: x }]\n",
    };
    expect(declaredDependencies(files(texts), "").map(({ name }) => name)).toEqual(["old"]);
  });

  test("is that of the chart asked for", () => {
    expect(declaredDependencies(files({ "charts/a/Chart.yaml": CHART }), "charts/a/")).toHaveLength(2);
  });

  test("leaves out versions that are no texts", () => {
    expect(
      declaredDependencies(files({ "Chart.yaml": "dependencies: [{ name: a, version: 1.0, repository: 3 }]\n" }), ""),
    ).toMatchObject([{ name: "a", version: "", repository: "" }]);
  });
});
