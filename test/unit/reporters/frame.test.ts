import { describe, expect, test } from "@jest/globals";
import type { Location } from "../../../src/model/finding.ts";
import { createFrames } from "../../../src/reporters/frame.ts";
import { context, location, range } from "./sample-report.ts";

const PLAIN = { gutter: (text: string) => text, mark: (text: string) => text };

function frame(text: string, where: Location["range"], precision: Location["precision"] = "exact"): readonly string[] {
  return createFrames(context({ "a.yaml": text }).sources, PLAIN)(location("a.yaml", where, precision));
}

describe("code frames", () => {
  test("show two lines around, and the range", () => {
    expect(frame("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n", range(3, 4, 3, 5))).toEqual([
      "    1 | a: 1",
      "    2 | b: 2",
      "  > 3 | c: 3",
      "      |    ^",
      "    4 | d: 4",
      "    5 | e: 5",
    ]);
  });

  test("stay inside the file and align line numbers", () => {
    const text = Array.from({ length: 10 }, (_, index) => `k${index + 1}:`).join("\n");
    expect(frame(`${text}\n`, range(9, 1, 9, 3))).toEqual([
      "     7 | k7:",
      "     8 | k8:",
      "  >  9 | k9:",
      "       | ^^",
      "    10 | k10:",
    ]);
  });

  test("mark the lines of a range over several lines", () => {
    expect(frame("key: |\n  a\n  b\n  c\n  d\nend: 1\n", range(1, 6, 6, 1))).toEqual([
      "  > 1 | key: |",
      "      |      ^",
      "  > 2 |   a",
      "  > 3 |   b",
      "      | … up to line 5",
    ]);
  });

  test("put one caret under an empty range and under an empty line", () => {
    expect(frame("a:\n", range(1, 3, 1, 3))).toEqual(["  > 1 | a:", "      |   ^"]);
    expect(frame("\nb\n", range(1, 1, 1, 1))).toEqual(["  > 1 |", "      | ^", "    2 | b"]);
  });

  test("count lines as YAML does: LF, CRLF and CR", () => {
    expect(frame("a\r\nb\rc\nd", range(4, 1, 4, 2))).toEqual(["    2 | b", "    3 | c", "  > 4 | d", "      | ^"]);
  });

  test.each([
    ["tabs", "\ta:\tx", 5, 6, "    a:    x", "          ^"],
    ["wide characters", "漢字: 値段 # x", 5, 7, "漢字: 値段 # x", "      ^^^^"],
    ["combining characters", "e\u0301e\u0301: xy", 7, 9, "e\u0301e\u0301: xy", "    ^^"],
    ["emoji of several code points", "👩‍👩‍👧: xy", 11, 13, "👩‍👩‍👧: xy", "    ^^"],
    ["invisible characters", "a\u202eb: x", 6, 7, "a\\u{202e}b: x", "            ^"],
    ["escape sequences", "\u001b[2J: x", 7, 8, "\\x1b[2J: x", "         ^"],
  ])("keep the caret under the range with %s", (_name, text, column, end, shown, caret) => {
    expect(frame(text, range(1, column, 1, end))).toEqual([`  > 1 | ${shown}`, `      | ${caret}`]);
  });

  test("cut long lines around the range", () => {
    const lines = frame(`${"a".repeat(5000)}SECRET${"b".repeat(5000)}`, range(1, 5001, 1, 5007));
    expect(lines).toEqual([`  > 1 | …${"a".repeat(40)}SECRET${"b".repeat(53)}…`, `      | ${" ".repeat(41)}^^^^^^`]);
  });

  test("show the beginning of a range that is longer than the frame", () => {
    const lines = frame(`k: ${"x".repeat(5000)}`, range(1, 4, 1, 5004));
    expect(lines).toEqual([`  > 1 | k: ${"x".repeat(97)}…`, `      |    ${"^".repeat(97)}`]);
  });

  test("show the range where what stands before it is too wide to be shown", () => {
    const lines = frame(`${"\u202e".repeat(60)}MARK`, range(1, 61, 1, 65));
    expect(lines).toEqual(["  > 1 | …MARK", "      |  ^^^^"]);
  });

  test("never cut a character in two", () => {
    const lines = frame(`${"😀".repeat(3000)}X`, range(1, 4000, 1, 4002)).join("");
    expect(lines).not.toMatch(/\p{Surrogate}/u);
    expect(lines).not.toContain("\ufffd");
  });

  test("need a source, a line and a known place", () => {
    expect(frame("a: 1", range(9, 1, 9, 2))).toEqual([]);
    expect(frame("a: 1", range(1, 1, 1, 2), "file")).toEqual([]);
    expect(createFrames(new Map(), PLAIN)(location("other.yaml", range(1, 1, 1, 2)))).toEqual([]);
  });

  test("take time that grows with the file, not with file times findings", () => {
    const line = "x".repeat(2_000_000);
    const frames = createFrames(context({ "a.yaml": `${line}\n${line}\n` }).sources, PLAIN);
    const started = performance.now();
    for (let column = 1; column <= 300; column++)
      frames(location("a.yaml", range(1, column * 5000, 1, column * 5000 + 5)));
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  test("paint gutter and mark, and nothing of the source", () => {
    const paint = { gutter: (text: string) => `<${text}>`, mark: (text: string) => `{${text}}` };
    const { sources } = context({ "a.yaml": "a: 1" });
    expect(createFrames(sources, paint)(location("a.yaml", range(1, 4, 1, 5)))).toEqual([
      "<  > 1 |> a: 1",
      "<      |>    {^}",
    ]);
  });
});
