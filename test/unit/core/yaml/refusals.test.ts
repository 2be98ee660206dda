import { describe, expect, test } from "@jest/globals";
import { DEFAULT_YAML_LIMITS, parseYaml } from "../../../../src/core/yaml/parse.ts";
import { toValue } from "../../../../src/core/yaml/value.ts";
import { documentsOf, refusalOf } from "./documents-of.ts";

describe("what is refused, and where", () => {
  test.each([
    ["duplicate key", "a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1],
    ["duplicate key, quoted once", 'a: 1\n"a": 3\n', "duplicate-key", 2, 1],
    ["duplicate key after conversion", "1: a\n'1': b\n", "duplicate-key", 2, 1],
    ["duplicate key in a flow mapping", "{a: 1, a: 2}", "duplicate-key", 1, 8],
    ["duplicate key in JSON", '{\n\t"a": 1,\n\t"a": 2\n}', "duplicate-key", 3, 2],
    ["complex key", "? [a]\n: b\n", "unsupported-yaml", 1, 3],
    ["complex flow key", "{ {a: 1}: b }", "unsupported-yaml", 1, 3],
    ["template placeholder", "a:\n  b: {{ x }}\n", "unsupported-yaml", 2, 7],
    ["complex key by alias", "a: &a [1]\n*a : x\n", "unsupported-yaml", 2, 1],
    ["null key", "a: 1\n~: 2\n", "unsupported-yaml", 2, 1],
    ["empty key", "a: 1\n: 2\n", "unsupported-yaml", 2, 1],
    ["binary key", "!!binary YQ==: 1\n", "unsupported-yaml", 1, 10],
    ["unknown tag on a scalar", "a: 1\nb: !vault x\n", "unsupported-yaml", 2, 4],
    ["unknown tag on a mapping", "a: !Ref\n  b: 1\n", "unsupported-yaml", 1, 4],
    ["set", "a: !!set { b }\n", "unsupported-yaml", 1, 4],
    ["sequence tag on a mapping", "a: !!seq { b: 1 }\n", "unsupported-yaml", 1, 4],
    ["undeclared handle", "a: !x!y z\n", "unsupported-yaml", 1, 8],
    ["undefined alias", "a: 1\nb: *nobody\n", "invalid-yaml", 2, 4],
    ["alias of another document", "a: &a 1\n---\nb: *a\n", "invalid-yaml", 3, 4],
    ["alias before its anchor", "a: *a\nb: &a 1\n", "invalid-yaml", 1, 4],
    ["cyclic alias", "a: &a\n  b: *a\n", "unsupported-yaml", 2, 6],
    ["cyclic alias in a list", "&a [x, *a]\n", "unsupported-yaml", 1, 8],
    ["cyclic merge", "a: &a\n  <<: *a\n", "unsupported-yaml", 2, 7],
    ["tab as indentation", "a:\n\tb: 1\n", "invalid-yaml", 2, 1],
    ["bad indentation", "a:\n    b: 1\n  c: 2\n", "invalid-yaml", 3, 3],
    ["unclosed quote", 'a: "x\n', "invalid-yaml", 2, 1],
    ["unclosed bracket", "a: [1,\n", "invalid-yaml", 2, 1],
    ["NUL", "a: 1\nb: x\0y\n", "invalid-yaml", 2, 5],
    ["CRLF lines count", "a: 1\r\nb: 2\r\na: 3\r\n", "duplicate-key", 3, 1],
    ["lone CR lines count", "a: 1\rb: 2\ra: 3\r", "duplicate-key", 3, 1],
    ["the second document", "a: 1\n---\nb: [\n", "invalid-yaml", 4, 1],
  ])("%s", (_, text, reason, line, column) => {
    expect(refusalOf(text)).toMatchObject({ reason, at: { line, column } });
  });

  test("twenty keys and more are still compared", () => {
    const keys = Array.from({ length: 40 }, (_, n) => `k${n}: ${n}\n`).join("");
    expect(refusalOf(`${keys}k39: again\n`)).toMatchObject({ reason: "duplicate-key" });
    expect(refusalOf(`${keys}k0: again\n`)).toMatchObject({ at: { line: 41 } });
    expect(documentsOf(`${keys}k40: new\n`)).toHaveLength(1);
  });
});

describe("messages never quote the input", () => {
  const canary = "s3cr3t-c4n4ry";
  test.each([
    `a: *${canary}\n`,
    `a: !${canary} x\n`,
    `a: !${canary}!x y\n`,
    `a: !${canary}^ y\n`,
    `%TAG !${canary}! a\n%TAG !${canary}! b\n---\n`,
    `${canary}: 1\n${canary}: 2\n`,
    `a: "${canary}\n`,
    `a: '${canary}\n`,
    `a: [${canary}\n`,
    `a: ${canary}\n${canary}\nb: 1\n`,
    `a: !!int ${canary}\n`,
    `a: "\\q${canary}"\n`,
    `%YAML ${canary}\n---\n`,
    `%${canary}\na: 1\n`,
    `a: |${canary}\n`,
    `a: ${canary}\0\n`,
    `? {${canary}: 1}\n: 2\n`,
    `&${canary} [*${canary}]\n`,
  ])("%j", (text) => {
    const refusal = refusalOf(text);
    expect(JSON.stringify(refusal)).not.toContain(canary);
    expect(refusal.message).toMatch(/^[A-Z].*\.$/);
  });
});

describe("limits", () => {
  /** Nine levels, each nine times the last: 9^9 scalars when written out. */
  const laughs = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    .concat(
      Array.from({ length: 9 }, (_, n) => {
        const aliases = Array.from({ length: 9 }, () => `*a${n}`).join(", ");
        return `a${n + 1}: &a${n + 1} [${aliases}]`;
      }),
    )
    .join("\n");
  const mergeBomb = ["m0: &m0 {k: 1}"]
    .concat(
      Array.from({ length: 30 }, (_, n) => {
        return `m${n + 1}: &m${n + 1} { a${n}: *m${n}, b${n}: *m${n}, <<: *m${n} }`;
      }),
    )
    .join("\n");
  const wide = `base: &base {${Array.from({ length: 2000 }, (_, n) => `k${n}: 1`).join(", ")}}\n`;

  test.each([
    ["billion laughs", laughs],
    ["merge bomb", mergeBomb],
    ["many merges of a wide mapping", `${wide}all:\n${"- <<: *base\n".repeat(5000)}`],
    ["a long list of merges", `${wide}x:\n  <<: [${"*base, ".repeat(5000)}]\n`],
    ["a long string used often", `a: &a ${"x".repeat(500_000)}\nb: [${"*a, ".repeat(500_000)}]\n`],
    ["a long key used often", `a: &a { ${"x".repeat(500_000)}: 1 }\nb: [${"*a, ".repeat(500_000)}]\n`],
    [
      "nesting by aliases",
      Array.from({ length: 5000 }, (_, n) => `a${n}: &a${n} [${n === 0 ? "x" : `*a${n - 1}`}]`).join("\n"),
    ],
    ["nested brackets", "[".repeat(100_000)],
    ["nested braces", "{a: ".repeat(100_000)],
    ["nested dashes", "- ".repeat(100_000)],
    ["nested keys", Array.from({ length: 2000 }, (_, n) => `${" ".repeat(n)}k:`).join("\n")],
    ["nested question marks", "? ".repeat(100_000)],
    ["documents", "---\n".repeat(500_000)],
    ["documents with end markers", "a\n...\n".repeat(20_000)],
  ])("%s is refused in no time", (_, text) => {
    const started = performance.now();
    const refusal = refusalOf(text);
    expect(refusal.reason).toBe("limit-exceeded");
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  test("the number of documents", () => {
    const limits = { ...DEFAULT_YAML_LIMITS, documents: 2 };
    expect(parseYaml("---\na\n---\nb\n", limits).kind).toBe("documents");
    expect(parseYaml("---\na\n---\nb\n---\nc\n", limits)).toMatchObject({
      reason: "limit-exceeded",
      at: { line: 5, column: 1 },
    });
    expect(parseYaml("a: |\n  ---\n  ---\n  ---\n---x: y\n", limits).kind).toBe("documents");
  });

  test("the depth, written or through aliases", () => {
    const limits = { ...DEFAULT_YAML_LIMITS, depth: 4 };
    expect(parseYaml("[[[x]]]", limits).kind).toBe("documents");
    expect(parseYaml("[[[[x]]]]", limits)).toMatchObject({ reason: "limit-exceeded" });
    expect(parseYaml("- &a [x]\n- [*a]\n", limits).kind).toBe("documents");
    expect(parseYaml("- &a [x]\n- [[*a]]\n", limits)).toMatchObject({ reason: "limit-exceeded" });
  });

  test("a depth limit that the stack cannot hold is still a refusal", () => {
    const limits = { ...DEFAULT_YAML_LIMITS, depth: 10_000_000 };
    expect(parseYaml("[".repeat(200_000), limits)).toMatchObject({ kind: "invalid" });
  });

  test("what aliases add", () => {
    const limits = { ...DEFAULT_YAML_LIMITS, aliasNodes: 6 };
    expect(parseYaml("a: &a [1, 2]\nb: [*a, *a]\n", limits).kind).toBe("documents");
    expect(parseYaml("a: &a [1, 2]\nb: [*a, *a, *a]\n", limits)).toMatchObject({
      reason: "limit-exceeded",
      at: { line: 2, column: 13 },
    });
  });

  test("content without aliases is not counted", () => {
    const limits = { ...DEFAULT_YAML_LIMITS, aliasNodes: 0 };
    expect(parseYaml(`[${"1, ".repeat(5000)}]`, limits).kind).toBe("documents");
  });

  test("many aliases below the limit share their values", () => {
    const text = `a: &a {${Array.from({ length: 100 }, (_, n) => `k${n}: v`).join(", ")}}\nb: [${"*a, ".repeat(9000)}]\n`;
    const started = performance.now();
    const [document] = documentsOf(text);
    if (document === undefined) throw new Error("expected a document");
    expect((toValue(document.root) as { b: unknown[] }).b).toHaveLength(9000);
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});
