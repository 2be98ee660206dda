import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Finding } from "../../src/model/finding.ts";
import type { ChartPort } from "../../src/core/ports.ts";
import { makeCertificate } from "../support/certificate.ts";
import { testRenderer } from "../support/helm-renderer.ts";
import { judgeTexts } from "../support/judge.ts";
import { expandTokens } from "../support/tokens.ts";

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

let renderer: Awaited<ReturnType<typeof testRenderer>>;

beforeAll(async () => {
  renderer = await testRenderer();
}, 60_000);
afterAll(() => renderer.close());

async function judgeChart(texts: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const charts: ChartPort = {
    read: async () => ({ key: JSON.stringify(texts), files, mounts: new Map(), failed: new Map(), unreadable: [] }),
    renderer,
  };
  const inFolder = Object.fromEntries(Object.entries(texts).map(([path, text]) => [`shop/${path}`, text]));
  return (await judgeTexts(inFolder, {}, {}, charts)).report.findings;
}

describe("a certificate in the values of a chart", () => {
  test("is told of once, with the object that it surfaces in where there is one", async () => {
    const found = (await judgeChart(FILES))
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

describe("a private key in the values of a chart is told of once", () => {
  const key = expandTokens("-----BEGIN RSA PRIVATE KEY-----\n@@private-key:tls@@\n-----END RSA PRIVATE KEY-----\n");
  const block = (text: string): string => `|\n${text.trimEnd().replaceAll(/^/gm, "    ")}`;
  const values: Readonly<Record<string, string>> = {
    block: block(key),
    quoted: JSON.stringify(key),
    base64: Buffer.from(key).toString("base64"),
  };
  const templates: Readonly<Record<string, string>> = {
    "a Secret": "kind: Secret\nmetadata: {name: a}\ndata:\n  tls.key: {{ .Values.tls.privateKey | b64enc }}\n",
    "a text of a Secret":
      "kind: Secret\nmetadata: {name: a}\nstringData:\n  tls.key: {{ .Values.tls.privateKey | quote }}\n",
    "a ConfigMap":
      "kind: ConfigMap\nmetadata: {name: a}\ndata:\n  tls.key: |\n{{ .Values.tls.privateKey | indent 4 }}\n",
    nothing: "kind: ConfigMap\nmetadata: {name: a}\n",
  };
  const judged = async (value: string, template: string): Promise<readonly string[]> =>
    (
      await judgeChart({
        "Chart.yaml": FILES["Chart.yaml"],
        "values.yaml": `tls:\n  privateKey: ${value}\n`,
        "templates/a.yaml": `apiVersion: v1\n${template}`,
      })
    )
      .filter(({ location }) => location.uri === "shop/values.yaml")
      .map(({ rule, object }) => `${rule} ${object?.kind ?? "-"}`);

  test.each(Object.keys(values).flatMap((value) => Object.keys(templates).map((template) => [value, template])))(
    "written as %s, for %s",
    async (value = "", template = "") => {
      const kind = /^kind: (\w+)/.exec(templates[template] ?? "")?.[1] ?? "";
      expect(await judged(values[value] ?? "", templates[template] ?? "")).toEqual([
        `secrets/private-key-material ${template === "nothing" ? "-" : kind}`,
      ]);
    },
  );

  test("but two of them in one text have their own lines", async () => {
    const two = await judged(
      block(key + expandTokens(key.replace(/\n.*\n/, "\n@@private-key:ssh@@\n"))),
      templates["a ConfigMap"] ?? "",
    );
    expect(two.filter((each) => each === "secrets/private-key-material -")).toHaveLength(2);
  });
});
