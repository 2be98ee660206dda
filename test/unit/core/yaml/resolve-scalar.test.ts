import { describe, expect, test } from "@jest/globals";
import { documentOf, refusalOf, scalarOf, valuesOf } from "./documents-of.ts";

/** What `sigs.k8s.io/yaml` makes of each plain scalar. */
describe("plain scalars", () => {
  test.each([
    ["", null],
    ["~", null],
    ["null", null],
    ["NULL", null],
    ["nUll", "nUll"],
    ["true", true],
    ["yes", true],
    ["Y", true],
    ["on", true],
    ["ON", true],
    ["off", false],
    ["n", false],
    ["No", false],
    ["oN", "oN"],
    ["yesterday", "yesterday"],
    ["0", 0],
    ["-0", 0],
    ["+12", 12],
    ["-7", -7],
    ["0440", 288],
    ["0o440", 288],
    ["-0440", -288],
    ["089", 89],
    ["0x1F", 31],
    ["-0x1f", -31],
    ["0b101", 5],
    ["1_000_000", 1_000_000],
    ["1.5", 1.5],
    ["1.", 1],
    [".5", 0.5],
    ["-.5", -0.5],
    [".", "."],
    ["1e3", 1000],
    ["1.5E-3", 0.0015],
    ["12e03", 12_000],
    ["1e999", "1e999"],
    [".inf", ".inf"],
    ["-.INF", "-.INF"],
    [".nan", ".nan"],
    ["12:30:45", "12:30:45"],
    ["22:22", "22:22"],
    ["2024-01-31", "2024-01-31"],
    ["2024-01-31T10:00:00Z", "2024-01-31T10:00:00Z"],
    ["1.2.3", "1.2.3"],
    ["0x", "0x"],
    ["0xZZ", "0xZZ"],
    ["-", "-x"],
    ["<<", "<<"],
    ["=", "="],
    ["1,000", "1,000"],
  ])("%j", (written, value) => {
    const text = written === "-" ? "-x" : written;
    expect(valuesOf(`k: ${text}\n`)).toEqual([{ k: value }]);
  });

  test("digits without end are no number", () => {
    const digits = "9".repeat(200_000);
    expect(valuesOf(`k: ${digits}\n`)).toEqual([{ k: digits }]);
  });

  test("the text before resolution is kept", () => {
    expect(scalarOf(documentOf("mode: 0440\n"), ["mode"])).toMatchObject({
      value: 288,
      text: "0440",
    });
  });

  test.each(['"yes"', "'yes'", "|-\n  yes", ">-\n  yes"])("%j is a string", (written) => {
    expect(valuesOf(`k: ${written}\n`)).toEqual([{ k: "yes" }]);
  });
});

describe("tagged scalars", () => {
  test.each([
    ["!!str 12", "12"],
    ["!!str", ""],
    ["! 12", "12"],
    ["!!int '12'", 12],
    ["!!float 3", 3],
    ["!!float .inf", ".inf"],
    ["!!bool 'no'", false],
    ["!!null ''", null],
    ["!!timestamp 2024-01-31", "2024-01-31"],
    ["!<tag:yaml.org,2002:str> 1", "1"],
  ])("%s", (written, value) => {
    expect(valuesOf(`k: ${written}\n`)).toEqual([{ k: value }]);
  });

  test.each(["!!int x", "!!int 1.5", "!!bool maybe", "!!null x", "!!float x", "!!binary a"])(
    "%s does not fit",
    (written) => {
      const refusal = refusalOf(`k: ${written}\n`);
      expect(refusal).toMatchObject({ reason: "invalid-yaml", at: { line: 1, column: 4 } });
    },
  );

  test("a declared handle reaches the core tags", () => {
    const head = "%TAG !y! tag:yaml.org,2002:\n---\n";
    expect(valuesOf(`${head}k: !y!str 1\n`)).toEqual([{ k: "1" }]);
  });

  test("a redeclared handle no longer does", () => {
    const text = "%TAG !! tag:example.com,2000:\n---\nk: !!str 1\n";
    expect(refusalOf(text).reason).toBe("unsupported-yaml");
  });

  test("a handle ends with its document", () => {
    const text = "%TAG !y! tag:yaml.org,2002:\n---\nk: 1\n...\n---\nk: !y!str 1\n";
    expect(refusalOf(text)).toMatchObject({ reason: "unsupported-yaml", at: { line: 6 } });
  });

  test("binary keeps its base64 without white space", () => {
    const document = documentOf("k: !!binary |\n  aGVs\n  bG8=\n");
    expect(scalarOf(document, ["k"])).toMatchObject({
      value: "aGVsbG8=",
      text: "aGVs\nbG8=\n",
      binary: true,
      style: "literal",
    });
  });
});

describe("keys", () => {
  test.each([
    ["1: x", "1"],
    ["0x10: x", "16"],
    ["1.50: x", "1.5"],
    ["on: x", "true"],
    ["no: x", "false"],
    ["12345678901234567890: x", "12345678901234567890"],
    ['"on": x', "on"],
    ["2024-01-31: x", "2024-01-31"],
    ["!!str 1: x", "1"],
    ["'': x", ""],
  ])("%s is %j", (text, key) => {
    expect(valuesOf(`${text}\n`)).toEqual([{ [key]: "x" }]);
  });
});
