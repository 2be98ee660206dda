import { describe, expect, test } from "@jest/globals";
import type { DataPath } from "../../../../src/model/json.ts";
import { locate, locateKey, type Located } from "../../../../src/core/locate/locate.ts";
import { lineIndex } from "../../../../src/core/yaml/lines.ts";
import { documentOf, documentsOf, nodeAt } from "../yaml/documents-of.ts";

const MANIFEST = `# a comment
apiVersion: v1
kind: Pod
metadata:
  name: "app"
  labels: { tier: web, "x/y": 'z' }
  annotations:
spec:
  containers:
    - name: one
      image: a:1
      args: ["--flag", -v]
      env: []
    - # second
      image: b:2
    - plain
    -
`;

interface Found {
  readonly text: string;
  readonly line: number;
  readonly precision: string;
}

function found(text: string, { range, precision }: Located): Found {
  const { start, end } = range;
  return { text: text.slice(start.offset, end.offset), line: start.line, precision };
}

describe("what exists", () => {
  test.each<[DataPath, string, number]>([
    [["metadata", "name"], '"app"', 5],
    [["metadata", "labels", "tier"], "web", 6],
    [["metadata", "labels", "x/y"], "'z'", 6],
    [["metadata", "labels"], "labels", 6],
    [["metadata", "annotations"], "annotations", 7],
    [["spec"], "spec", 8],
    [["spec", "containers"], "containers", 9],
    [["spec", "containers", 0], "name", 10],
    [["spec", "containers", 0, "image"], "a:1", 11],
    [["spec", "containers", 0, "args"], "args", 12],
    [["spec", "containers", 0, "args", 0], '"--flag"', 12],
    [["spec", "containers", 0, "args", 1], "-v", 12],
    [["spec", "containers", 0, "env"], "env", 13],
    [["spec", "containers", 1], "image", 15],
    [["spec", "containers", 2], "plain", 16],
    [["spec", "containers", 3], "", 17],
    [[], "kind", 3],
  ])("%j", (path, text, line) => {
    const document = documentOf(MANIFEST);
    const located = locate(document, path, lineIndex(MANIFEST));
    expect(found(MANIFEST, located)).toEqual({ text, line, precision: "exact" });
    expect(located.node).toBe(nodeAt(document, path));
  });
});

describe("what is missing stands on the key that should hold it", () => {
  test.each<[DataPath, string, number]>([
    [["spec", "refreshInterval"], "spec", 8],
    [["spec", "template", "spec", "x"], "spec", 8],
    [["metadata", "labels", "owner"], "labels", 6],
    [["metadata", "annotations", "x"], "annotations", 7],
    [["metadata", "name", "x"], "name", 5],
    [["spec", "containers", 0, "securityContext"], "name", 10],
    [["spec", "containers", 1, "name"], "image", 15],
    [["spec", "containers", 9], "containers", 9],
    [["spec", "containers", "0"], "containers", 9],
    [["spec", "containers", -1], "containers", 9],
    [["spec", 0], "spec", 8],
    [["data"], "kind", 3],
    [["toString"], "kind", 3],
    [[0], "kind", 3],
  ])("%j", (path, text, line) => {
    const located = locate(documentOf(MANIFEST), path, lineIndex(MANIFEST));
    expect(found(MANIFEST, located)).toEqual({ text, line, precision: "enclosing" });
    expect(located.node).toBeNull();
  });
});

describe("roots and items", () => {
  test.each<[string, string, DataPath, string, number]>([
    ["no kind: the first key", "# c\nfoo: 1\nbar: 2\n", ["x"], "foo", 2],
    ["a scalar root", "hello\n", ["x"], "hello", 1],
    ["a sequence root", "# c\n- a: 1\n", ["x"], "a", 2],
    ["an empty mapping", " {}\n", ["x"], "{}", 1],
    ["an empty document", "---\n", ["x"], "", 1],
    ["objects in a List", "items:\n- apiVersion: v1\n  kind: A\n  metadata: {}\n", ["items", 0, "x"], "kind", 3],
    ["an item with a kind that is no object", "a:\n- name: x\n  kind: User\n", ["a", 0, "x"], "name", 2],
    ["an item that starts with a merge", "b: &b { k: 1 }\na:\n- <<: *b\n  c: 1\n", ["a", 0, "x"], "<<: *b", 3],
    ["nested sequences", "a:\n- - x\n  - y\n", ["a", 0, 5], "x", 2],
    ["an empty item", "a:\n- []\n", ["a", 0, 0], "[]", 2],
    ["a multi-line flow item", "a:\n- [\n   ]\n", ["a", 0, 0], "[", 2],
    ["JSON", '{\n\t"kind": "X",\n\t"spec": {\n\t}\n}', ["spec", "x"], '"spec"', 3],
  ])("%s", (_, text, path, source, line) => {
    const located = locate(documentOf(text), path, lineIndex(text));
    expect(found(text, located)).toEqual({ text: source, line, precision: "enclosing" });
  });

  test("a kind that a merge brought is not the object's own", () => {
    const text = "---\nfoo: &f { kind: X }\n<<: *f\n";
    expect(found(text, locate(documentOf(text), ["x"], lineIndex(text))).text).toBe("foo");
  });

  test("a second document is located in the whole text", () => {
    const text = "a: 1\r\n---\r\nb: 2\r\n";
    const [, second] = documentsOf(text);
    if (second === undefined) throw new Error("expected two documents");
    const located = locate(second, ["b"], lineIndex(text));
    expect(found(text, located)).toEqual({ text: "2", line: 3, precision: "exact" });
    expect(located.range.start.column).toBe(4);
  });
});

describe("aliases and merges", () => {
  const text = "base: &base\n  image: x:1\n  env: [a]\none: *base\ntwo:\n  <<: *base\n  own: 1\n- ".slice(0, -2);

  test.each<[DataPath, string, number]>([
    [["one", "image"], "x:1", 2],
    [["two", "image"], "x:1", 2],
    [["two", "env"], "env", 3],
    [["two", "env", 0], "a", 3],
    [["one"], "one", 4],
    [["two"], "two", 5],
  ])("%j stands at the anchor", (path, source, line) => {
    const located = locate(documentOf(text), path, lineIndex(text));
    expect(found(text, located)).toEqual({ text: source, line, precision: "exact" });
  });
});

describe("keys", () => {
  test.each<[DataPath, string, number, string]>([
    [["metadata", "name"], "name", 5, "exact"],
    [["metadata", "labels", "x/y"], '"x/y"', 6, "exact"],
    [["spec"], "spec", 8, "exact"],
    [["spec", "containers", 0], "name", 10, "exact"],
    [[], "kind", 3, "exact"],
    [["spec", "nothing"], "spec", 8, "enclosing"],
    [["metadata", "name", "deeper"], "name", 5, "enclosing"],
  ])("%j", (path, text, line, precision) => {
    const located = locateKey(documentOf(MANIFEST), path, lineIndex(MANIFEST));
    expect(found(MANIFEST, located)).toEqual({ text, line, precision });
  });
});

test("locating every entry of a huge mapping takes no time per entry", () => {
  const size = 50_000;
  const text = Array.from({ length: size }, (_, n) => `k${n}: v`).join("\n");
  const document = documentOf(text);
  const lines = lineIndex(text);
  const started = performance.now();
  for (let n = 0; n < size; n += 1) {
    expect(locate(document, [`k${n}`], lines).range.start.line === n + 1).toBe(true);
  }
  expect(performance.now() - started).toBeLessThan(60_000);
});
