import { describe, expect, test } from "@jest/globals";
import { lineIndex } from "../../../../src/core/yaml/lines.ts";

describe("positions", () => {
  test.each([
    ["", 0, 1, 1],
    ["ab", 2, 1, 3],
    ["a\nb", 1, 1, 2],
    ["a\nb", 2, 2, 1],
    ["a\r\nb", 2, 1, 3],
    ["a\r\nb", 3, 2, 1],
    ["a\rb\rc", 4, 3, 1],
    ["a\n\r\n\rb", 5, 4, 1],
    ["a\n", 2, 2, 1],
    ["é\u{1f600}x\n", 3, 1, 4],
    ["a\u2028b\u0085c", 4, 1, 5],
  ])("%j at %d is %d:%d", (text, offset, line, column) => {
    expect(lineIndex(text).positionAt(offset)).toEqual({ line, column, offset });
  });

  test("offsets outside the text go to its ends", () => {
    const lines = lineIndex("a\nbc");
    expect(lines.positionAt(-3)).toEqual({ line: 1, column: 1, offset: 0 });
    expect(lines.positionAt(99)).toEqual({ line: 2, column: 3, offset: 4 });
  });

  test("every offset of a long text agrees with counting", () => {
    const text = Array.from({ length: 300 }, (_, n) => "x".repeat(n % 7)).join("\n");
    const lines = lineIndex(text);
    for (let offset = 0; offset <= text.length; offset += 1) {
      const before = text.slice(0, offset).split("\n");
      const column = (before.at(-1) ?? "").length + 1;
      expect(lines.positionAt(offset)).toEqual({ line: before.length, column, offset });
    }
  });
});

describe("lines", () => {
  test("a span leaves out the line break, whichever it is", () => {
    const lines = lineIndex("ab\ncd\r\nef\rgh");
    expect([1, 2, 3, 4].map((line) => lines.lineSpan(line))).toEqual([
      { start: 0, end: 2 },
      { start: 3, end: 5 },
      { start: 7, end: 9 },
      { start: 10, end: 12 },
    ]);
    expect(lines.lineCount).toBe(4);
  });

  test("blank lines and the line after the last break are empty", () => {
    const lines = lineIndex("\n\r\n");
    expect([1, 2, 3].map((line) => lines.lineSpan(line))).toEqual([
      { start: 0, end: 0 },
      { start: 1, end: 1 },
      { start: 3, end: 3 },
    ]);
  });

  test("a line that does not exist has no span", () => {
    expect(lineIndex("a").lineSpan(2)).toBeNull();
    expect(lineIndex("a").lineSpan(0)).toBeNull();
  });

  test("a range never ends before it starts", () => {
    const { start, end } = lineIndex("abc").rangeOf(2, 1);
    expect(end).toEqual(start);
  });
});
