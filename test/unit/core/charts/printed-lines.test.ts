import { describe, expect, test } from "@jest/globals";
import { printedLines } from "../../../../src/core/charts/printed-lines.ts";
import type { ChartRendering, HelperPlace, RenderedTemplate } from "../../../../src/model/chart-rendering.ts";

const helper: HelperPlace = { name: "labels", file: { path: "templates/_h.tpl", archive: null }, line: 4 };

function template(name: string, text: string, parts: Partial<RenderedTemplate> = {}): RenderedTemplate {
  return {
    name,
    file: { path: name.slice(name.indexOf("/") + 1), archive: null },
    text,
    origins: [],
    generated: [],
    ...parts,
  };
}

function rendering(templates: readonly RenderedTemplate[], manifests: ChartRendering["manifests"]): ChartRendering {
  return { name: "c", templates, manifests, failures: [], missing: [], missingDependencies: [] };
}

const whole = (index: number, { text }: RenderedTemplate, hook = false) => ({
  template: index,
  start: 0,
  end: text.length,
  hook,
});

describe("the text", () => {
  const print = (...args: Parameters<typeof rendering>): string =>
    `${printedLines(rendering(...args))
      .map(({ text }) => text)
      .join("\n")}\n`;

  test("has manifests in their order, below the names of their templates", () => {
    const [a, b] = [template("c/templates/a.yaml", "a: 1\n---\nb: 2"), template("c/templates/b.yaml", "c: 3")];
    const manifests = [
      { template: 0, start: 9, end: 13, hook: false },
      whole(1, b),
      { template: 0, start: 0, end: 5, hook: false },
    ];
    expect(print([a, b], manifests)).toBe(
      "---\n# Source: c/templates/a.yaml\nb: 2\n---\n# Source: c/templates/b.yaml\nc: 3\n---\n# Source: c/templates/a.yaml\na: 1\n",
    );
  });

  test("has hooks last and as they are, while white space behind the manifests goes", () => {
    const [a, hook] = [
      template("c/templates/a.yaml", "a: 1 \r\n\n\u0085\u00A0\n"),
      template("c/templates/h.yaml", "h: 1\n\n"),
    ];
    expect(print([a, hook], [whole(1, hook, true), whole(0, a)])).toBe(
      "---\n# Source: c/templates/a.yaml\na: 1\n---\n# Source: c/templates/h.yaml\nh: 1\n\n\n",
    );
  });

  test("keeps white space that only JavaScript takes for such", () => {
    const a = template("c/templates/a.yaml", "a: 1\uFEFF");
    expect(print([a], [whole(0, a)])).toBe("---\n# Source: c/templates/a.yaml\na: 1\uFEFF\n");
  });

  test("is an empty line where there is nothing, and in front of nothing but hooks", () => {
    const hook = template("c/templates/h.yaml", "h: 1");
    expect(print([], [])).toBe("\n");
    expect(print([hook], [whole(0, hook, true)])).toBe("\n---\n# Source: c/templates/h.yaml\nh: 1\n");
  });
});

describe("origins", () => {
  const text = "a: 1\nl:\n  x: y\n  z: w\nk: v\n";
  const a = template("c/templates/a.yaml", text, {
    origins: [
      { start: 0, line: 1, precision: "exact", helper: null },
      { start: 5, line: 2, precision: "exact", helper: null },
      { start: 8, line: 3, precision: "enclosing", helper },
      { start: 22, line: 4, precision: "exact", helper: null },
      { start: 25, line: 4, precision: "exact", helper },
    ],
    generated: [{ start: 13, end: 14 }],
  });

  test("are those of the template, with its helpers and what was generated", () => {
    const lines = printedLines(rendering([a], [whole(0, a)]));
    expect(
      lines.map(({ text, origin }) => [text, origin?.line, origin?.precision, origin?.helper?.name, origin?.generated]),
    ).toEqual([
      ["---", undefined, undefined, undefined, undefined],
      ["# Source: c/templates/a.yaml", null, "file", undefined, false],
      ["a: 1", 1, "exact", undefined, false],
      ["l:", 2, "exact", undefined, false],
      ["  x: y", 3, "enclosing", "labels", true],
      ["  z: w", 3, "enclosing", "labels", false],
      ["k: v", 4, "exact", "labels", false],
    ]);
    expect(lines[2]?.origin?.file).toEqual({ path: "templates/a.yaml", archive: null });
  });

  test("of a document in the middle are its own", () => {
    const lines = printedLines(rendering([a], [{ template: 0, start: 8, end: 14, hook: false }]));
    expect(lines.map(({ origin }) => origin?.line ?? null)).toEqual([null, null, 3]);
  });

  test("are the file where nothing else is known", () => {
    const unknown = template("c/templates/a.yaml", text);
    const lines = printedLines(rendering([unknown], [whole(0, unknown)]));
    expect(lines[2]?.origin).toMatchObject({ line: null, precision: "file", helper: null, generated: false });
  });

  test("of many lines are found in short time", () => {
    const count = 200_000;
    const origins = Array.from({ length: count }, (_, index) => ({
      start: index * 2,
      line: index + 1,
      precision: "exact" as const,
      helper: null,
    }));
    const big = template("c/templates/a.yaml", "a\n".repeat(count), { origins });
    const started = Date.now();
    const lines = printedLines(rendering([big], [whole(0, big)]));
    expect(lines.at(-1)?.origin?.line).toBe(count);
    expect(Date.now() - started).toBeLessThan(60_000);
  });
});
