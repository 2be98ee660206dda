import { describe, expect, test } from "@jest/globals";
import { maySteer, pendingChanges } from "../../../../src/core/compare/pending.ts";

const CONFIG = [".portcullis.yaml"];
const messages = (uri: string, base: string | null, head: string | null) =>
  pendingChanges([{ uri, base, head }], CONFIG).map(({ kind, message }) => `${kind}: ${message}`);

describe("changes to the gate itself", () => {
  test("keys of the configuration are named, values are not", () => {
    expect(
      messages(
        ".portcullis.yaml",
        "fail-on: high\nrules: {a/b: off}\n",
        "fail-on: never\nrules: {a/b: low, c/d: off}\n",
      ),
    ).toEqual([
      "settings: The configuration changes in `fail-on`, `rules.a/b`, `rules.c/d`; it takes effect after merge.",
    ]);
  });

  test.each([
    [null, "fail-on: low\n", "is added; it takes effect after merge"],
    ["fail-on: low\n", null, "is removed; it counts until the merge"],
    ["fail-on: low\n", "# x\nfail-on: low\n", "in what has no effect"],
    ["a: [", "b: {", "in what has no effect"],
  ])("%j to %j", (base, head, expected) => {
    expect(messages(".portcullis.yaml", base, head).join()).toContain(expected);
  });

  test("workflows that run the gate, and no others", () => {
    const uri = ".github/workflows/gate.yml";
    const runs = "steps:\n  - uses: portcullis-dev/portcullis@main\n";
    expect(messages(uri, runs, `${runs}    if: false\n`).join()).toContain("changes: see that its step");
    expect(messages(uri, runs, null).join()).toContain("is removed");
    expect(messages(uri, runs, "steps: []\n").join()).toContain("no longer runs the gate");
    expect(messages(uri, null, runs).join()).toContain("is added");
    expect(messages(uri, "steps: []\n", "steps: [1]\n")).toEqual([]);
    expect(messages(uri, runs, runs)).toEqual([]);
  });

  test.each([
    [".portcullis.yaml", true],
    [".portcullis-baseline.json", true],
    [".github/workflows/a.yaml", true],
    ["deploy/.github/workflows/a.yaml", false],
    [".github/workflows/deep/a.yaml", false],
    ["app.yaml", false],
  ])("%s steers: %s", (uri, steers) => {
    expect(maySteer(uri, CONFIG)).toBe(steers);
  });
});
