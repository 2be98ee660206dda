import { describe, expect, test } from "@jest/globals";
import { readCertificate } from "../../../../src/adapters/certificates/read.ts";
import { CertificateFinder } from "../../../../src/core/facts/certificates.ts";
import type { CertificateReader } from "../../../../src/core/ports.ts";
import { objectsOf } from "../../../../src/core/input/objects.ts";
import { parseYaml } from "../../../../src/core/yaml/parse.ts";
import type { KubernetesObject } from "../../../../src/model/document.ts";
import type { Json, JsonObject } from "../../../../src/model/json.ts";
import { makeCertificate } from "../../../support/certificate.ts";

const leaf = makeCertificate({ subject: "shop", issuer: "internal" }).cert;
const authority = makeCertificate({ subject: "internal", authority: true }).cert;
const { key } = makeCertificate();

const encoded = (text: string): string => Buffer.from(text).toString("base64");

function objects(...values: JsonObject[]): readonly KubernetesObject[] {
  const text = values.map((value) => JSON.stringify({ apiVersion: "v1", kind: "Secret", ...value })).join("\n---\n");
  const parsed = parseYaml(text);
  if (parsed.kind === "invalid") throw new Error(parsed.message);
  let id = 0;
  return objectsOf({ uri: "a.yaml", text }, parsed.documents, {
    units: ["loose"],
    namespace: "",
    partial: false,
    nextId: () => id++,
  });
}

function counting(): { calls: () => number; read: CertificateReader } {
  let calls = 0;
  return {
    calls: () => calls,
    read: (der) => {
      calls++;
      return readCertificate(der);
    },
  };
}

function pathsIn(value: JsonObject): readonly Json[] {
  return find(objects(value)).map(({ path }) => path ?? null);
}

function find(
  all: readonly KubernetesObject[],
  finder = new CertificateFinder(readCertificate),
): readonly JsonObject[] {
  return all.flatMap((object) => finder.in(object));
}

describe("CertificateFinder", () => {
  test("finds certificates in text and in base64, by object and path", () => {
    expect(
      pathsIn({ stringData: { "tls.crt": leaf }, data: { "tls.crt": encoded(leaf), "ca.crt": encoded(authority) } }),
    ).toEqual([
      ["stringData", "tls.crt"],
      ["data", "tls.crt"],
      ["data", "ca.crt"],
    ]);
    expect(
      pathsIn({ spec: [{ caBundle: encoded(authority) }, { json: JSON.stringify({ cert: leaf }) }, { none: "here" }] }),
    ).toEqual([
      ["spec", 0, "caBundle"],
      ["spec", 1, "json"],
    ]);
    expect(pathsIn({ metadata: { name: "none" } })).toEqual([]);
  });

  test("tells the certificates of a chain in their order", () => {
    expect(find(objects({ data: { "tls.crt": encoded(leaf + authority) } }))).toMatchObject([
      { path: ["data", "tls.crt"], authority: false, selfSigned: false },
      { path: ["data", "tls.crt"], authority: true, selfSigned: true },
    ]);
  });

  test.each([0, 1, 2])("behind a key in base64, whatever the position (%i)", (padding) => {
    const text = encoded(`${key}${"\n".repeat(padding)}${leaf}`);
    expect(pathsIn({ data: { both: text } })).toEqual([["data", "both"]]);
    expect(pathsIn({ data: { both: (text.match(/.{1,76}/g) ?? []).join("\n") } })).toEqual([["data", "both"]]);
  });

  test("reads a certificate that stands in several places once", () => {
    const { calls, read } = counting();
    const finder = new CertificateFinder(read);
    const all = objects({ data: { a: encoded(leaf), b: encoded(leaf) } }, { stringData: { c: leaf } });
    expect(find(all, finder)).toHaveLength(3);
    expect(calls()).toBe(1);
  });

  test("asks for nothing where no text looks like a certificate", () => {
    const { calls, read } = counting();
    const some = objects({ data: { key: encoded(key), big: "A".repeat(1e6) } });
    expect(find(some, new CertificateFinder(read))).toEqual([]);
    expect(calls()).toBe(0);
  });

  test("what is no certificate is not told of", () => {
    const begin = "-----BEGIN CERTIFICATE-----\n";
    const end = "-----END CERTIFICATE-----\n";
    const hostile = [
      `${begin}${end}`,
      `${begin}bm8gY2VydGlmaWNhdGU=\n${end}`,
      `${begin}not base64!\n${end}`,
      `${begin}<snip>\n${end}`,
      `${begin}AAAA`,
      `${begin}AAAA-----END PRIVATE KEY-----`,
      `${begin}${"A".repeat(40_000)}\n${end}`,
      `${end}${begin}`,
      encoded(begin),
      `${encoded(leaf)}!`,
      begin.repeat(20_000),
      (begin + end).repeat(10_000),
    ];
    expect(pathsIn({ data: hostile })).toEqual([]);
    expect(pathsIn({ data: [`${begin.repeat(3)}${leaf}`] })).toEqual([["data", 0]]);
  });

  test("bounds what is read and what is told", () => {
    const { calls, read } = counting();
    const many = Array.from(
      { length: 6000 },
      (_, index) => `-----BEGIN CERTIFICATE-----${encoded(`no ${index}`)}-----END CERTIFICATE-----`,
    );
    const finder = new CertificateFinder(read);
    expect(find(objects({ data: { all: many.join("\n") } }), finder)).toEqual([]);
    expect(calls()).toBe(5000);
    const bundle = objects({ data: { all: leaf.repeat(2500), text: "x".repeat(2_000_001) } });
    const twenty = Array.from({ length: 20 }, (_, id) => ({ ...bundle[0], id }) as KubernetesObject);
    expect(find(twenty)).toHaveLength(20_000);
  });

  test("an object that nests too deep ends the search, not the run", () => {
    let deep: Json = leaf;
    for (let depth = 0; depth < 150; depth++) deep = [deep];
    const [object] = objects({ data: { "tls.crt": leaf } });
    const hostile = { ...object, value: { data: deep, "tls.crt": leaf, none: null } } as unknown as KubernetesObject;
    expect(find([hostile])).toMatchObject([{ path: ["tls.crt"] }]);
  });

  test("no name in an object reaches a prototype", () => {
    const [object] = objects({ data: { "tls.crt": leaf } });
    const value = JSON.parse(`{"__proto__": ${JSON.stringify(leaf)}}`) as Json;
    expect(find([{ ...object, value } as KubernetesObject])).toMatchObject([{ path: ["__proto__"] }]);
  });
});
