import { describe, expect, test } from "@jest/globals";
import { chartRoots, chartsNotEvaluated } from "../../../../src/core/input/charts.ts";

const uris = [
  "Chart.yaml.md",
  "charts/shop/Chart.yaml",
  "charts/shop/charts/db/Chart.yaml",
  "charts/shop/charts/db/templates/db.yaml",
  "charts/shop/ci/prod-values.yaml",
  "charts/shop/crds/crd.yaml",
  "charts/shop/templates/tests/test.yaml",
  "charts/shop/values-prod.yaml",
  "charts/shop/values.yaml",
  "k8s/templates/a.yaml",
  "k8s/values.yaml",
];

describe("chartRoots", () => {
  test("finds outermost charts", () => {
    expect(chartRoots(uris).roots).toEqual([{ root: "charts/shop", uri: "charts/shop/Chart.yaml", renders: true }]);
  });

  test.each([
    ["charts/shop/templates/tests/test.yaml", "template"],
    ["charts/shop/charts/db/templates/db.yaml", "template"],
    ["charts/shop/templates/_helpers.tpl", "template"],
    ["charts/shop/values.yaml", "values"],
    ["charts/shop/values-prod.yaml", "values"],
    ["charts/shop/ci/prod-values.yaml", "values"],
    ["charts/shop/crds/crd.yaml", "none"],
    ["charts/shop/Chart.yaml", "none"],
    ["charts/shop/files/values/a.yaml", "none"],
    ["k8s/templates/a.yaml", "none"],
    ["k8s/values.yaml", "none"],
    ["charts/shop2/templates/a.yaml", "none"],
  ])("%s is %s", (uri, part) => {
    expect(chartRoots(uris).partOf(uri)).toBe(part);
  });

  test("a chart at the root, and one in its examples", () => {
    const charts = chartRoots(["Chart.yaml", "templates/a.yaml", "charts/x/Chart.yaml", "examples/y/Chart.yaml"]);
    expect(charts.roots.map(({ root }) => root)).toEqual(["", "examples/y"]);
    expect(charts.partOf("templates/a.yaml")).toBe("template");
  });

  const texts: Record<string, string> = {
    "lib/Chart.yaml": "apiVersion: v2\nname: lib\ntype: library # yes\r\n",
    "empty/Chart.yaml": "apiVersion: v2\nname: empty\n",
    "umbrella/Chart.yaml": "apiVersion: v2\nname: umbrella\ndependencies:\n- name: x\n",
    "old/Chart.yaml": "name: old\n",
    "app/Chart.yaml": "apiVersion: v2\ntype: application\n",
  };
  const charts = chartRoots(
    [
      ...Object.keys(texts),
      "lib/templates/_a.yaml",
      "lib/templates/b.yaml",
      "old/requirements.yaml",
      "app/templates/a.yaml",
    ],
    (uri) => texts[uri],
  );

  test("reports each chart that renders something once", () => {
    expect(chartsNotEvaluated(charts.roots).map(({ uri, reason }) => [uri, reason])).toEqual([
      ["app/Chart.yaml", "chart-not-evaluated"],
      ["old/Chart.yaml", "chart-not-evaluated"],
      ["umbrella/Chart.yaml", "chart-not-evaluated"],
    ]);
  });

  test("a manifest cannot hide among a library's definitions", () => {
    expect(charts.partOf("lib/templates/_a.yaml")).toBe("template");
    expect(charts.partOf("lib/templates/b.yaml")).toBe("none");
  });

  test("is quick on very deep paths", () => {
    const deep = `${"a/".repeat(1_500)}Chart.yaml`;
    expect(chartRoots([deep, `${"a/".repeat(1_500)}templates/x.yaml`]).roots).toHaveLength(1);
  });
});
