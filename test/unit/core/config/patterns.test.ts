import { describe, expect, test } from "@jest/globals";
import picomatch from "picomatch";
import { globProblem, namespacePatternProblem, objectPatternProblem } from "../../../../src/core/config/glob.ts";
import { nearest, nearestRule } from "../../../../src/core/config/nearest.ts";
import { compileRegex, regexProblem } from "../../../../src/core/config/regex.ts";

describe("globs", () => {
  test.each([
    ".",
    "a",
    "**",
    "**/*.yaml",
    "k8s/{dev,prod}/*",
    "a[0-9].yaml",
    "*-*-*.yaml",
    "a b/c",
    "über/*",
    "charts/*/templates/**",
    "?x",
    "*/*/*/*.yaml",
    "**/a/**/b/**",
  ])("%s is fine", (glob) => {
    expect(globProblem(glob)).toBeNull();
  });

  test.each([
    "",
    " ",
    "!a",
    "a\\b",
    "(a+)+b",
    "+(a|b)",
    "/a",
    "C:/a",
    "a/../b",
    "..",
    "[ab",
    "{a,b",
    "a{1..100000}",
    "*a*a*a*a",
    "**/*a*/*a*/*a*/b",
    "**/a/**/b/**/c/**",
    "x".repeat(501),
  ])("%j is refused", (glob) => {
    expect(globProblem(glob)).toMatch(/./);
  });

  test("that are accepted match hostile paths in short time", () => {
    const worst = ["**/*a*a*b", "**/*a*/**/*a*/**/b", "**/a/**/a/**/b", "**/*a*/*a*/b", "{*a,*a}*b"];
    expect(worst.filter((glob) => globProblem(glob) !== null)).toEqual([]);
    const paths = ["a".repeat(255), "a/".repeat(100), `${"a".repeat(60)}/`.repeat(8)];
    const started = Date.now();
    for (const glob of worst) for (const path of paths) picomatch(glob, { dot: true })(path);
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  test.each([
    ["ClusterRole/admin", null],
    ["Role/dev-*/edit", null],
    ["*/kube-system/*", null],
    ["ClusterRole/system:node", null],
    ["admin", "must be Kind/name or Kind/namespace/name"],
    ["a/b/c/d", "must be Kind/name or Kind/namespace/name"],
    ["Role//x", "must be Kind/name or Kind/namespace/name"],
  ])("object %s", (pattern, problem) => {
    expect(objectPatternProblem(pattern)).toBe(problem);
  });

  test("namespaces have no slash", () => {
    expect(namespacePatternProblem("dev-*")).toBeNull();
    expect(namespacePatternProblem("a/b")).toBe("must be the name of a namespace, without /");
  });
});

describe("regular expressions", () => {
  test.each([
    "a",
    "(?i)^(foo|bar)$",
    "(?P<x>a)",
    "\\d+",
    "[(?=]",
    "\\A\\w+\\z",
    "a{2,10}",
    "[[:alpha:]]+",
    "\\pL",
    "(?i:a)b",
    "\\(?=",
    "a|",
    "{",
  ])("%s is fine", (source) => {
    expect(regexProblem(source)).toBeNull();
  });

  test.each([
    ["", "is empty"],
    ["(a", "is no valid regular expression"],
    ["*", "is no valid regular expression"],
    ["[a", "is no valid regular expression"],
    ["a(?=b)", "looks ahead or behind, which RE2 does not know"],
    ["(?<!a)b", "looks ahead or behind, which RE2 does not know"],
    ["(a)\\1", "refers back to a group, which RE2 does not know"],
    ["a{1001}", "repeats more than 1000 times"],
    ["a{1,5000}", "repeats more than 1000 times"],
    ["x".repeat(1001), "is longer than 1000 characters"],
  ])("%j is refused", (source, problem) => {
    expect(regexProblem(source)).toBe(problem);
  });

  test.each([
    ["(?i)^api_key$", "API_KEY", true],
    ["^api_key$", "API_KEY", false],
    ["(?P<word>a)b", "ab", true],
    ["\\Aa\\z", "a", true],
    ["\\Aa\\z", "ba", false],
    ["(?ii)a", "A", true],
  ])("%s on %s is %s", (source, text, matches) => {
    expect(compileRegex(source)?.test(text)).toBe(matches);
  });

  test("that do not compile are none", () => {
    expect(compileRegex("(a")).toBeNull();
  });

  test("of hostile make are judged in short time", () => {
    const started = Date.now();
    for (const piece of ["(", "[", "\\", "{1,", "(?", "(?i", "[^", "(?P<"])
      regexProblem(piece.repeat(Math.floor(1000 / piece.length)));
    expect(Date.now() - started).toBeLessThan(60_000);
  });
});

describe("nearest names", () => {
  test.each([
    ["hihg", "high"],
    ["CRITICAL", "critical"],
    ["lwo", null],
    ["lo", "low"],
    ["something", null],
    ["x".repeat(10_000), null],
    ["", null],
  ])("%s", (word, meant) => {
    expect(nearest(word, ["critical", "high", "medium", "low", "info"])).toBe(meant);
  });

  test("of rules also by their last part", () => {
    const ids = ["rbac/wildcard-grant", "rbac/wildcard-grant/verbs", "secrets/private-key"];
    expect(nearestRule("secret/private-keys", ids)).toBe("secrets/private-key");
    expect(nearestRule("wildcard-grants", ids)).toBe("rbac/wildcard-grant");
    expect(nearestRule("rotation/wildcard-grant", ids)).toBe("rbac/wildcard-grant");
    expect(nearestRule("nothing/like-it-at-all", ids)).toBeNull();
  });
});
