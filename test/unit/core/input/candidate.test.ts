import { describe, expect, test } from "@jest/globals";
import { holdsManifest, isCandidate, mayHoldObjects } from "../../../../src/core/input/candidate.ts";
import { createManifestScan } from "../../../../src/core/input/manifest-scan.ts";

const manifests: Record<string, string> = {
  plain: "apiVersion: v1\nkind: Secret\n",
  CRLF: "apiVersion: v1\r\nkind: Secret\r\n",
  "lone CR": "apiVersion: v1\rkind: Secret\r",
  "line separators of YAML 1.1": "a: 1\u2028apiVersion: v1\u2028kind: Secret",
  "byte order mark": "\uFEFFapiVersion: v1\nkind: Secret\n",
  "far apart": `apiVersion: v1\ndata:\n${"  a: b\n".repeat(50_000)}kind: ConfigMap\n`,
  "kind first": "kind: Secret\napiVersion: v1\n",
  "double quotes": '"apiVersion": v1\n"kind": Secret\n',
  "single quotes": "'apiVersion' : v1\n'kind': Secret\n",
  "comments and directives": "# note\n%YAML 1.1\n---\n# more\napiVersion: v1 # c\nkind: Secret # c\n",
  "second document": "foo: bar\n---\napiVersion: v1\nkind: Secret\n",
  "after a document end": "foo: bar\n...\napiVersion: v1\nkind: Secret\n",
  "after a list document": "- a\n- b\n--- # next\napiVersion: v1\nkind: Secret\n",
  "indented as a whole": "  apiVersion: v1\n  kind: Secret\n",
  JSON: '{\n  "apiVersion": "v1",\n  "kind": "Secret"\n}\n',
  "JSON on one line": '{"metadata":{"name":"x"},"kind":"Secret","apiVersion":"v1"}',
  "JSON indented by tabs": '\n\t{\n\t"apiVersion": "v1",\n\t"kind": "Secret"\n\t}\n',
  "flow mapping": "{apiVersion: v1, kind: Secret}",
  "flow mapping on the marker line": "--- {apiVersion: v1,\n kind: Secret}\n",
  "flow with strings that hold brackets": '{"a": "}{\\"", \'b\': \'}\', "apiVersion": "v1", "kind": "Secret"}',
  "flow with an apostrophe": "{note: it's, apiVersion: v1, kind: Secret}",
  "flow with a comment": "{ # }\n apiVersion: v1, # , {\n kind: Secret }",
  "concatenated JSON": '{"a":1}{"apiVersion":"v1","kind":"Secret"}',
  "JSON lines": '{"a":1}\n{"apiVersion":"v1","kind":"Secret"}\n',
  "after an unclosed flow": "{{ a\n---\napiVersion: v1\nkind: Secret\n",
  "Helm at column 1": "{{- if .Values.x }}\napiVersion: v1\nkind: Secret\n{{- end }}\n",
  "Jinja at column 1": "{% if x %}\napiVersion: v1\nkind: Secret\n{% endif %}\n",
  "template lines that indent": "{{ if x }}\n  apiVersion: v1\n{{ end }}\nkind: Secret\napiVersion: v1\n",
  "escaped key in JSON": '{"api\\u0056ersion": "v1", "\\u006bind": "Secret"}',
  "escaped key in YAML": '"api\\x56ersion": v1\n"kin\\U00000064": Secret\n',
  "tags and anchors": "!!map &a\n&b !!str apiVersion: v1\n!!str kind: Secret\n",
  "explicit keys": "? apiVersion\n: v1\n? kind # c\n: Secret\n",
  "merge key": "<<: {apiVersion: v1, kind: Secret}\nmetadata: {}\n",
  "alias as key": "a: &k apiVersion\n*k : v1\nkind: Secret\n",
  "duplicate keys": "apiVersion: v1\napiVersion: v1\nkind: Secret\n",
};

