import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ChartPort } from "../../src/core/ports.ts";
import { makeCertificate } from "../support/certificate.ts";
import { testRenderer } from "../support/helm-renderer.ts";
import { judgeTexts } from "../support/judge.ts";

const RULE = "rotation/tls-material-unmanaged-or-expiring";

const expired = makeCertificate({
  subject: "shop.example.com",
  issuer: "internal",
  notBefore: new Date("2024-11-01T00:00:00Z"),
  notAfter: new Date("2025-11-01T00:00:00Z"),
}).cert;
const indented = expired.trimEnd().replaceAll("\n", "\n    ");

const FILES = {
  "Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
  "values.yaml": `tls:\n  certificate: |\n    ${indented}\nunused:\n  certificate: |\n    ${indented}\n`,
  "templates/tls.yaml": [
    "apiVersion: v1",
    "kind: Secret",
    "metadata:",
    "  name: shop-tls",
    "data:",
    "  tls.crt: {{ .Values.tls.certificate | b64enc }}",
    "",
  ].join("\n"),
};

describe("a certificate in the values of a chart", () => {
  let renderer: Awaited<ReturnType<typeof testRenderer>>;

  beforeAll(async () => {
    renderer = await testRenderer();
  }, 60_000);
  afterAll(() => renderer.close());

  test("is told of once, with the object that it surfaces in where there is one", async () => {
    const files = new Map(Object.entries(FILES).map(([path, text]) => [path, new TextEncoder().encode(text)]));
    const charts: ChartPort = {
      read: async () => ({ key: "shop", files, mounts: new Map(), failed: new Map(), unreadable: [] }),
      renderer,
    };
    const texts = Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`shop/${path}`, text]));
    const { report } = await judgeTexts(texts, {}, {}, charts);
    const found = report.findings
      .filter(({ rule }) => rule === RULE)
      .map(({ variant, location, object, related }) => [
        variant,
        location.uri,
        location.range.start.line,
        object?.kind,
        related.map(({ uri }) => uri),
      ]);
    expect(found).toEqual([
      ["expired", "shop/values.yaml", 2, "Secret", ["shop/templates/tls.yaml"]],
      ["expired", "shop/values.yaml", FILES["values.yaml"].split("\n").indexOf("unused:") + 2, undefined, []],
    ]);
  }, 60_000);
});
