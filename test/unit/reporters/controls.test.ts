import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { withControls } from "../../../src/core/triage/controls.ts";
import { DISCLAIMER } from "../../../src/reporters/controls.ts";
import { reporters, formats } from "../../../src/reporters/index.ts";
import { renderMarkdownWithin } from "../../../src/reporters/markdown.ts";
import { context, EVERYTHING, finding, report, rule } from "./sample-report.ts";

const RULES = [
  rule("rbac/wildcard-grant", { frameworks: { cis: ["5.1.3"], owasp: ["K02:2025", "K03:2022"] } }),
  rule("secrets/env-literal-credential", { frameworks: { cis: ["5.4.1", "5.1.3"], owasp: ["K03:2025"] } }),
  rule("audit/policy", { frameworks: { cis: ["3.2.1"], owasp: ["K10:2025"] } }),
];
const ASKED = withControls({ ...EVERYTHING, rules: RULES }, ["cis", "owasp"], RULES);
const lines = (text: string) => text.split("\n");

describe("text", () => {
  test("has a section with each control that failed and its findings, and one disclaimer", () => {
    const text = reporters.text(ASKED, context());
    const section = lines(text.slice(text.indexOf("\nControls\n") + 1, text.indexOf("\nNotes\n")));
    expect(section).toEqual([
      "Controls",
      "  CIS Kubernetes Benchmark v1.10 and v1.12: 2 controls failed, 0 passed, 1 not applicable.",
      "    failed          5.1.3  4 findings",
      "      deploy/api.yaml:4:12  critical  secrets/env-literal-credential/literal",
      "      deploy/role.yaml:1:1  medium  rbac/wildcard-grant/all-verbs",
      "      notes.txt  low  secrets/env-literal-credential/literal",
      "      deploy/api.yaml:4:12  high  secrets/env-literal-credential/literal",
      "    failed          5.4.1  3 findings",
      "      deploy/api.yaml:4:12  critical  secrets/env-literal-credential/literal",
      "      notes.txt  low  secrets/env-literal-credential/literal",
      "      deploy/api.yaml:4:12  high  secrets/env-literal-credential/literal",
      "    not applicable  3.2.1",
      "  OWASP Kubernetes Top Ten and Top 10 for LLM Applications: 3 controls failed, 0 passed, 1 not applicable.",
      "    failed          K02:2025  1 finding",
      "      deploy/role.yaml:1:1  medium  rbac/wildcard-grant/all-verbs",
      "    failed          K03:2022  1 finding",
      "      deploy/role.yaml:1:1  medium  rbac/wildcard-grant/all-verbs",
      "    failed          K03:2025  3 findings",
      "      deploy/api.yaml:4:12  critical  secrets/env-literal-credential/literal",
      "      notes.txt  low  secrets/env-literal-credential/literal",
      "      deploy/api.yaml:4:12  high  secrets/env-literal-credential/literal",
      "    not applicable  K10:2025",
      `  ${DISCLAIMER}`,
      "  2 entries could not be judged, and no control says anything of that.",
      "",
    ]);
  });

  test("counts the findings of a control that are more than one reads", () => {
    const many = report({ rules: RULES, findings: Array.from({ length: 13 }, () => finding()) });
    const text = reporters.text(withControls(many, ["owasp"], RULES), context());
    expect(text).toContain("    failed          K03:2025  13 findings\n");
    expect(text).toContain("      and 3 more findings\n");
  });
});

describe("markdown", () => {
  test("has a table for each framework", () => {
    const page = reporters.markdown(ASKED, context());
    expect(page).toContain("### Controls: CIS Kubernetes Benchmark v1.10 and v1.12\n");
    expect(page).toContain("| 3.2.1 | not applicable |  |\n");
    expect(page).toContain(
      "| K03&#58;2022 | failed | <code>deploy/role.yaml&#58;1</code> medium <code>rbac/wildcard-grant/all-verbs</code> |\n",
    );
    expect(page.split("no audit").length).toBe(3);
  });

  test("leaves controls out for size, and says so", () => {
    const page = renderMarkdownWithin(ASKED, context(), 5500);
    expect(page).toMatch(/Left out here for size: \d+ controls?\./);
  });
});

