import { describe, expect, test } from "@jest/globals";
import type { DataPath } from "../../../../src/model/json.ts";
import { documentOf, documentsOf, nodeAt, scalarOf, valuesOf } from "./documents-of.ts";

/** The source of the node at `path`. */
function sourceOf(text: string, path: DataPath): string {
  const node = nodeAt(documentOf(text), path);
  return text.slice(node.start, node.end);
}

describe("documents", () => {
  test.each<[string, string, unknown[]]>([
    ["nothing", "", []],
    ["white space and comments", " \n# nothing\n\t\n", []],
    ["one without markers", "a: 1\n", [{ a: 1 }]],
    ["several", "a: 1\n---\nb: 2\n---\nc: 3\n", [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ["empty ones count", "---\n---\na: 1\n---\n", [null, { a: 1 }, null]],
    ["end markers", "a: 1\n...\n---\nb: 2\n...\n", [{ a: 1 }, { b: 2 }]],
    ["a directive", "%YAML 1.2\n---\na: 1\n", [{ a: 1 }]],
    ["a scalar", "just text\n", ["just text"]],
    ["a comment only", "---\n# nothing here\n---\na: 1\n", [null, { a: 1 }]],
    ["content behind the marker", "--- {a: 1}\n--- [b]\n", [{ a: 1 }, ["b"]]],
    ["dashes inside a scalar", "a: |\n  ---\n  b\n", [{ a: "---\nb\n" }]],
    ["CRLF", "a: 1\r\n---\r\nb: 2\r\n", [{ a: 1 }, { b: 2 }]],
    ["lone CR", "a: 1\rb: 2\r", [{ a: 1, b: 2 }]],
  ])("%s", (_, text, values) => {
    expect(valuesOf(text)).toEqual(values);
    expect(documentsOf(text).map((document) => document.index)).toEqual([...values.keys()]);
  });

  test("start and end enclose the content", () => {
    const text = "# head\na: 1\n# tail\n---\n- x\n- |\n  y\n\n---\n";
    const spans = documentsOf(text).map(({ start, end }) => text.slice(start, end));
    expect(spans).toEqual(["a: 1", "- x\n- |\n  y", ""]);
  });

  test("an empty document stands behind its marker", () => {
    const text = "a: 1\n# c\n--- # d\n---\nb: 1\n";
    expect(documentsOf(text)[1]).toMatchObject({ start: 12, end: 12 });
  });
});

describe("JSON", () => {
  test.each([
    ["spaces", '{\n  "a": {\n    "b": [1, true, null]\n  }\n}\n'],
    ["tabs", '{\n\t"a": {\n\t\t"b": [\n\t\t\t1,\n\t\t\ttrue,\n\t\t\tnull\n\t\t]\n\t}\n}\n'],
    ["CRLF and tabs", '{\r\n\t"a": {\r\n\t\t"b": [1, true, null]\r\n\t}\r\n}\r\n'],
    ["no white space", '{"a":{"b":[1,true,null]}}'],
    ["indented start", ' \n\t\n  {\n"a": {\n"b": [1,\ntrue, null]\n}\n}\n'],
    ["tab first", '\t{"a":{"b":[1,true,null]}}'],
  ])("with %s", (_, text) => {
    expect(valuesOf(text)).toEqual([{ a: { b: [1, true, null] } }]);
    expect(sourceOf(text, ["a", "b", 1])).toBe("true");
    expect(sourceOf(text, ["a"])).toMatch(/^\{[^]*\}$/);
  });

  test("strings with escapes, surrogates and control characters", () => {
    const value = { k: 'a"\\/\b\f\n\r\té😀\u2028\u0000' };
    const text = JSON.stringify(value).replace("😀", "\\ud83d\\ude00");
    expect(valuesOf(text)).toEqual([value]);
  });
});

describe("scalar offsets enclose quotes and block headers", () => {
  test.each<[string, DataPath, string, string]>([
    ["a: b c # d\n", ["a"], "b c", "plain"],
    ["a: 'it''s'\n", ["a"], "'it''s'", "single"],
    ['a: "x\\ty"\n', ["a"], '"x\\ty"', "double"],
    ["a: |\n  x\n  y\nb: 1\n", ["a"], "|\n  x\n  y", "literal"],
    ["a: >-\n  x\n\n\nb: 1\n", ["a"], ">-\n  x", "folded"],
    ["a: |2-  # |no\n    x\nb: 1\n", ["a"], "|2-  # |no\n    x", "literal"],
    ["a: !!str &q |\r\n  x\r\nb: 1\r\n", ["a"], "|\r\n  x", "literal"],
    ["'|': |\n  x\n", ["|"], "|\n  x", "literal"],
    ["a: # |\n  |\n  x\n", ["a"], "|\n  x", "literal"],
    ["- |\n x\n- >\n y\n", [1], ">\n y", "folded"],
    ["a: |+\n  x\n\n\nb: 1\n", ["a"], "|+\n  x", "literal"],
    ["a: |\nb: 1\n", ["a"], "|", "literal"],
    ["a: |", ["a"], "|", "literal"],
    ["a: x\n  y\n", ["a"], "x\n  y", "plain"],
    ["{a: x, b: 'y'}", ["b"], "'y'", "single"],
  ])("%j", (text, path, source, style) => {
    expect(sourceOf(text, path)).toBe(source);
    expect(scalarOf(documentOf(text), path).style).toBe(style);
  });
});

describe("values that are not written", () => {
  test.each<[string, DataPath, number]>([
    ["a:\nb: 1\n", ["a"], 2],
    ["a :\n", ["a"], 3],
    ["-\n- x\n", [0], 1],
    ["- x\n# c\n-\n", [1], 9],
    ["a: !!null\n", ["a"], 9],
    ["a: &x\n", ["a"], 5],
    ["{a, b: }", ["a"], 2],
    ["{a, b: }", ["b"], 6],
    ["? a\n", ["a"], 3],
  ])("%j at %j stands at %d", (text, path, offset) => {
    const node = scalarOf(documentOf(text), path);
    expect(node).toMatchObject({ value: null, text: "", start: offset, end: offset });
  });
});

describe("collection offsets", () => {
  test.each<[string, DataPath, string]>([
    ["a:\n  b: 1\n  c: 2\nd: 3\n", ["a"], "b: 1\n  c: 2"],
    ["a:\n- x\n- y\n\nb: 1\n", ["a"], "- x\n- y"],
    ["a: { b: [1, 2,], } # c\n", ["a"], "{ b: [1, 2,], }"],
    ["a: { b: [1, 2,], } # c\n", ["a", "b"], "[1, 2,]"],
    ["a: []\nb: {}\n", ["a"], "[]"],
    ["a: [\n  # ]\n]\n", ["a"], "[\n  # ]\n]"],
    ["a: [b: 1]\n", ["a"], "[b: 1]"],
    ["a: [b: 1]\n", ["a", 0], "b: 1"],
    ["a: {b: }\n", ["a"], "{b: }"],
    ["- - x\n  - y\n- z\n", [0], "- x\n  - y"],
  ])("%j at %j", (text, path, source) => {
    expect(sourceOf(text, path)).toBe(source);
  });
});

describe("keys", () => {
  test("offsets enclose the quotes; an alias stands where it is written", () => {
    const text = "'a': 1\n\"b\": &k key\n*k : 2\n? d\n: 3\n";
    const { root } = documentOf(text);
    if (root.kind !== "mapping") throw new Error("expected a mapping");
    const keys = root.entries.map(({ key, keyStart, keyEnd }) => [key, text.slice(keyStart, keyEnd)]);
    expect(keys).toEqual([
      ["a", "'a'"],
      ["b", '"b"'],
      ["key", "*k"],
      ["d", "d"],
    ]);
  });
});

describe("aliases", () => {
  test("an alias is the node of its anchor", () => {
    const document = documentOf("a: &x\n  k: v\nb: *x\nc: [*x]\n");
    expect(nodeAt(document, ["b"])).toBe(nodeAt(document, ["a"]));
    expect(nodeAt(document, ["c", 0])).toBe(nodeAt(document, ["a"]));
  });

  test("an anchor can be given again; the last one counts", () => {
    expect(valuesOf("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")).toEqual([{ a: 1, b: 1, c: 2, d: 2 }]);
  });

  test("an anchored key can be used as a value", () => {
    expect(valuesOf("&k name: x\nb: *k\n")).toEqual([{ name: "x", b: "name" }]);
  });
});
