import { describe, expect, test } from "@jest/globals";
import { hostProblem, matchHost } from "../../../../src/core/config/hosts.ts";

describe("hostProblem", () => {
  test.each([
    "a.example.com",
    "localhost",
    "a-b_c.example",
    "A.Example.com:8443",
    "*.example.com",
    "*.example.com:8443",
    "10.0.0.1",
    "10.0.0.1:80",
    "[::1]",
    "[fd00::1]:443",
  ])("%s is a host", (entry) => {
    expect(hostProblem(entry)).toBeNull();
  });

  test.each([
    ["https://a.example.com", /without a scheme or a path/],
    ["a.example.com/charts", /without a scheme or a path/],
    ["u@a.example.com", /without a user name/],
    ["a.example.com:0", /between 1 and 65535/],
    ["a.example.com:65536", /between 1 and 65535/],
    ["a.example.com:", /between 1 and 65535/],
    ["a.example.com:x", /between 1 and 65535/],
    ["*", /must be a host such as/],
    ["*.com", /two parts or more/],
    ["a.*.com", /must be a host such as/],
    ["*.*.com", /must be a host such as/],
    ["*.[::1]", /must be a host such as/],
    ["::1", /must be a host such as/],
    ["", /must be a host such as/],
    [".", /must be a host such as/],
    ["a..b", /must be a host such as/],
    ["-a.b", /must be a host such as/],
    ["a b", /must be a host such as/],
    ["ä.example", /must be a host such as/],
    [`${"a".repeat(300)}.example`, /must be a host such as/],
  ])("%j is none", (entry, problem) => {
    expect(hostProblem(entry)).toMatch(problem);
  });

  test("takes long texts in short time", () => {
    const started = Date.now();
    for (const part of ["a", "-", ".", "a-", "*.", "[", ":"]) hostProblem(part.repeat(100_000));
    expect(Date.now() - started).toBeLessThan(60_000);
  });
});

describe("matchHost", () => {
  test.each([
    [["a.example"], "a.example", 443, true, false],
    [["A.Example"], "a.example", 443, true, false],
    [["a.example"], "a.example", 8443, false, false],
    [["a.example"], "b.a.example", 443, false, false],
    [["a.example:443"], "a.example", 443, true, true],
    [["a.example:8443"], "a.example", 8443, true, true],
    [["a.example:8443"], "a.example", 443, false, false],
    [["*.a.example"], "b.a.example", 443, true, false],
    [["*.a.example"], "c.b.a.example", 443, true, false],
    [["*.a.example"], "a.example", 443, false, false],
    [["*.a.example"], ".a.example", 443, false, false],
    [["*.a.example"], "xa.example", 443, false, false],
    [["*.a.example:8443"], "b.a.example", 8443, true, false],
    [["10.0.0.1"], "10.0.0.1", 443, true, true],
    [["10.0.0.1"], "10.0.0.1", 444, false, false],
    [["[::1]"], "[::1]", 443, true, true],
    [["[::1]:8443"], "[::1]", 8443, true, true],
    [["*.a.example", "b.a.example:443"], "b.a.example", 443, true, true],
    [[], "a.example", 443, false, false],
  ] as const)("%j for %s at %d", (entries, hostname, port, listed, privately) => {
    expect(matchHost(entries, hostname, port)).toEqual({ listed, privately });
  });
});
