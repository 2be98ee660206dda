import { describe, expect, test } from "@jest/globals";
import { defuseCommands, shorten, showInvisible, stringify, wellFormed } from "../../../src/reporters/harmless.ts";

describe("showInvisible", () => {
  test.each([
    ["line ends and tabs", "a\r\nb\tc", "a\\r\\nb\\tc"],
    ["escape sequences", "\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m"],
    ["C1 controls", "\u009b31m", "\\x9b31m"],
    ["NUL and DEL", "\0\u007f", "\\x00\\x7f"],
    ["overrides of direction", "\u202egpj.exe\u202c", "\\u{202e}gpj.exe\\u{202c}"],
    ["isolates", "\u2066x\u2069", "\\u{2066}x\\u{2069}"],
    ["zero-width text and byte order marks", "a\u200bb\ufeff", "a\\u{200b}b\\u{feff}"],
    ["separators that some readers take for line ends", "a\u2028b\u2029", "a\\u{2028}b\\u{2029}"],
    ["tag characters outside of the basic plane", "a\u{e0041}", "a\\u{e0041}"],
    ["lone surrogates", "\ud800a\udc00", "\ufffda\ufffd"],
  ])("writes out %s", (_name, text, shown) => {
    expect(showInvisible(text)).toBe(shown);
  });

  test.each(["plain", "größe 漢字 עברית", "👩‍👩‍👧", "क्‍ष", "\\n stays"])("leaves %j alone", (text) => {
    expect(showInvisible(text)).toBe(text);
  });
});

describe("defuseCommands", () => {
  test.each([
    ["::error::x", "\u200b::error::x"],
    ["ok\n  ::stop-commands::x", "ok\n  \u200b::stop-commands::x"],
    ["  7 | ##[stop-commands]x", "  7 | #\u200b#[stop-commands]x"],
    ["##vso[task.setvariable variable=a]b", "#\u200b#vso[task.setvariable variable=a]b"],
    ["##teamcity[buildStatus]", "#\u200b#teamcity[buildStatus]"],
    ["###[error]x", "##\u200b#[error]x"],
  ])("breaks %j", (line, broken) => {
    expect(defuseCommands(line)).toBe(broken);
  });

  test.each(["a ::error:: b", "## Heading", "x::y", "# [link]", "fe80::1", ": :"])("leaves %j alone", (line) => {
    expect(defuseCommands(line)).toBe(line);
  });
});

describe("shorten", () => {
  test("leaves what fits", () => {
    expect(shorten("four", 4)).toBe("four");
  });

  test("shows that something was cut off, within the length", () => {
    expect(shorten("five!", 4)).toBe("fiv…");
  });

  test("never cuts a character in two", () => {
    expect(shorten("ab😀c", 4)).toBe("ab…");
  });
});

describe("stringify", () => {
  const hostile = "\u001b\u009b\u202e\u2028\u200b\u{e0041}##[error]x ::y \ufeff\u007f";

  test("gives a JSON reader the same text back", () => {
    expect(JSON.parse(stringify({ text: hostile }))).toEqual({ text: hostile });
  });

  test("holds nothing that a terminal or a runner obeys", () => {
    expect(stringify({ text: hostile })).toBe(
      '{\n  "text": "\\u001b\\u009b\\u202e\\u2028\\u200b\\udb40\\udc41\\u0023#[error]x ::y \\ufeff\\u007f"\n}\n',
    );
  });

  test("replaces lone surrogates, and nothing that only looks like one", () => {
    expect(stringify(["\ud800", "\\ud800", "😀"])).toBe('[\n  "\ufffd",\n  "\\\\ud800",\n  "😀"\n]\n');
  });
});

test("wellFormed keeps pairs", () => {
  expect(wellFormed("😀\ud83d")).toBe("😀\ufffd");
});
