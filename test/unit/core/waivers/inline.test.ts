import { describe, expect, test } from "@jest/globals";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";
import { isDay, isOver } from "../../../../src/core/waivers/dates.ts";
import { readDirective } from "../../../../src/core/waivers/directive.ts";
import { inlineWaivers } from "../../../../src/core/waivers/inline.ts";

function waiversIn(text: string, uri = "a.yaml", more: Readonly<Record<string, string>> = {}) {
  const texts = Object.entries({ ...more, [uri]: text });
  const inputs = texts.map(([name, content]) => ({
    source: { uri: name, text: content },
    explicit: false,
    context: false,
  }));
  const file = load(inputs, new Memory()).files.find(({ source }) => source.uri === uri);
  if (file === undefined) throw new Error("not loaded");
  return inlineWaivers(file);
}

const scopes = (text: string, uri?: string, more?: Readonly<Record<string, string>>) =>
  waiversIn(text, uri, more).waivers.map(({ line, first, last }) => [line, first, last]);

const CHART = { "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n" };

describe("the directive", () => {
  test("names rules, a last day and a reason", () => {
    expect(readDirective(" rbac/wildcard-grant, secrets/x/token until 2026-02-28 -- until the -- move")).toMatchObject({
      rules: ["rbac/wildcard-grant", "secrets/x/token"],
      until: "2026-02-28",
      reason: "until the -- move",
    });
    expect(readDirective(" a/b -- why")).toMatchObject({ rules: ["a/b"], until: null, reason: "why" });
  });

  test.each([
    [" a/b", /no reason/],
    [" a/b --", /no reason/],
    [" a/b -- ", /no reason/],
    [" -- why", /no rule/],
    [" a/b, -- why", /no rule/],
    [" a/b c/d -- why", /commas/],
    [" a/b until -- why", /no day/],
    [" a/b until 2026-02-30 -- why", /no day/],
    [" a/b until 2026-1-3 -- why", /no day/],
    [" until 2026-01-01 -- why", /./],
  ])("%s", (text, problem) => {
    expect(readDirective(text)).toEqual({ problem: expect.stringMatching(problem) });
  });

  test("the last day counts to its end, in UTC", () => {
    const at = (time: string) => Date.parse(time) / 1000;
    expect(isOver("2026-01-31", at("2026-01-31T23:59:59Z"))).toBe(false);
    expect(isOver("2026-01-31", at("2026-02-01T00:00:00Z"))).toBe(true);
    expect(isOver(null, at("2999-01-01T00:00:00Z"))).toBe(false);
    expect([isDay("2024-02-29"), isDay("2025-02-29"), isDay("2025-02-29T00:00:00Z")]).toEqual([true, false, false]);
  });
});

