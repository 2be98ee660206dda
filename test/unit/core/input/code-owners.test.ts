import { describe, expect, test } from "@jest/globals";
import { ownershipOf, readCodeOwners } from "../../../../src/core/input/code-owners.ts";
import { ownerPattern } from "../../../../src/core/input/owner-patterns.ts";

describe("ownerPattern", () => {
  test.each<[pattern: string, fits: readonly string[], not: readonly string[]]>([
    ["*", ["a", "a/b.yaml"], []],
    ["*.js", ["a.js", "b/c/a.js"], ["a.jsx", "b/js"]],
    ["/build/logs/", ["build/logs/a", "build/logs/b/c"], ["build/logs", "x/build/logs/a"]],
    ["docs/*", ["docs/a.md"], ["docs/a/b.md", "x/docs/a.md"]],
    ["/*", ["a"], ["a/b"]],
    ["apps/", ["apps/a", "x/apps/b/c"], ["apps", "myapps/a"]],
    ["/docs/", ["docs/a/b"], ["x/docs/a"]],
    ["apps/github", ["apps/github/a", "apps/github"], ["x/apps/github", "apps/github2"]],
    ["**/logs", ["logs/a", "a/b/logs/c", "deploy/logs"], ["logs2/a"]],
    ["a/**", ["a/b", "a/b/c"], ["a", "b/a/c"]],
    ["a/**/b.yaml", ["a/b.yaml", "a/x/y/b.yaml"], ["a/x/b.yml"]],
    ["/**/rbac*.yaml", ["rbac.yaml", "x/rbac-admin.yaml"], ["x/arbac.yaml"]],
    ["a?c", ["abc", "x/abc"], ["ac", "abbc"]],
    ["a*b*c", ["abc", "axxbxxc"], ["axxb", "acb"]],
    ["/deploy/*.d", ["deploy/x.d", "deploy/x.d/a"], ["deploy/x"]],
    ["/", ["a"], []],
  ])("%s", (pattern, fits, not) => {
    const matches = ownerPattern(pattern);
    expect(fits.filter((uri) => !matches(uri))).toEqual([]);
    expect(not.filter((uri) => matches(uri))).toEqual([]);
  });

  test("a pattern of many stars costs little", () => {
    const matches = ownerPattern(`/${"*a".repeat(200)}b/${"**/x/".repeat(200)}y`);
    expect(matches(`${"a".repeat(2000)}/${"x/".repeat(200)}z`)).toBe(false);
  });
});

describe("readCodeOwners", () => {
  const owners = (text: string, uri: string) => ownershipOf(uri, readCodeOwners(text)).owners;

  test("the last pattern that fits decides", () => {
    const text =
      "* @acme/all\n\n# /deploy/ @nobody\n/deploy/ @acme/platform sam@example.com # why\n/deploy/open.yaml\n";
    expect(owners(text, "a.yaml")).toEqual(["@acme/all"]);
    expect(owners(text, "deploy/a.yaml")).toEqual(["@acme/platform", "sam@example.com"]);
    expect(ownershipOf("deploy/open.yaml", readCodeOwners(text))).toMatchObject({
      owners: [],
      entry: { key: "/deploy/open.yaml" },
    });
    expect(ownershipOf("a", readCodeOwners("/b @a\n"))).toEqual({ owners: [], entry: null });
  });

  test("lines that are not valid are skipped", () => {
    const text = "a @x\n!a @y\n[a-b] @y\n\\#a @y\na nobody\na @x/\n";
    expect(readCodeOwners(text).entries.map(({ key }) => key)).toEqual(["a"]);
  });

  test("blanks in names, line ends of Windows, a pattern that comes twice", () => {
    const text = "my\\ app/ @x\r\n  a @x\r\na @y";
    const { entries } = readCodeOwners(text);
    expect(entries.map(({ key, start, end }) => [key, text.slice(start, end)])).toEqual([
      ["my app/", "my\\ app/ @x"],
      ["a", "a @x"],
      ["a (2)", "a @y"],
    ]);
    expect(owners(text, "my app/b")).toEqual(["@x"]);
  });

  test("sections of GitLab", () => {
    const text =
      "* @all\n[Platform][2] @platform @x\n/deploy/\n/deploy/a @sam\n^[Docs] @docs\n*\n[platform]\n/deploy/b\n";
    expect(readCodeOwners(text).sections).toBe(true);
    expect(owners(text, "deploy/c")).toEqual(["@platform", "@x", "@all"]);
    expect(owners(text, "deploy/a")).toEqual(["@sam", "@all"]);
    expect(owners(text, "deploy/b")).toEqual(["@all"]);
  });
});
