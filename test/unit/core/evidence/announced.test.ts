import { describe, expect, test } from "@jest/globals";
import { announcedSecrets } from "../../../../src/core/evidence/announced.ts";

const found = (text: string, uri = "settings.env"): readonly string[] =>
  announcedSecrets(text, uri).map(([start, end]) => text.slice(start, end));

describe("values that a name announces", () => {
  test.each([
    ["LEVEL=info\nDB_PASSWORD=kJ8mQ2vL9p\n", ["kJ8mQ2vL9p"]],
    ["- API_TOKEN=kJ8mQ2vL9p\r\n", ["kJ8mQ2vL9p"]],
    ["db.password = kJ8mQ2vL9p # since March\n", ["kJ8mQ2vL9p"]],
    ["LEVEL=info\nNAME=shop\n", []],
  ])("%j", (text, values) => {
    expect(found(text)).toEqual(values);
  });
});

describe("values of a JSON patch (RFC 6902)", () => {
  test.each([
    [`[{"op":"add","path":"/stringData/entry","value":"kJ8mQ2vL9p"}]`, ["kJ8mQ2vL9p"]],
    [`patch: '[{"op": "replace", "path": "/spec/password", "value": "a\\"b"}]'`, ['a\\"b']],
    [`[{"value":"kJ8mQ2vL9p","op":"add","path":"/data/x~1token"}]`, ["kJ8mQ2vL9p"]],
    ["- op: add\n  path: /stringData/entry\n  value: kJ8mQ2vL9p\n", ["kJ8mQ2vL9p"]],
    [`- op: add\r\n  path: "/spec/apiKey"\r\n  value: "kJ8mQ2vL9p"\r\n`, ['"kJ8mQ2vL9p"']],
    [`[{"op":"replace","path":"/spec/replicas","value":"3"}]`, []],
    ["- op: replace\n  path: /metadata/name\n  value: shop\n", []],
    [`[{"op":"remove","path":"/data/password"}]`, []],
  ])("%j", (text, values) => {
    expect(found(text, "kustomization.yaml")).toEqual(values);
  });
});

test.each([
  ["many open braces", "{".repeat(100_000)],
  ["one long line of operations", `{"path":"${"/a".repeat(50_000)}`],
  ["a value without an end", `{"path":"/data/x","value":"${"\\\\".repeat(50_000)}`],
  ["lines of paths without values", "path: /data/x\n".repeat(20_000)],
])("hostile text takes no long time: %s", (_, text) => {
  const started = performance.now();
  announcedSecrets(text, "kustomization.yaml");
  expect(performance.now() - started).toBeLessThan(60_000);
});
