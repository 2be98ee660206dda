import { describe, expect, test } from "@jest/globals";
import { namedValues, suggestedValues } from "../../../../src/core/charts/values-files.ts";

describe("suggestedValues", () => {
  test("names the values files of a chart's folder, sorted", () => {
    const paths = ["values.prod.yaml", "ci/small-values.yml", "values-dev.yaml", "values-a.b.yml", "ci/-values.yaml"];
    expect(suggestedValues(paths)).toEqual([
      "ci/-values.yaml",
      "ci/small-values.yml",
      "values-a.b.yml",
      "values-dev.yaml",
      "values.prod.yaml",
    ]);
  });

  test.each([
    "values.yaml",
    "values.yml",
    "values.schema.json",
    "values.schema.yaml",
    "values-dev.yaml.tpl",
    "values-dev.json",
    "ci/values.yaml",
    "ci/deep/a-values.yaml",
    "envs/values-dev.yaml",
    "charts/sub/values-dev.yaml",
    "templates/values-dev.yaml",
    "myvalues-dev.yaml",
    "values-.yaml/x",
    "xci/a-values.yaml",
    "",
  ])("%j is none", (path) => {
    expect(suggestedValues([path])).toEqual([]);
  });

  test("takes long names in short time", () => {
    const path = `ci/${"-values".repeat(100_000)}`;
    const started = Date.now();
    expect(suggestedValues([path, `${path}.yaml`])).toEqual([`${path}.yaml`]);
    expect(Date.now() - started).toBeLessThan(60_000);
  });
});

describe("namedValues", () => {
  test("are those that somebody names, one by one or by a glob", () => {
    const isValues = namedValues(["env/**/*.yaml"], ["prod/values.txt"]);
    expect(["env/a.yaml", "env/a/.b.yaml", "prod/values.txt"].filter(isValues)).toHaveLength(3);
    expect(["env/a.json", "other/a.yaml", "prod/values.txt/x"].filter(isValues)).toEqual([]);
    expect(namedValues([], [])("values.yaml")).toBe(false);
  });
});
