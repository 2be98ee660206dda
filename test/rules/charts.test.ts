import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ChartPort } from "../../src/core/ports.ts";
import type { Report } from "../../src/model/report.ts";
import { testRenderer } from "../support/helm-renderer.ts";
import { allRules, judgeTexts } from "../support/judge.ts";
import { readMarkers } from "../support/markers.ts";

const FOLDER = "fixtures/charts/storefront";
const CHARTS = [FOLDER, "fixtures/charts/agent-platform"];

let renderer: Awaited<ReturnType<typeof testRenderer>>;
beforeAll(async () => {
  renderer = await testRenderer();
}, 60_000);
afterAll(() => renderer.close());

function textsOf(folder: string) {
  const files = new Map<string, Uint8Array>(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path)]),
  );
  const decoder = new TextDecoder();
  return {
    files,
    texts: Object.fromEntries([...files].map(([path, data]) => [`${folder}/${path}`, decoder.decode(data)])),
  };
}

async function judgeChart(folder: string): Promise<Report> {
  const { files, texts } = textsOf(folder);
  const charts: ChartPort = {
    read: async () => ({ key: folder, files, mounts: new Map(), failed: new Map(), unreadable: [] }),
    renderer,
  };
  return (await judgeTexts(texts, {}, {}, charts)).report;
}

test.each(CHARTS)(
  "findings in %s stand on the marked lines, and nowhere else",
  async (folder) => {
    const report = await judgeChart(folder);
    const marked = Object.entries(textsOf(folder).texts).flatMap(([uri, text]) =>
      readMarkers(text).map(({ rule, line }) => `${uri}:${line} ${rule}`),
    );
    const found = report.findings.map(
      ({ rule, variant, location }) => `${location.uri}:${location.range.start.line} ${rule}/${variant}`,
    );
    expect([...new Set(found)].sort()).toEqual(marked.sort());
    expect(report.unreadable).toEqual([]);
  },
  60_000,
);

test("each category of rules is shown in a chart", () => {
  const marked = CHARTS.flatMap((folder) => Object.values(textsOf(folder).texts).flatMap(readMarkers));
  const shown = marked.map(({ rule }) => rule.split("/")[0]);
  expect(shown).toEqual(expect.arrayContaining(allRules.map(({ id }) => id.split("/")[0])));
});

describe("findings in a chart say where they come from", () => {
  const { texts } = textsOf(FOLDER);
  let report: Report;

  beforeAll(async () => {
    report = await judgeChart(FOLDER);
  }, 60_000);

  test("a value names its file and where it surfaces", () => {
    const finding = report.findings.find(({ location }) => location.uri.endsWith("values-prod.yaml"));
    expect(finding?.values).toEqual([`${FOLDER}/values-prod.yaml`]);
    expect(finding?.related[0]).toMatchObject({ uri: `${FOLDER}/templates/secret.yaml`, message: "surfaces here" });
    expect(finding?.related[0]?.range.start.line).toBe(10);
  });

  test("what a named template prints names its line there", () => {
    const finding = report.findings.find(({ rule }) => rule === "rbac/wildcard-grant");
    expect(finding?.location.precision).toBe("enclosing");
    const helper = finding?.related.find(({ uri }) => uri.endsWith("_helpers.tpl"));
    expect(texts[helper?.uri ?? ""]?.split("\n")[(helper?.range.start.line ?? 0) - 1]).toBe('  verbs: ["*"]');
  });

  test("no secret is in the report", () => {
    const secrets = ["Zk4-trunk", "pine-Fold", "cachE-Wind", "prod-Zk4", "otter-Lime", "heron-Vale"];
    const everything = JSON.stringify(report);
    expect(
      secrets.filter((secret) => everything.includes(secret) || everything.includes(btoa(secret).slice(0, 8))),
    ).toEqual([]);
  });
});
