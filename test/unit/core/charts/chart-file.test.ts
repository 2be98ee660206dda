import { describe, expect, test } from "@jest/globals";
import { chartFileUri } from "../../../../src/core/charts/chart-file.ts";

describe("chartFileUri", () => {
  const mounts = new Map([
    ["charts/common", "libs/common"],
    ["charts/common/charts/base", "libs/base"],
    ["charts/top", ""],
  ]);
  test.each([
    ["deploy/app", "templates/a.yaml", null, "deploy/app/templates/a.yaml"],
    ["", "templates/a.yaml", null, "templates/a.yaml"],
    ["app", "templates/a.yaml", "charts/sub-1.0.0.tgz", "app/charts/sub-1.0.0.tgz"],
    ["app", "charts/common/templates/a.yaml", null, "libs/common/templates/a.yaml"],
    ["app", "charts/common/charts/base/Chart.yaml", null, "libs/base/Chart.yaml"],
    ["app", "charts/common-x/a.yaml", null, "app/charts/common-x/a.yaml"],
    ["app", "templates/x.yaml", "charts/common/charts/x-1.tgz", "libs/common/charts/x-1.tgz"],
    ["app", "charts/top/values.yaml", null, "values.yaml"],
  ])("%j %s in %s", (folder, path, archive, uri) => {
    expect(chartFileUri(folder, mounts, { path, archive })).toBe(uri);
  });
});
