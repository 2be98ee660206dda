import { describe, expect, test } from "@jest/globals";
import { suggestFix } from "../../../../src/core/fix/suggest.ts";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";
import type { DataPath } from "../../../../src/model/json.ts";
import type { Fix } from "../../../../src/model/rule.ts";

function fixed(text: string, path: DataPath, fix: Fix, index = 0): string | null {
  const { files } = load([{ source: { uri: "a.yaml", text }, explicit: true, context: false }], new Memory());
  const object = files[0]?.objects[index];
  if (files[0] === undefined || object === undefined) throw new Error("no object");
  const edit = suggestFix(object, path, [fix], files[0].lines);
  if (edit === null) return null;
  const result = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  // What a review comment would put in the place of the lines comes to the same.
  const lines = text.split("\n");
  const after = [
    ...lines.slice(0, edit.startLine - 1),
    ...(fix.set === undefined && edit.replacement === "" ? [] : edit.replacement.split("\n")),
    ...lines.slice(edit.endLine),
  ];
  expect(after.join("\n")).toBe(result);
  return result;
}

const head = "apiVersion: v1\nkind: Thing\nmetadata: {name: a}\n";
const body = (text: string) => `${head}${text}`;
const set = (key: string, value: string | number | boolean): Fix => ({ key, set: value });

describe("writing a value", () => {
  test.each<[string, string, DataPath, Fix, string | null]>([
    [
      "in the place of a plain one",
      "spec:\n  every: 0 # never\n  b: 1\n",
      ["spec", "every"],
      set("every", "1h"),
      "spec:\n  every: 1h # never\n  b: 1\n",
    ],
    [
      "with the quotes that were there",
      'spec:\n  every: "0"\n',
      ["spec", "every"],
      set("every", "1h"),
      'spec:\n  every: "1h"\n',
    ],
    ["with single quotes", "spec:\n  every: '0'\n", ["spec", "every"], set("every", "1h"), "spec:\n  every: '1h'\n"],
    [
      "a text that looks like a boolean",
      'spec:\n  run: "true"\n',
      ["spec", "run"],
      set("run", "false"),
      'spec:\n  run: "false"\n',
    ],
    [
      "a text that looks like one, without quotes before",
      "spec:\n  a: x\n",
      ["spec", "a"],
      set("a", "yes"),
      'spec:\n  a: "yes"\n',
    ],
    ["a boolean in the place of a text", "spec:\n  a: true\n", ["spec", "a"], set("a", false), "spec:\n  a: false\n"],
    ["where the key has none", "spec:\n  a:\n  b: 1\n", ["spec", "a"], set("a", 3), "spec:\n  a: 3\n  b: 1\n"],
    [
      "as a new entry",
      "spec:\n  b: 1 # one\n  c:\n    - x\n",
      ["spec", "a"],
      set("a", false),
      "spec:\n  b: 1 # one\n  a: false\n  c:\n    - x\n",
    ],
    [
      "as the first entry where all others are long",
      "spec:\n  c:\n    - x\n",
      ["spec", "a"],
      set("a", false),
      "spec:\n  a: false\n  c:\n    - x\n",
    ],
    [
      "in an item of a list",
      "spec:\n  list:\n    - name: x\n      b: 1\n    - name: y\n",
      ["spec", "list", 0, "a"],
      set("a", true),
      "spec:\n  list:\n    - name: x\n      b: 1\n      a: true\n    - name: y\n",
    ],
    [
      "in an item whose only entry is long",
      "spec:\n  list:\n    - deep:\n        x: 1\n",
      ["spec", "list", 0, "a"],
      set("a", true),
      "spec:\n  list:\n    - a: true\n      deep:\n        x: 1\n",
    ],
    [
      "with the mapping that is missing",
      "spec:\n  b: 1\n",
      ["spec", "context", "a"],
      set("a", false),
      "spec:\n  b: 1\n  context:\n    a: false\n",
    ],
    ["in a flow mapping", "spec: {b: 1}\n", ["spec", "a"], set("a", false), "spec: {b: 1, a: false}\n"],
    [
      "in an empty flow mapping",
      "spec:\n  dir: {}\n",
      ["spec", "dir", "medium"],
      set("medium", "Memory"),
      "spec:\n  dir: {medium: Memory}\n",
    ],
    [
      "with Windows line ends",
      "spec:\r\n  b: 1\r\n  c: 2\r\n",
      ["spec", "a"],
      set("a", false),
      "spec:\r\n  b: 1\r\n  c: 2\r\n  a: false\r\n",
    ],
    ["not on a mapping", "spec:\n  a:\n    b: 1\n", ["spec", "a"], set("a", false), null],
    ["not on a block scalar", "spec:\n  a: |\n    text\n", ["spec", "a"], set("a", false), null],
    ["not through a missing list item", "spec:\n  b: 1\n", ["spec", "list", 0, "a"], set("a", false), null],
    ["not where another key was meant", "spec:\n  b: 1\n", ["spec", "b"], set("a", 1), null],
    ["not through an alias", "x: &x\n  b: 1\nspec: *x\n", ["spec", "b"], set("b", 2), null],
    ["not where others share it", "x:\n  d: &x\n    b: 1\nspec: *x\n", ["x", "d", "b"], set("b", 2), null],
    ["not through a merge key", "x: &x\n  b: 1\nspec:\n  <<: *x\n  c: 1\n", ["spec", "b"], set("b", 2), null],
    [
      "a key that needs quotes",
      'spec:\n  "a b": 1\n',
      ["spec", "x y"],
      set("x y", 2),
      'spec:\n  "a b": 1\n  "x y": 2\n',
    ],
  ])("%s", (_, text, path, fix, expected) => {
    expect(fixed(body(text), path, fix)).toBe(expected === null ? null : body(expected));
  });

  test("in JSON", () => {
    const text = '{"apiVersion": "v1", "kind": "Thing", "spec": {"b": 1}}\n';
    expect(fixed(text, ["spec", "a"], set("a", "x"))).toBe(
      '{"apiVersion": "v1", "kind": "Thing", "spec": {"b": 1, "a": "x"}}\n',
    );
  });

  test("in the second document, and in a List", () => {
    const text = `${head}---\napiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Thing\n    spec:\n      a: true\n`;
    expect(fixed(text, ["spec", "a"], set("a", false), 1)).toBe(text.replace("true", "false"));
  });
});

describe("taking an entry away", () => {
  test.each<[string, string, DataPath, string | null]>([
    ["with its line", "spec:\n  a: 1 # x\n  b: 2\n", ["spec", "a"], "spec:\n  b: 2\n"],
    ["with its lines", "spec:\n  a:\n    - 1\n    - 2\n  b: 2\n", ["spec", "a"], "spec:\n  b: 2\n"],
    ["not the only one", "spec:\n  a: 1\n", ["spec", "a"], null],
    ["not from a flow mapping", "spec: {a: 1, b: 2}\n", ["spec", "a"], null],
    ["not the first one of a list's item", "spec:\n  - a: 1\n    b: 2\n", ["spec", 0, "a"], null],
    ["not what is not there", "spec:\n  b: 1\n  c: 1\n", ["spec", "a"], null],
  ])("%s", (_, text, path, expected) => {
    expect(fixed(body(text), path, { key: "a" })).toBe(expected === null ? null : body(expected));
  });
});
