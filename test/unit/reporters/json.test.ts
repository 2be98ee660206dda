import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { renderJson } from "../../../src/reporters/json.ts";
import { EVERYTHING, finding, report, unreadable } from "./sample-report.ts";

const schema = JSON.parse(readFileSync("src/reporters/schema/report.schema.json", "utf8")) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

function defects(value: unknown): unknown {
  validate(value);
  return validate.errors ?? [];
}

describe("json", () => {
  test("has the published shape", () => {
    const {
      findings,
      unreadable: entries,
      ...rest
    } = JSON.parse(renderJson(EVERYTHING)) as { findings: unknown[]; unreadable: unknown[] };
    expect(findings[0]).toEqual({
      rule: "secrets/env-literal-credential",
      variant: "literal",
      severity: "critical",
      message: "Container api sets DB_PASSWORD to a credential in plain text",
      location: { file: "deploy/api.yaml", line: 4, column: 12, endLine: 4, endColumn: 20, precision: "exact" },
      related: [
        {
          file: "deploy/cm.yaml",
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 9,
          precision: "exact",
          message: "The ConfigMap that repeats it",
        },
      ],
      object: { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "api" },
      unit: "loose",
      values: [],
      path: ["spec", "containers", 0, "env", 0, "value"],
      also: ["secrets/known-token-format"],
      fingerprint: "v1:aaa",
      status: "new",
    });
    expect(findings.map((entry) => (entry as { status: string }).status)).toEqual([
      "new",
      "new",
      "new",
      "new",
      "existing",
      "baseline",
      "waived",
    ]);
    expect(entries).toEqual([
      {
        file: "deploy/broken.yaml",
        line: 7,
        column: 3,
        reason: "invalid-yaml",
        message: "a mapping key is not indented as its siblings",
        fingerprint: "v1:bbb",
        status: "new",
      },
      {
        file: "charts/web",
        line: null,
        column: null,
        reason: "chart-not-evaluated",
        message: "charts are not rendered",
        fingerprint: "v1:iii",
        status: "existing",
      },
    ]);
    expect(rest).toEqual({
      schemaVersion: 1,
      verdict: "error",
      failOn: "high",
      fixed: [],
      waiverRequests: [],
      pending: [],
      stats: {
        files: 3,
        objects: 5,
        texts: 1,
        skipped: { binary: 2, "lock-file": 1 },
        rules: 19,
        findings: EVERYTHING.stats.findings,
      },
      notes: ["the exclusion of rbac/wildcard-grant matches nothing"],
    });
  });

  test.each([
    ["an empty report", report()],
    ["one of everything", EVERYTHING],
    ["timings", report({ timings: { read: 1.5 } })],
    [
      "every reason",
      report({
        unreadable: [unreadable({ reason: "evaluation-failed", uri: "." }), unreadable({ reason: "outside-root" })],
      }),
    ],
  ])("is valid against its schema: %s", (_name, given) => {
    expect(defects(JSON.parse(renderJson(given)))).toEqual([]);
  });

  test.each<[string, (json: Record<string, unknown>) => void]>([
    ["an unknown key", (json) => (json["extra"] = 1)],
    ["a missing key", (json) => delete json["notes"]],
    ["another version", (json) => (json["schemaVersion"] = 2)],
    ["an unknown verdict", (json) => (json["verdict"] = "maybe")],
    ["a line 0", (json) => ((json["findings"] as { location: { line: number } }[])[0]!.location.line = 0)],
    ["an unknown status", (json) => ((json["unreadable"] as { status: string }[])[0]!.status = "old")],
  ])("has a schema that refuses %s", (_name, spoil) => {
    const json = JSON.parse(renderJson(EVERYTHING)) as Record<string, unknown>;
    spoil(json);
    expect(defects(json)).not.toEqual([]);
  });

  test("holds timings only where they were asked for", () => {
    expect(renderJson(report())).not.toContain("timings");
    expect(JSON.parse(renderJson(report({ timings: { read: 1.5 } })))).toHaveProperty("timings", { read: 1.5 });
  });

  test("does not depend on the order in which files were skipped", () => {
    const { stats } = report();
    const turned = report({ stats: { ...stats, skipped: { binary: 2, "lock-file": 1 } } });
    expect(renderJson(turned)).toBe(renderJson(report()));
  });

  test("has null for a finding outside of objects", () => {
    expect(JSON.parse(renderJson(report({ findings: [finding({ object: null })] })))).toHaveProperty(
      "findings.0.object",
      null,
    );
  });
});
