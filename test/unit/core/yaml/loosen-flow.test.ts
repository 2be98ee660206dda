import { describe, expect, test } from "@jest/globals";
import { rangeWithin } from "../../../../src/core/locate/within.ts";
import { lineIndex } from "../../../../src/core/yaml/lines.ts";
import { documentOf, nodeAt, refusalOf, scalarOf, valuesOf } from "./documents-of.ts";

describe("brackets and quotes that the block around them does not indent", () => {
  test.each<[string, string, unknown[]]>([
    ["a list", "args: [\n  a,\n  b\n]\nc: 1\n", [{ args: ["a", "b"], c: 1 }]],
    ["a mapping", "s:\n  a: {\n    b: 1\n  }\n  c: 2\n", [{ s: { a: { b: 1 }, c: 2 } }]],
    ["an item", "- [\n  a\n]\n- b\n", [[["a"], "b"]]],
    ["nothing indented", "a: {\nb: [\n1,\n2\n]\n}\nc: 3\n", [{ a: { b: [1, 2] }, c: 3 }]],
    ["JSON in YAML", 'a: {\n"b": {\n"c": "d"\n}\n}\n', [{ a: { b: { c: "d" } } }]],
    ["tabs", "a: [\n\t1,\n\t2\n]\n", [{ a: [1, 2] }]],
    ["comments", "a: [ # one ]\n  b, # it's\n# two\n  c\n]\nd: 1\n", [{ a: ["b", "c"], d: 1 }]],
    ["hash inside words", "a: [\nx#y, 'p # q'\n]\n", [{ a: ["x#y", "p # q"] }]],
    ["double quotes", 's:\n  a: "x\n  y\n\n  z"\n  b: 1\n', [{ s: { a: "x y\nz", b: 1 } }]],
    ["single quotes", "s:\n  a: 'it''s\n  # y'\n  b: 1\n", [{ s: { a: "it's # y", b: 1 } }]],
    ["escaped breaks", 's:\n  a: "x \\\n  y\\"\n  z"\n', [{ s: { a: 'x y" z' } }]],
    ["quotes inside brackets", "a: [\n\"x\ny\", 'p\nq'\n]\n", [{ a: ["x y", "p q"] }]],
    ["words over lines", "a: [\nx\ny,\nz\n]\n", [{ a: ["x y", "z"] }]],
    ["apostrophes in words", "a: [\nit's, don't\n]\n", [{ a: ["it's", "don't"] }]],
    ["CRLF", "a: [\r\n  b\r\n]\r\nc: 1\r\n", [{ a: ["b"], c: 1 }]],
    ["a second document", "a: 1\n---\nb: [\n]\n---\nc: 2\n", [{ a: 1 }, { b: [] }, { c: 2 }]],
    ["a quoted key before", "'a': [\n]\n\"b\": [\n]\n", [{ a: [], b: [] }]],
    ["properties", "a: &x !!seq [\n1\n]\nb: *x\n", [{ a: [1], b: [1] }]],
    ["behind a literal", "s: |\n  [ \"\n  '\n\n  x\na: [\n]\n", [{ s: "[ \"\n'\n\nx\n", a: [] }]],
    ["behind an item's literal", "- a: |\n    ['\n  b: [\n  ]\n", [[{ a: "['\n", b: [] }]]],
    ["behind a plain over lines", "s: it\n  'is\n  [ so\na: [\n]\n", [{ s: "it 'is [ so", a: [] }]],
    ["behind a comment", "# it's [\ns: x # don't {\na: [\n]\n", [{ s: "x", a: [] }]],
  ])("%s", (_, text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  test("offsets are those of the original", () => {
    const text = "s:\n  a: [ # c\n  'x\n  y', # d\n  z\n  ]\n  b: 1\n";
    const document = documentOf(text);
    const list = nodeAt(document, ["s", "a"]);
    expect(text.slice(list.start, list.end)).toBe("[ # c\n  'x\n  y', # d\n  z\n  ]");
    const quoted = scalarOf(document, ["s", "a", 0]);
    expect(text.slice(quoted.start, quoted.end)).toBe("'x\n  y'");
    const { start } = rangeWithin(text, quoted, 2, 3, lineIndex(text));
    expect(start).toMatchObject({ line: 4, column: 3 });
    const last = scalarOf(document, ["s", "b"]);
    expect(text.slice(last.start, last.end)).toBe("1");
  });
});

describe("what stays refused", () => {
  test.each<[string, string, number]>([
    ["a bracket that never closes", "a: [\n]\nb: [\n", 2],
    ["an error further down", "a: [\n]\nb: 1\nb: 2\n", 4],
    ["broken YAML further down", "a: [\n]\nb:\n   c: 1\n  d: 2\n", 5],
    ["a document marker in quotes", "a: [\n]\nb: 'x\n---\n'\n", 2],
    ["a document marker in brackets", "a: [\n1,\n---\n]\n", 2],
    ["a comment that splits a word", "a: [\nb # c\nd\n]\n", 2],
    ["a missing comma over lines", "a: [\n{b: 1}\n{c: 2}\n]\n", 3],
  ])("%s", (_, text, line) => {
    expect(refusalOf(text)).toMatchObject({ at: { line } });
  });

  test.each([
    ["quotes without end", `a: [\n]\n${"b: 'x\n".repeat(30_000)}`],
    ["brackets without end", `a: [\n]\n${"b: [\n".repeat(30_000)}`],
    ["comments", `a: [\n${"# [ '\n".repeat(100_000)}`],
  ])("hostile %s end quickly", (_, text) => {
    const started = performance.now();
    refusalOf(text);
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});

test("many such brackets are read at speed", () => {
  const text = Array.from({ length: 20_000 }, (_, n) => `k${n}: [ # c\n  a\n]\n`).join("");
  const started = performance.now();
  const { root } = documentOf(text);
  expect(root.kind === "mapping" ? root.entries.length : 0).toBe(20_000);
  expect(performance.now() - started).toBeLessThan(60_000);
});