describe("where it counts", () => {
  const object = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n";

  test("at the end of a line, for that line; on a line of its own, for the next that is no comment", () => {
    expect(scopes(`${object}  c: d # portcullis-ignore a/b -- why\n`)).toEqual([[7, 7, 7]]);
    expect(scopes(`${object}  # portcullis-ignore a/b -- why\n  # more\n  c: d\n`)).toEqual([[7, 9, 9]]);
  });

  test("above the first key, for the whole object", () => {
    const comment = "# portcullis-ignore a/b -- why\n";
    expect(scopes(`${comment}${object}`)).toEqual([[1, 1, 7]]);
    expect(scopes(`${comment}---\n# more\n\n${object}`)).toEqual([[1, 1, 10]]);
    expect(scopes(`${object}---\n${comment}${object}---\n${object}`)).toEqual([[8, 8, 14]]);
    expect(scopes(`${object}${comment}---\n${object}`)).toEqual([[7, 8, 8]]);
  });

  test("a value over several lines goes with the line that it begins on", () => {
    const comment = "# portcullis-ignore a/b -- why";
    expect(scopes(`${object}  c: | ${comment}\n    x\n    y\n  d: e\n`)).toEqual([[7, 7, 9]]);
    expect(scopes(`${object}  ${comment}\n  c: |\n    x\n    y\n  d: e\n`)).toEqual([[7, 8, 10]]);
  });

  test("a # inside a scalar begins no comment", () => {
    const fake = "# portcullis-ignore a/b -- why";
    expect(scopes(`${object}  c: "x ${fake}"\n`)).toEqual([]);
    expect(scopes(`${object}  c: 'x\n\n    ${fake}'\n`)).toEqual([]);
    expect(scopes(`${object}  c: |\n    ${fake}\n    x\n`)).toEqual([]);
    expect(scopes(`${object}  c: x${fake}\n`)).toEqual([]);
    expect(scopes(`${object}  c: x # write ${fake}\n`)).toEqual([[7, 7, 7]]);
    expect(scopes(`${object}# write ${fake}\n`)).toEqual([]);
    expect(scopes(`${object}  c: |\n    x\n  ${fake}\n  d: e\n`)).toEqual([[9, 10, 10]]);
  });

  test("in a values file the first key is a line like any other", () => {
    expect(scopes("# portcullis-ignore a/b -- why\npassword: x\nb: c\n", "c/values.yaml", CHART)).toEqual([[1, 2, 2]]);
  });

  test("in a template, in either kind of comment", () => {
    const text = [
      "{{- if .Values.x }}",
      "{{- /* portcullis-ignore a/b -- all of it */}}",
      "apiVersion: v1",
      "kind: Secret",
      "metadata:",
      "  name: {{ .Release.Name }}",
      "stringData:",
      "  a: b # portcullis-ignore a/b -- one",
      "  {{- /* # portcullis-ignore a/b -- the next */}}",
      "  c: {{ .Values.c }}",
      '  d: "x # portcullis-ignore a/b -- none"',
      "  e: |",
      "    # portcullis-ignore a/b -- none",
      "  f: don't # portcullis-ignore a/b -- yes",
      "  g: h {{/* portcullis-ignore a/b -- at the end */}}",
      "{{- end }}",
      "---",
      "apiVersion: v1",
    ];
    expect(scopes(text.join("\n"), "c/templates/a.yaml", CHART)).toEqual([
      [2, 2, 16],
      [8, 8, 8],
      [9, 10, 10],
      [14, 14, 14],
      [15, 15, 15],
    ]);
  });

  test("in other texts too", () => {
    expect(scopes("A=1\n# portcullis-ignore a/b -- why\nB=2\n", "x.env")).toEqual([[2, 3, 3]]);
  });

  test("what is malformed waives nothing", () => {
    const { waivers, problems } = waiversIn(`${object}  c: d # portcullis-ignore a/b\n`);
    expect(waivers).toEqual([]);
    expect(problems).toMatchObject([{ uri: "a.yaml", line: 7 }]);
    expect(waiversIn(`${object}  c: d # portcullis-ignore-file a/b -- x\n`)).toEqual({ waivers: [], problems: [] });
  });
});

describe("recognising it in another state of the file", () => {
  const of = (text: string) => waiversIn(text).waivers.map(({ key }) => key);
  const object = (name: string, line: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: b\n  ${line}\n`;

  test("neither lines nor blanks matter, but what is waived, where and why does", () => {
    const [key] = of(object("x", "c: d # portcullis-ignore a/b, c/d -- why"));
    expect(of(`# added\n\n${object("x", "c: d   # portcullis-ignore c/d, a/b   -- why ")}`)).toEqual([key]);
    for (const other of [
      object("x", "c: e # portcullis-ignore a/b, c/d -- why"),
      object("y", "c: d # portcullis-ignore a/b, c/d -- why"),
      object("x", "c: d # portcullis-ignore a/b -- why"),
      object("x", "c: d # portcullis-ignore a/b, c/d -- because"),
    ])
      expect(of(other)).not.toEqual([key]);
  });
});
