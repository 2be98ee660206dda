import { describe, expect, test } from "@jest/globals";
import type { DataPath } from "../../../../src/model/json.ts";
import { scalarAt } from "../../../../src/core/locate/path-at.ts";
import { documentOf, documentsOf, scalarOf } from "../yaml/documents-of.ts";

const TEXT = `# secret: in a comment
data:
  "user": alice
  pem: |
    line one
    line two
  list: [x, 'yy', {k: "v w"}]
empty:
nested:
  - - deep
    - other
`;

describe("the scalar at an offset", () => {
  test.each<[string, DataPath, boolean]>([
    ["data", ["data"], true],
    ['"user"', ["data", "user"], true],
    ["alice", ["data", "user"], false],
    ["line two", ["data", "pem"], false],
    ["|", ["data", "pem"], false],
    ["list", ["data", "list"], true],
    ["x,", ["data", "list", 0], false],
    ["yy", ["data", "list", 1], false],
    ["k:", ["data", "list", 2, "k"], true],
    ["v w", ["data", "list", 2, "k"], false],
    ["empty", ["empty"], true],
    ["deep", ["nested", 0, 0], false],
    ["other", ["nested", 0, 1], false],
  ])("%s", (needle, path, isKey) => {
    const found = scalarAt(documentOf(TEXT), TEXT.indexOf(needle));
    expect(found).toMatchObject({ path, isKey });
  });

  test.each(["# secret", ": alice", "- deep", ", 'yy'", "\nnested"])("nothing at %j", (needle) => {
    expect(scalarAt(documentOf(TEXT), TEXT.indexOf(needle))).toBeNull();
  });

  test("values give the node of the tree, ends are exclusive", () => {
    const document = documentOf(TEXT);
    const node = scalarOf(document, ["data", "user"]);
    expect(scalarAt(document, node.end - 1)?.node).toBe(node);
    expect(scalarAt(document, node.end)).toBeNull();
    expect(scalarAt(document, -1)).toBeNull();
    expect(scalarAt(document, TEXT.length + 9)).toBeNull();
  });

  test("keys give a node with the key's offsets", () => {
    const start = TEXT.indexOf('"user"');
    expect(scalarAt(documentOf(TEXT), start + 3)?.node).toEqual({
      kind: "scalar",
      value: "user",
      text: "user",
      style: "double",
      binary: false,
      start,
      end: start + 6,
    });
  });

  test("every offset agrees with a plain search", () => {
    const document = documentOf(TEXT);
    const seen = new Set<string>();
    for (let offset = 0; offset < TEXT.length; offset += 1) {
      const found = scalarAt(document, offset);
      if (found === null) continue;
      expect(found.node.start).toBeLessThanOrEqual(offset);
      expect(found.node.end).toBeGreaterThan(offset);
      seen.add(`${found.isKey ? "key" : "value"} ${found.path.join("/")}`);
    }
    expect(seen.size).toBe(14);
  });

  test("a scalar as root, and only its own document", () => {
    const [first, second] = documentsOf("one\n---\ntwo\n");
    if (first === undefined || second === undefined) throw new Error("expected two");
    expect(scalarAt(first, 1)).toMatchObject({ path: [], isKey: false });
    expect(scalarAt(first, 9)).toBeNull();
    expect(scalarAt(second, 9)).toMatchObject({ path: [], node: { text: "two" } });
  });
});

describe("aliases and merges are reported where they are written", () => {
  test.each<[string, string, string, DataPath, boolean]>([
    ["an alias", "a: &x {k: val}\nb: *x\n", "val", ["a", "k"], false],
    ["an aliased scalar", "a: &x val\nb: [*x, *x, w]\n", "val", ["a"], false],
    ["behind an alias", "a: &x [val]\nb: [*x, w]\n", "w]", ["b", 1], false],
    ["a merge", "a: &x {k: val}\nb:\n  <<: *x\n", "val", ["a", "k"], false],
    ["a merge written in place", "b:\n  <<: {k: val}\n  o: 1\n", "val", ["b", "k"], false],
    ["its key", "b:\n  <<: {key: val}\n  o: 1\n", "key", ["b", "key"], true],
    ["behind such a merge", "b:\n  <<: {k: val}\n  o: 1\n", "o:", ["b", "o"], true],
    ["anchored inside a merge", "b:\n  <<: &x {k: val}\nc: *x\n", "val", ["b", "k"], false],
    ["merged in place twice", "- <<: &x {k: {m: val}}\n- <<: *x\n", "val", [0, "k", "m"], false],
    ["a merge in a merge", "b:\n  <<: {p: {<<: {k: val}}}\n", "val", ["b", "p", "k"], false],
  ])("%s", (_, text, needle, path, isKey) => {
    expect(scalarAt(documentOf(text), text.indexOf(needle))).toMatchObject({ path, isKey });
  });

  test("the alias itself and the merge key are no scalars", () => {
    const text = "a: &x 1\nb: *x\nc: {<<: {d: 1}}\n";
    expect(scalarAt(documentOf(text), text.indexOf("*x") + 1)).toBeNull();
    expect(scalarAt(documentOf(text), text.indexOf("<<"))).toBeNull();
  });

  test("aliases are not expanded to find them", () => {
    const bomb = ["a0: &a0 [v, v, v, v, v, v, v, v]"]
      .concat(
        Array.from({ length: 5 }, (_, n) => {
          return `a${n + 1}: &a${n + 1} [${Array.from({ length: 8 }, () => `*a${n}`).join(", ")}]`;
        }),
      )
      .join("\n");
    const document = documentOf(bomb);
    const started = performance.now();
    expect(scalarAt(document, bomb.indexOf("v"))).toMatchObject({ path: ["a0", 0] });
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});
