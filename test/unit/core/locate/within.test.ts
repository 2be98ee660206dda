import { describe, expect, test } from "@jest/globals";
import type { DataPath } from "../../../../src/model/json.ts";
import { rangeWithin } from "../../../../src/core/locate/within.ts";
import { scalarAt } from "../../../../src/core/locate/path-at.ts";
import { lineIndex } from "../../../../src/core/yaml/lines.ts";
import { documentOf, scalarOf } from "../yaml/documents-of.ts";

/** The source of `needle` where it stands in the scalar at `k`, with its place. */
function sourceOf(text: string, needle: string, path: DataPath = ["k"]) {
  const node = scalarOf(documentOf(text), path);
  const start = node.text.indexOf(needle);
  if (start === -1) throw new Error("the scalar does not hold the needle");
  const range = rangeWithin(text, node, start, start + needle.length, lineIndex(text));
  return {
    source: text.slice(range.start.offset, range.end.offset),
    from: `${range.start.line}:${range.start.column}`,
    to: `${range.end.line}:${range.end.column}`,
  };
}

describe("a stretch of a scalar in its source", () => {
  test.each([
    ["plain", "k: one two three\n", "two", "two", "1:8"],
    ["single", "k: 'one two'\n", "two", "two", "1:9"],
    ["double", 'k: "one two"\n', "two", "two", "1:9"],
    ["behind a doubled quote", "k: 'it''s two'\n", "two", "two", "1:11"],
    ["a doubled quote itself", "k: 'it''s'\n", "t's", "t''s", "1:6"],
    ["behind an escape", 'k: "a\\tb\\u0041 two"\n', "two", "two", "1:16"],
    ["over escapes", 'k: "a\\x41\\u0042\\U0001F600c"\n', "AB\u{1f600}c", "\\x41\\u0042\\U0001F600c", "1:6"],
    ["a surrogate pair of escapes", 'k: "\\ud83d\\ude00z"\n', "\u{1f600}z", "\\ud83d\\ude00z", "1:5"],
    ["escaped JSON", 'k: "{\\"p\\": \\"two\\"}"\n', "two", "two", "1:15"],
    ["an escaped line break", 'k: "one \\\n  two"\n', "two", "two", "2:3"],
    ["a folded plain scalar", "k: one\n  two three\n", "three", "three", "2:7"],
    ["over a fold", "k: one\n  two three\n", "one two", "one\n  two", "1:4"],
    ["a folded single", "k: 'one \n\n   two'\n", "two", "two", "3:4"],
    ["a folded double", 'k: "one\n  t\\x77o"\n', "two", "t\\x77o", "2:3"],
    ["a literal", "k: |\n  one\n  two\n", "two", "two", "3:3"],
    ["a literal over lines", "k: |\n  one\n  two\n  three\n", "one\ntwo", "one\n  two", "2:3"],
    ["a literal's deeper line", "k: |\n  one\n    two\n", "  two", "  two", "3:3"],
    ["behind blank lines", "k: |\n\n \n  one\n\n  two\n", "two", "two", "6:3"],
    ["an indentation indicator", "k: |1\n    one\n  two\n", "two", "two", "3:3"],
    ["what the indicator keeps", "k: |1\n    one\n  two\n", "   one", "   one", "2:2"],
    ["indicator and chomping", "k: |1-\n  one\n", " one", " one", "2:2"],
    ["chomping before indicator", "k: |+1\n  one\n\n", "one", "one", "2:3"],
    ["strip", "k: |-\n  one\n  two\n\n\n", "two", "two", "3:3"],
    ["keep", "k: |+\n  one\n  two\n\n\n", "two", "two", "3:3"],
    ["a header comment", "k: | # > x\n  one\n  two\n", "two", "two", "3:3"],
    ["folded", "k: >\n  one\n  two\n\n  three\n", "two", "two", "3:3"],
    ["folded, next paragraph", "k: >\n  one\n  two\n\n  three\n", "three", "three", "5:3"],
    ["folded over lines", "k: >-\n  one\n  two\n", "one two", "one\n  two", "2:3"],
    ["folded, deeper lines", "k: >\n  one\n    two\n    three\n  four\n", "four", "four", "5:3"],
    ["tagged literal", "k: !!str |\n  one\n  two\n", "two", "two", "3:3"],
    ["tabs as content", "k: |\n  \tone\n  two\n", "\tone", "\tone", "2:3"],
    ["trailing spaces", "k: |\n  one  \n  two\n", "one  ", "one  ", "2:3"],
  ])("%s", (_, text, needle, source, from) => {
    expect(sourceOf(text, needle)).toMatchObject({ source, from });
    const crlf = text.replaceAll("\n", "\r\n");
    expect(sourceOf(crlf, needle)).toMatchObject({ source: source.replaceAll("\n", "\r\n"), from });
    const cr = text.replaceAll("\n", "\r");
    expect(sourceOf(cr, needle)).toMatchObject({ source: source.replaceAll("\n", "\r"), from });
  });

  test("a sequence item whose indicator counts from the dash", () => {
    expect(sourceOf("k:\n- |2\n    one\n  two\n", "two", ["k", 0])).toMatchObject({
      source: "two",
      from: "4:3",
    });
  });

  test("line breaks at the end of a stretch do not reach into the next line", () => {
    expect(sourceOf("k: |\n  one\n  two\n  three\n", "two\n")).toMatchObject({
      source: "two",
      to: "3:6",
    });
    expect(sourceOf("k: |\n  one\n  two\n", "one\ntwo\n")).toMatchObject({ to: "3:6" });
    expect(sourceOf("k: |+\n  one\n\n\n", "one\n\n\n")).toMatchObject({ source: "one" });
  });

  test("a stretch that is a line break only", () => {
    expect(sourceOf("k: |\n  one\n  two\n", "\n")).toMatchObject({ from: "2:6" });
  });

  test("a key, quoted with escapes", () => {
    const text = '"a\\tsecret": 1\n';
    const found = scalarAt(documentOf(text), 4);
    if (found === null) throw new Error("expected a key");
    const at = found.node.text.indexOf("secret");
    const { start, end } = rangeWithin(text, found.node, at, at + 6, lineIndex(text));
    expect(text.slice(start.offset, end.offset)).toBe("secret");
  });
});

