import { describe, expect, test } from "@jest/globals";
import type { Report } from "../../../src/model/report.ts";
import { formats, reporters, type Format } from "../../../src/reporters/index.ts";
import {
  context,
  EVERYTHING,
  finding,
  location,
  MASKED_API,
  range,
  related,
  report,
  rotation,
  unreadable,
} from "./sample-report.ts";

const HOSTILE = [
  "a\nb",
  "a\r\n::error::forged",
  "::stop-commands::token",
  "##[stop-commands]token",
  "##vso[task.setvariable variable=a]b",
  "%0A::error::forged",
  "a|b|c",
  "<script>alert(1)</script>",
  "<!-- --> ]]> <![CDATA[",
  "[text](https://evil.example)",
  "![image](https://evil.example)",
  "` ``` `",
  "@everyone #1",
  "\u001b[31mred\u001b[0m\u001b]8;;https://evil.example\u0007link",
  "\u009b31m",
  "\u202egpj.yaml\u2066",
  "zero\u200bwidth\ufeff",
  "\0nul\u007f\b",
  "\ud800lone\udc00",
  "line\u2028para\u2029",
  "\ufffe\uffff",
  "\u{e0041}tag",
  "&lt;&#60;",
  "\\u001b[31m",
  '\'; "quoted" ${x} $(y)',
];

function everywhere(text: string): Report {
  return report({
    verdict: "error",
    rotation: rotation(text),
    findings: [
      finding({
        message: text,
        location: location(text, range(1, 1, 1, 2)),
        related: [related(text, range(1, 1, 1, 2), text)],
        object: { apiVersion: text, kind: text, namespace: text, name: text },
        unit: text,
        path: [text, 0],
        fingerprint: text,
        also: [text],
        variant: text,
      }),
      finding({ message: text, severity: "low", location: location(text, range(1, 1, 1, 2), "file") }),
      finding({ message: text, status: "waived", location: location(text, range(1, 1, 1, 2), "enclosing") }),
    ],
    unreadable: [
      unreadable({ uri: text, message: text, fingerprint: text }),
      unreadable({ uri: text, message: text, at: null, status: "existing" }),
    ],
    notes: [text],
  });
}

const cases = formats.flatMap((format) => HOSTILE.map((text): [Format, string] => [format, text]));

function render(format: Format, text: string): string {
  return reporters[format](everywhere(text), context({ [text]: `${text} source\n${text}\n` }));
}

// What GitHub's runner takes for a command: `::name …::` at the start of a trimmed line, `##[name]`
// anywhere. Azure Pipelines and TeamCity use `##name[`.
function commands(output: string): readonly string[] {
  return output.split(/\r\n|\r|\n/).filter((line) => /^\s*::/.test(line) || /##\w*\[/.test(line));
}

describe("hostile text", () => {
  test.each(cases)("%s shows %j without obeying it", (format, text) => {
    const output = render(format, text);
    expect(output).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(output).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\u{e0000}-\u{e007f}]/u);
    expect(output).not.toMatch(/\p{Surrogate}/u);
    const expected = format === "github" ? 3 : 0;
    expect(commands(output)).toHaveLength(expected);
  });

  test.each(HOSTILE)("json keeps the file name %j", (text) => {
    for (const format of ["json", "gitlab", "sarif"] as const)
      expect(() => JSON.parse(render(format, text)) as unknown).not.toThrow();
    const parsed = JSON.parse(render("json", text)) as { findings: { location: { file: string } }[] };
    expect(parsed.findings[0]?.location.file).toBe(text.replaceAll(/\p{Surrogate}/gu, "\ufffd"));
  });

  test.each(HOSTILE)("junit stays well-formed with %j", (text) => {
    const xml = render("junit", text).replace(/^<\?xml[^>]*\?>\n/, "");
    const open: string[] = [];
    let unbalanced = 0;
    const content = xml.replaceAll(
      /<(\/?)([a-z-]+)((?: [a-z]+="[^"<>]*")*)(\/?)>/g,
      (_tag, end: string, name: string, _list, empty: string) => {
        if (end === "/") unbalanced += open.pop() === name ? 0 : 1;
        else if (empty === "") open.push(name);
        return "";
      },
    );
    expect([unbalanced, ...open]).toEqual([0]);
    expect(content).not.toMatch(/[<>"]/);
    expect(xml).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos);)/);
    expect(xml).not.toMatch(/[\ufffe\uffff]/);
  });

  test.each(HOSTILE)("markdown keeps its tables with %j", (text) => {
    const page = render("markdown", text);
    const rows = page.split("\n").filter((line) => line.startsWith("|"));
    expect(rows).toHaveLength(2 + 2 + 2 + 2 + 2 + 1 + 2 + 1);
    expect(rows.map((line) => line.split("|").length)).toEqual([...Array<number>(11).fill(6), 8, 8, 8]);
    const markup = page.replaceAll(/<\/?(?:code|em)>|<br>|<a href="https:\/\/example\.com[^"<>]*">|<\/a>/g, "");
    expect(markup).not.toMatch(/[<>`[\]*]/);
    expect(markup.replaceAll(/&#\d+;/g, "")).not.toContain("&");
  });

  test.each(HOSTILE)("github gives the runner the file name %j", (text) => {
    const [line = ""] = commands(render("github", text));
    const found = /^::error file=([^,]*),line=7,endLine=7,col=3,endColumn=3,title=[^,:]*::/.exec(line);
    const file = (found?.[1] ?? "").replaceAll(/%(0A|0D|3A|2C|25)/g, (_match, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
    // What neither the runner can undo nor a terminal may see is written out.
    const visible = !/(?![\r\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(text);
    expect(file === text).toBe(visible);
    expect(file).not.toBe("");
  });
});

describe("every reporter", () => {
  const canary = "c4n4ry-in-a-source";
  const sources = { "deploy/api.yaml": MASKED_API.replace("********", canary) };

  test.each(formats)("%s takes source text from the masked sources alone, and only text shows any", (format) => {
    expect(reporters[format](EVERYTHING, context(sources)).includes(canary)).toBe(format === "text");
    expect(reporters[format](EVERYTHING, context())).not.toContain(canary);
    expect(reporters.text(EVERYTHING, context())).not.toContain(" | ");
  });

  test.each(formats)("%s is pure: a frozen report, the same text twice, one line end at the end", (format) => {
    const frozen = freeze(structuredClone(EVERYTHING));
    const first = reporters[format](frozen, context(sources));
    expect(reporters[format](frozen, context(sources))).toBe(first);
    expect(first).toMatch(/[^\n]\n$/);
  });

  test.each(formats)("%s takes time that grows with the findings", (format) => {
    const findings = Array.from({ length: 5000 }, (_, index) =>
      finding({ location: location(`d/${index}.yaml`, range(1, 1, 1, 2)) }),
    );
    const started = performance.now();
    expect(reporters[format](report({ verdict: "fail", findings }), context()).length).toBeGreaterThan(1000);
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