const others: Record<string, string> = {
  empty: "",
  "no keys": "foo: bar\n",
  "one key": "apiVersion: v2\nname: chart\n",
  "keys below another": "object:\n  apiVersion: v1\n  kind: Secret\n",
  "keys in different documents": "apiVersion: v1\n---\nkind: Secret\n",
  "a list of objects": "- apiVersion: v1\n  kind: Secret\n",
  "an indented list": "  - apiVersion: v1\n    kind: Secret\n",
  "a JSON array": '[{"apiVersion": "v1", "kind": "Secret"}]',
  "nested in JSON": '{"a": {"apiVersion": "v1", "kind": "Secret"}}',
  "as values in JSON": '{"a": "apiVersion", "b": "kind"}',
  "in different JSON lines": '{"apiVersion":1}\n{"kind":1}\n',
  "in a block scalar": "script: |\n  apiVersion: v1\n  kind: Secret\n",
  "in comments": "# apiVersion: v1\n# kind: Secret\nfoo: bar\n",
  "longer names": "apiVersions: v1\nkinds: x\nmykind: y\nmyapiVersion: z\n",
  workflow:
    "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          kubectl apply -f - <<EOF\n          apiVersion: v1\n          kind: Secret\n          EOF\n",
  playbook:
    "- hosts: all\n  tasks:\n    - k8s:\n        definition:\n          apiVersion: v1\n          kind: Secret\n",
  OpenAPI:
    '{"swagger":"2.0","definitions":{"x":{"properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"}}}}}',
};

describe("holdsManifest", () => {
  test.each(Object.entries(manifests))("sees a manifest: %s", (_name, text) => {
    expect(holdsManifest(text)).toBe(true);
  });

  test.each(Object.entries(others))("sees none: %s", (_name, text) => {
    expect(holdsManifest(text)).toBe(false);
  });

  test("does not take a merge key alone for a manifest", () => {
    expect(holdsManifest("<<: *base\nfoo: bar\n")).toBe(false);
  });

  test.each([1, 2, 3, 7])("sees the same in pieces of %i characters", (size) => {
    const scanned = (text: string): boolean => {
      const scan = createManifestScan();
      for (let at = 0; at < text.length; at += size) scan.push(text.slice(at, at + size));
      scan.end();
      return scan.found();
    };
    const short = (all: Record<string, string>): [string, string][] =>
      Object.entries(all).filter(([, text]) => text.length < 1_000);
    for (const [name, text] of short(manifests)) expect([name, scanned(text)]).toEqual([name, true]);
    for (const [name, text] of short(others)) expect([name, scanned(text)]).toEqual([name, false]);
  });

  test.each([
    ["one long line", `{"a": "${"x".repeat(5_000_000)}", "kind": 1, "apiVersion": 1}`],
    ["opening brackets", `${"{".repeat(2_000_000)} apiVersion kind`],
    ["quotes", `apiVersion kind\n${'"'.repeat(2_000_000)}`],
    ["spaces and colons", `apiVersion kind\n${" :".repeat(2_000_000)}`],
    ["properties", `apiVersion kind\n${"!a ".repeat(1_000_000)}`],
    ["empty lines", `apiVersion kind${"\n".repeat(3_000_000)}`],
  ])("is linear on %s", (_name, text) => {
    const start = performance.now();
    holdsManifest(text);
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});

describe("mayHoldObjects", () => {
  test("asks for both words, or for letters that hide", () => {
    expect(mayHoldObjects("kind: x")).toBe(false);
    expect(mayHoldObjects("a:\n  apiVersion: v1\n  kind: x")).toBe(true);
    expect(mayHoldObjects('{"\\u0061piVersion": 1}')).toBe(true);
    expect(mayHoldObjects('{"a": "\\u003cb\\u003e \\u00e4"}')).toBe(false);
  });
});

describe("isCandidate", () => {
  const nothing = { inChart: false, inKustomization: false, named: false };
  const manifest = "apiVersion: v1\nkind: Secret\n";

  test("takes YAML and JSON by their keys", () => {
    expect(isCandidate(manifest, "a/b.yaml", nothing)).toBe(true);
    expect(isCandidate(manifest, "a/b.YML", nothing)).toBe(true);
    expect(isCandidate("foo: bar", "a/b.yaml", nothing)).toBe(false);
  });

  test.each(["a.yaml.j2", "a.tpl", "a.md", "a.txt", "Makefile"])("leaves %s alone", (uri) => {
    expect(isCandidate(manifest, uri, nothing)).toBe(false);
  });

  test("takes what a person or a kustomization names", () => {
    expect(isCandidate("foo: bar", "a.yaml", { ...nothing, named: true })).toBe(true);
    expect(isCandidate(manifest, "a.txt", { ...nothing, named: true })).toBe(true);
    expect(isCandidate("FOO=bar", ".env", { ...nothing, named: true })).toBe(false);
    expect(isCandidate("foo: bar", "deploy", { ...nothing, inKustomization: true })).toBe(true);
  });

  test("leaves a chart's templates and values to the chart renderer", () => {
    expect(isCandidate(manifest, "c/templates/a.yaml", { inChart: true, inKustomization: true, named: true })).toBe(
      false,
    );
  });
});