describe("what cannot be aligned is the whole scalar", () => {
  test("a key that is written as an alias", () => {
    const text = "k: &k secret\n*k : 1\n";
    const found = scalarAt(documentOf(text), text.indexOf("*k"));
    if (found === null) throw new Error("expected a key");
    const { start, end } = rangeWithin(text, found.node, 1, 3, lineIndex(text));
    expect(text.slice(start.offset, end.offset)).toBe("*k");
  });

  test("a node whose text is not that of the source", () => {
    const text = "k: 'some''thing'\n";
    const node = { ...scalarOf(documentOf(text), ["k"]), text: "another thing" };
    const { start, end } = rangeWithin(text, node, 1, 3, lineIndex(text));
    expect(text.slice(start.offset, end.offset)).toBe("'some''thing'");
  });
});

describe("bounds", () => {
  const text = "k: 'abc'\n";
  test.each([
    [-5, 2, "ab"],
    [1, 99, "bc"],
    [2, 1, ""],
    [9, 9, ""],
    [0, 3, "abc"],
  ])("[%d, %d) is cut to the text", (start, end, source) => {
    const node = scalarOf(documentOf(text), ["k"]);
    const range = rangeWithin(text, node, start, end, lineIndex(text));
    expect(text.slice(range.start.offset, range.end.offset)).toBe(source);
  });

  test.each(["k: |\n\n\nj: 1\n", "k: |2\n    \nj: 1\n", "k: ''\n", "k:\n", 'k: "\\\n  "\n'])(
    "an empty scalar, %j",
    (empty) => {
      const node = scalarOf(documentOf(empty), ["k"]);
      const range = rangeWithin(empty, node, 0, 5, lineIndex(empty));
      expect(range.start.offset).toBeGreaterThanOrEqual(node.start);
      expect(range.end.offset).toBeLessThanOrEqual(node.end);
    },
  );

  test("many stretches of a large block scalar are found in no time", () => {
    const body = Array.from({ length: 50_000 }, (_, n) => `  line ${n} token${n}\n`).join("");
    const large = `k: |\n${body}`;
    const node = scalarOf(documentOf(large), ["k"]);
    const lines = lineIndex(large);
    const started = performance.now();
    let at = 0;
    for (let n = 0; n < 50_000; n += 1) {
      const needle = `token${n}\n`;
      at = node.text.indexOf(needle, at);
      const { start } = rangeWithin(large, node, at, at + needle.length - 1, lines);
      if (start.line !== n + 2) throw new Error(`line ${start.line} for ${n}`);
    }
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});
