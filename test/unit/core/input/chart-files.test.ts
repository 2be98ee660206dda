import { expect, test } from "@jest/globals";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";

function chartObjects(texts: Readonly<Record<string, string>>, context = false) {
  const inputs = Object.entries(texts).map(([uri, text]) => ({ source: { uri, text }, explicit: false, context }));
  const { files } = load(inputs, new Memory());
  return files.flatMap(({ objects }) => objects.filter(({ kind }) => kind === "HelmChartFile"));
}

const CHART = "apiVersion: v2\nname: a\ndependencies: [{name: b, version: 1.x, condition: b.on}, null]\n";

test("a chart's dependencies, its lock and whether its values switch anything", () => {
  const lone = chartObjects({ "c/Chart.yaml": CHART, "c/templates/a.yaml": "{{- if .Values.on }}\n{{ end }}" });
  expect(lone.map(({ value }) => value)).toEqual([
    {
      apiVersion: "portcullis/v1",
      kind: "HelmChartFile",
      chart: "c",
      dependencies: [{ name: "b", version: "1.x", repository: "" }, {}],
      locked: false,
      conditional: true,
    },
  ]);
  const locked = chartObjects({ "Chart.yaml": CHART, "Chart.lock": "", "templates/a.yaml": "{{ .Values.a }}" });
  expect(locked.map(({ value }) => value)).toMatchObject([{ chart: "", locked: true, conditional: false }]);
});

test("no object stands for a subchart, for context, for what cannot be read, or for a manifest of that name", () => {
  const subchart = chartObjects({ "c/Chart.yaml": CHART, "c/charts/b/Chart.yaml": CHART });
  expect(subchart.map(({ name }) => name)).toEqual(["c/Chart.yaml"]);
  expect(chartObjects({ "c/Chart.yaml": CHART }, true)).toEqual([]);
  expect(chartObjects({ "c/Chart.yaml": "a: [" })).toEqual([]);
  expect(chartObjects({ "c/Chart.yaml": "" })).toEqual([]);
  expect(chartObjects({ "c/Chart.yaml": "apiVersion: v1\nkind: Role\n" })).toEqual([]);
});
