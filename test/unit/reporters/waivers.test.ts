import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "@jest/globals";
import { renderJson } from "../../../src/reporters/json.ts";
import { renderMarkdown } from "../../../src/reporters/markdown.ts";
import { renderSarif } from "../../../src/reporters/sarif.ts";
import { renderText } from "../../../src/reporters/text.ts";
import type { ReportContext } from "../../../src/model/report.ts";
import { finding, report } from "./sample-report.ts";

const context: ReportContext = { sources: new Map(), color: false, displayPath: (uri) => uri };
const hostile = "known <b>|x|</b> ::error::\u202eyes";
const judged = report({
  findings: [
    finding({ status: "waived", waiver: { by: "comment", reason: hostile, until: "2026-01-31" }, fingerprint: "v1:a" }),
    finding({ status: "baseline", fingerprint: "v1:b" }),
  ],
  waiverRequests: [
    { by: "config", uri: ".portcullis.yaml", line: 3, rules: ["rbac/wildcard-grant"], reason: hostile, until: null },
    { by: "annotation", uri: "a.yaml", line: null, rules: [], reason: "portcullis/rotation: static", until: null },
  ],
});

test("text lists what is waived and what is asked for, with reasons, and secrets of the baseline", () => {
  const text = renderText(judged, context);
  expect(text).toContain("waived by a comment until 2026-01-31: known <b>|x|</b>");
  expect(text).toContain(".portcullis.yaml:3  entry of the configuration for rbac/wildcard-grant: known");
  expect(text).toContain("a.yaml  annotation: portcullis/rotation: static");
  expect(text).toContain("Secrets in the baseline: they are still to be revoked\n  deploy/api.yaml:4:12");
  expect(text).not.toContain("\u202e");
});

test("markdown escapes them", () => {
  const page = renderMarkdown(judged, context);
  expect(page).toContain("### Waivers that this change adds, and that do not count yet");
  expect(page).not.toContain("<b>");
  expect(page).toContain("waived by a comment until 2026-01-31");
});

test("JSON has them in the shape of the schema, SARIF as suppressions", () => {
  const schema = JSON.parse(readFileSync("src/reporters/schema/report.schema.json", "utf8")) as object;
  const value = JSON.parse(renderJson(judged)) as { findings: object[]; waiverRequests: object[] };
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect({ valid: validate(value), errors: validate.errors }).toEqual({ valid: true, errors: null });
  expect(value.waiverRequests[0]).toMatchObject({ file: ".portcullis.yaml", line: 3, by: "config", until: null });
  expect(value.findings[0]).toMatchObject({ waiver: { by: "comment", until: "2026-01-31" } });
  expect(value.findings[1]).not.toHaveProperty("waiver");
  const sarif = JSON.parse(renderSarif(judged)) as { runs: { results: { suppressions: object[] }[] }[] };
  const suppressions = sarif.runs[0]?.results.flatMap((result) => result.suppressions);
  expect(suppressions).toMatchObject([{ kind: "inSource" }, { kind: "external" }]);
});
