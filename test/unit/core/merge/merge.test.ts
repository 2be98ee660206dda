import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { mergeReports } from "../../../../src/core/merge/merge.ts";
import { reportReader } from "../../../../src/core/merge/read-report.ts";
import type { JsonObject } from "../../../../src/model/json.ts";
import type { Report } from "../../../../src/model/report.ts";
import { renderJson } from "../../../../src/reporters/json.ts";
import { allRules, judgeTexts } from "../../../support/judge.ts";
import { finding, report as sample } from "../../reporters/sample-report.ts";

const schema = JSON.parse(readFileSync("src/reporters/schema/report.schema.json", "utf8")) as JsonObject;
const read = reportReader(schema, allRules, "0.0.0-test");

function readBack(report: Report): Report {
  const result = read(renderJson(report));
  if (result.kind === "invalid") throw new Error(result.reason);
  return result.report;
}

function merged(reports: readonly Report[]): Report {
  const result = mergeReports(reports.map(readBack));
  if (typeof result === "string") throw new Error(result);
  return result;
}

function readFolder(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")];
    }),
  );
}

describe.each(readdirSync("fixtures").filter((name) => name !== "charts"))("shards of fixtures/%s", (project) => {
  test.each([1, 2, 3, 7])("%d of them say together what one run says", async (count) => {
    const files = readFolder(join("fixtures", project));
    const whole = await judgeTexts(files);
    const parts: Report[] = [];
    for (let index = 1; index <= count; index += 1) {
      parts.push((await judgeTexts(files, {}, { shard: { index, count } })).report);
    }
    const joined = merged(parts);
    const names = (report: Report) =>
      report.findings.map(({ fingerprint, status, also }) => [fingerprint, status, ...also].join(" ")).toSorted();
    expect(names(joined)).toEqual(names(whole.report));
    expect(joined.verdict).toBe(whole.report.verdict);
    expect(joined.stats).toEqual(whole.report.stats);
    expect(joined.shard).toBeNull();
  });
});

const part = (index: number, count: number, more: Partial<Report> = {}): Report =>
  sample({ shard: { index, count }, ...more });

describe("what is no whole is refused", () => {
  test.each<[string, readonly Report[], string]>([
    ["nothing", [], "there is no report to merge"],
    ["a report of no shard", [sample({})], "a report is of no shard"],
    ["a missing shard", [part(1, 3), part(3, 3)], "the report of shard 2/3 is missing"],
    ["different splits", [part(1, 2), part(2, 3)], "different numbers of shards"],
    ["different settings", [part(1, 2), part(2, 2, { failOn: "low" })], "different settings or bases"],
  ])("%s", (_, reports, reason) => {
    expect(mergeReports(reports)).toEqual(expect.stringContaining(reason));
  });
});

test("what one shard lost and another has is a move, but for secrets", () => {
  const grant = finding({ rule: "rbac/wildcard-grant", variant: "verbs", fingerprint: "v1:bbb" });
  const secret = finding({});
  const result = merged([
    part(1, 2, {
      findings: [
        { ...grant, fingerprint: "v1:new" },
        { ...secret, fingerprint: "v1:moved" },
      ],
    }),
    part(2, 2, { fixed: [grant, secret] }),
  ]);
  expect(result.findings.map(({ rule, status }) => `${rule} ${status}`).toSorted()).toEqual([
    "rbac/wildcard-grant existing",
    "secrets/env-literal-credential new",
  ]);
  expect(result.fixed.map(({ rule }) => rule)).toEqual(["secrets/env-literal-credential"]);
});

test.each([
  ["{", "it is no JSON"],
  ["{}", "it is no report of this version"],
  ["[]", "it is no report of this version"],
  ['{"schemaVersion": 2}', "it is no report of this version"],
])("%s is refused", (text, reason) => {
  expect(read(text)).toEqual({ kind: "invalid", reason: expect.stringContaining(reason) });
});