describe("json", () => {
  const schema = JSON.parse(readFileSync("src/reporters/schema/report.schema.json", "utf8")) as object;
  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

  test("has the published shape, with findings by fingerprint", () => {
    const shown = JSON.parse(reporters.json(ASKED, context())) as { controls: { frameworks: object[] } };
    validate(shown);
    expect(validate.errors ?? []).toEqual([]);
    expect(shown.controls.frameworks[1]).toEqual({
      framework: "owasp",
      title: "OWASP Kubernetes Top Ten and Top 10 for LLM Applications",
      controls: [
        { id: "K02:2025", status: "failed", rules: ["rbac/wildcard-grant"], findings: ["v1:ccc"] },
        { id: "K03:2022", status: "failed", rules: ["rbac/wildcard-grant"], findings: ["v1:ccc"] },
        {
          id: "K03:2025",
          status: "failed",
          rules: ["secrets/env-literal-credential"],
          findings: ["v1:aaa", "v1:ddd", "v1:fff"],
        },
        { id: "K10:2025", status: "not-applicable", rules: ["audit/policy"], findings: [] },
      ],
    });
    expect(shown.controls).toMatchObject({ caveats: [DISCLAIMER, expect.stringContaining("2 entries")] });
  });
});

describe("sarif", () => {
  interface Run {
    readonly tool: {
      readonly driver: {
        readonly supportedTaxonomies?: readonly object[];
        readonly rules: readonly { readonly relationships?: readonly object[] }[];
      };
    };
    readonly taxonomies?: readonly { readonly taxa: readonly { readonly id: string }[] }[];
  }
  const runOf = (text: string) => (JSON.parse(text) as { runs: readonly Run[] }).runs[0];

  test("has a taxonomy for each framework, and rules that point into it", () => {
    const run = runOf(reporters.sarif(ASKED, context()));
    expect(run?.taxonomies?.[0]).toMatchObject({
      name: "CIS Kubernetes Benchmark v1.10 and v1.12",
      taxa: [
        { id: "3.2.1", properties: { status: "not-applicable" } },
        { id: "5.1.3", properties: { status: "failed" } },
        { id: "5.4.1", properties: { status: "failed" } },
      ],
    });
    expect(run?.tool.driver.supportedTaxonomies?.[1]).toEqual({
      name: "OWASP Kubernetes Top Ten and Top 10 for LLM Applications",
      index: 1,
    });
    expect(run?.tool.driver.rules[1]?.relationships).toEqual(
      [
        ["5.1.3", 1, 0],
        ["5.4.1", 2, 0],
        ["K03:2025", 2, 1],
      ].map(([id, index, taxonomy]) => ({
        target: {
          id,
          index,
          toolComponent: {
            name: [
              "CIS Kubernetes Benchmark v1.10 and v1.12",
              "OWASP Kubernetes Top Ten and Top 10 for LLM Applications",
            ][Number(taxonomy)],
            index: taxonomy,
          },
        },
        kinds: ["relevant"],
      })),
    );
  });
});

test("workflow commands end with a line for each framework", () => {
  const shown = lines(reporters.github(ASKED, context()));
  expect(shown).toContain("CIS Kubernetes Benchmark v1.10 and v1.12: 2 controls failed, 0 passed, 1 not applicable.");
  expect(shown).toContain(DISCLAIMER);
});

test.each(formats)("%s says nothing of controls where no framework was asked for", (format) => {
  const text = reporters[format](EVERYTHING, context());
  expect(text.toLowerCase()).not.toMatch(/controls|taxonom|"relationships/);
});
