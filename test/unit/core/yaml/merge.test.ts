import { describe, expect, test } from "@jest/globals";
import { valueAt } from "../../../../src/model/json.ts";
import { toValue } from "../../../../src/core/yaml/value.ts";
import { documentOf, nodeAt, refusalOf, valuesOf } from "./documents-of.ts";

const BASES = "a: &a { p: 1, q: 1 }\nb: &b { q: 2, r: 2 }\n";

describe("merge keys", () => {
  test.each([
    ["one mapping", "<<: *a", { p: 1, q: 1 }],
    ["own entries win, the merge first", "<<: *a\n  q: 9", { p: 1, q: 9 }],
    ["own entries win, the merge last", "q: 9\n  <<: *a", { p: 1, q: 9 }],
    ["a list, the earlier wins", "<<: [*a, *b]", { p: 1, q: 1, r: 2 }],
    ["a list, the other way round", "<<: [*b, *a]", { p: 1, q: 2, r: 2 }],
    ["two merge keys, the earlier wins", "<<: *b\n  <<: *a", { p: 1, q: 2, r: 2 }],
    ["a mapping written in place", "<<: { p: 5 }\n  w: 0", { p: 5, w: 0 }],
    ["a tagged key", "!!merge '<<': *a", { p: 1, q: 1 }],
    ["an empty list", "<<: []\n  w: 0", { w: 0 }],
  ])("%s", (_, body, value) => {
    const { root } = documentOf(`${BASES}c:\n  ${body}\n`);
    expect(valueAt(toValue(root), ["c"])).toEqual(value);
  });

  test("a merge of a merge", () => {
    expect(valuesOf(`${BASES}c: &c\n  <<: *a\nd:\n  <<: *c\n`)).toMatchObject([{ d: { p: 1, q: 1 } }]);
  });

  test.each(['"<<": *a', "'<<': *a", "!!str <<: *a"])("%s is a plain key", (body) => {
    expect(valuesOf(`${BASES}c:\n  ${body}\n`)).toMatchObject([{ c: { "<<": { p: 1, q: 1 } } }]);
  });

  test("merged entries come last, are flagged, and keep their offsets", () => {
    const text = `${BASES}c:\n  <<: *a\n  own: 1\n`;
    const node = nodeAt(documentOf(text), ["c"]);
    if (node.kind !== "mapping") throw new Error("expected a mapping");
    expect(node.entries.map(({ key, merged }) => [key, merged])).toEqual([
      ["own", false],
      ["p", true],
      ["q", true],
    ]);
    expect(node.entries[1]).toMatchObject({ keyStart: text.indexOf("p:"), value: { value: 1 } });
    const source = nodeAt(documentOf(text), ["a"]);
    if (source.kind !== "mapping") throw new Error("expected a mapping");
    expect(source.entries.every((entry) => !entry.merged)).toBe(true);
  });

  test.each(["<<: 1", "<<:", "<<: [1]", "<<: [*a, text]"])("%s is refused", (body) => {
    expect(refusalOf(`${BASES}c:\n  ${body}\n`)).toMatchObject({
      reason: "invalid-yaml",
      at: { line: 4, column: 3 },
    });
  });
});
