import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ChartPort } from "../../src/core/ports.ts";
import type { Report } from "../../src/model/report.ts";
import { testRenderer } from "../support/helm-renderer.ts";
import { judgeTexts } from "../support/judge.ts";
import { readMarkers } from "../support/markers.ts";

const FOLDER = "fixtures/charts/storefront";
const files = new Map<string, Uint8Array>(
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(FOLDER, path).split(sep).join("/"), readFileSync(path)]),
);
const texts = Object.fromEntries(
  [...files].map(([path, data]) => [`${FOLDER}/${path}`, new TextDecoder().decode(data)]),
);

describe("findings in a chart stand where they are written", () => {
  let renderer: Awaited<ReturnType<typeof testRenderer>>;
  let report: Report;

  beforeAll(async () => {
    renderer = await testRenderer();
    const charts: ChartPort = {
      read: async () => ({ key: FOLDER, files, mounts: new Map(), failed: new Map(), unreadable: [] }),
      renderer,
    };
    ({ report } = await judgeTexts(texts, {}, {}, charts));
  }, 60_000);
  afterAll(() => renderer.close());

  test("on the marked lines, and nowhere else", () => {
    const marked = Object.entries(texts).flatMap(([uri, text]) =>
      readMarkers(text).map(({ rule, line }) => `${uri}:${line} ${rule}`),
    );
    const found = report.findings.map(
      ({ rule, variant, location }) => `${location.uri}:${location.range.start.line} ${rule}/${variant}`,
    );
    expect([...new Set(found)].sort()).toEqual(marked.sort());
    expect(report.unreadable).toEqual([]);
  });

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
