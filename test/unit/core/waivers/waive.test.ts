import { describe, expect, test } from "@jest/globals";
import { readBaseline, writeBaseline } from "../../../../src/core/baseline/baseline.ts";
import type { ConfigWaiver } from "../../../../src/model/config.ts";
import { judgeTexts } from "../../../support/judge.ts";
import { expandTokens } from "../../../support/tokens.ts";

const role = (name: string, end = "", above = "") =>
  `${above}apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ${name}\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]${end}\n`;

const waiver = (more: Partial<ConfigWaiver>): ConfigWaiver => ({
  rule: "rbac/wildcard-grant",
  reason: "known",
  until: null,
  owner: null,
  place: { file: ".portcullis.yaml", line: 3 },
  ...more,
});

const statuses = (report: Awaited<ReturnType<typeof judgeTexts>>["report"]) =>
  report.findings.filter(({ rule }) => rule === "rbac/wildcard-grant").map(({ status }) => status);

describe("waivers in comments", () => {
  test("waive the finding on their line, with their reason", async () => {
    const plain = await judgeTexts({ "a.yaml": role("a") });
    const at = plain.report.findings.find(({ rule }) => rule === "rbac/wildcard-grant")?.location.range.start.line ?? 0;
    const lines = role("a").split("\n");
    lines[at - 1] += " # portcullis-ignore rbac/wildcard-grant until 2025-12-01 -- a break-glass role";
    const { report } = await judgeTexts({ "a.yaml": lines.join("\n") });
    expect(report.findings.filter(({ rule }) => rule === "rbac/wildcard-grant")).toMatchObject([
      { status: "waived", waiver: { by: "comment", reason: "a break-glass role", until: "2025-12-01" } },
    ]);
    expect(plain.report.verdict).toBe("fail");
    expect(report.verdict).toBe("pass");
    expect(report.notes).toEqual([]);
  });

  test("of one variant, and of a whole object", async () => {
    const plain = await judgeTexts({ "a.yaml": role("a") });
    const variant = plain.report.findings.find(({ rule }) => rule === "rbac/wildcard-grant")?.variant ?? "";
    const comment = `# portcullis-ignore rbac/wildcard-grant/${variant} -- why\n`;
    const { report } = await judgeTexts({ "a.yaml": `${role("a", "", comment)}---\n${role("b")}` });
    expect(statuses(report)).toEqual(["waived", "new"]);
  });

  test.each([
    ["rbac/wildcard-grant", "no reason"],
    ["rbac/wildcard-grnt -- x", "names a rule that there is not"],
    ["rbac/wildcard-grant/nothing -- x", "names a rule that there is not"],
    ["rbac/wildcard-grant until 2025-11-30 -- x", "it counted until 2025-11-30"],
    ["secrets/private-key-material -- x", "nothing of secrets/private-key-material is found there"],
  ])("%s waives nothing, and a note says why", async (text, why) => {
    const { report } = await judgeTexts({ "a.yaml": role("a", "", `# portcullis-ignore ${text}\n`) });
    expect(statuses(report)).toEqual(["new"]);
    expect(report.notes).toEqual([expect.stringContaining(`a.yaml:1: waiver: `)]);
    expect(report.notes[0]).toContain(why);
  });

  test("for a rule that another one speaks for, the note names that one", async () => {
    const { report } = await judgeTexts({ "a.yaml": role("a") });
    const also = report.findings.find(({ rule }) => rule === "rbac/wildcard-grant")?.also[0];
    expect(also).toBeDefined();
    const waived = await judgeTexts({ "a.yaml": role("a", "", `# portcullis-ignore ${also} -- x\n`) });
    expect(waived.report.notes[0]).toContain("rbac/wildcard-grant speaks there for");
  });

  test("are examples in documentation, and count where a token is found in a text", async () => {
    const text = expandTokens(
      "API=@@github-token@@ # portcullis-ignore secrets/known-token-or-url-credential -- revoked\n",
    );
    const { report } = await judgeTexts({ "a.env": text, "README.md": "# portcullis-ignore a/b -- x\n" });
    expect(report.findings.map(({ status }) => status)).toEqual(["waived"]);
    expect(report.notes).toEqual([]);
  });

  test("a token in the reason is masked", async () => {
    const token = expandTokens("@@github-token@@");
    const { report } = await judgeTexts({
      "a.yaml": role("a", "", `# portcullis-ignore rbac/wildcard-grant -- was ${token}\n`),
    });
    expect(statuses(report)).toEqual(["waived"]);
    expect(JSON.stringify(report)).not.toContain(token.slice(8, 20));
  });
});

describe("waivers in the configuration", () => {
  const texts = { "a/a.yaml": role("a"), "b/b.yaml": role("b") };

  test.each<[string, Partial<ConfigWaiver>, readonly string[]]>([
    ["everywhere", {}, ["waived", "waived"]],
    ["by files", { files: ["a/**"] }, ["waived", "new"]],
    ["by objects", { objects: ["ClusterRole/b"] }, ["new", "waived"]],
    ["by both", { files: ["a/**"], objects: ["ClusterRole/b"] }, ["new", "new"]],
    ["until today", { until: "2025-12-01" }, ["waived", "waived"]],
    ["until yesterday", { until: "2025-11-30" }, ["new", "new"]],
  ])("%s", async (_, more, expected) => {
    const { report } = await judgeTexts(texts, { waivers: [waiver(more)] });
    expect(statuses(report)).toEqual(expected);
    const used = expected.includes("waived");
    expect(report.notes).toEqual(used ? [] : [expect.stringMatching(/^\.portcullis\.yaml:3: waiver: /)]);
  });

  test("files never hide tokens and private keys by themselves, and a note says so", async () => {
    const rule = "secrets/known-token-or-url-credential";
    const secret = { "tests/a.env": expandTokens("API=@@github-token@@\n") };
    const rules = { [rule]: { severity: null, exclude: [{ files: ["tests/**"] }], params: {} } };
    const { report } = await judgeTexts(secret, { rules });
    expect(report.verdict).toBe("fail");
    expect(report.notes).toEqual([expect.stringContaining(`rules.${rule}: exclude by files does not count`)]);
    const waived = await judgeTexts(secret, { waivers: [waiver({ rule, files: ["tests/**"], reason: "made up" })] });
    expect(waived.report.findings).toMatchObject([{ status: "waived", waiver: { by: "config", reason: "made up" } }]);
  });
});

describe("a baseline", () => {
  test("holds fingerprints alone, and what is in it does not count", async () => {
    const texts = { "a.yaml": role("a"), "b.yaml": "a: [", "c.env": expandTokens("API=@@github-token@@\n") };
    const { report } = await judgeTexts(texts);
    const text = writeBaseline(report);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(["version", "findings", "unreadable"]);
    expect(text.replaceAll(/"v1:[0-9a-f]{32}"/g, "")).not.toMatch(/[0-9a-f]{6}/);
    const baseline = readBaseline(text);
    if (typeof baseline === "string") throw new Error(baseline);
    const again = await judgeTexts({ "z.yaml": "a: b\n", ...texts }, {}, { baseline });
    expect(new Set([...again.report.findings, ...again.report.unreadable].map(({ status }) => status))).toEqual(
      new Set(["baseline"]),
    );
    expect(again.report.verdict).toBe("pass");
    expect(writeBaseline(again.report)).toBe(text);
    const less = await judgeTexts({ "a.yaml": role("a") }, {}, { baseline });
    expect(less.report.notes).toEqual([expect.stringMatching(/entr.* of the baseline match.* nothing any more/)]);
    const more = await judgeTexts({ ...texts, "d.yaml": role("d") }, {}, { baseline });
    expect(more.report.verdict).toBe("fail");
  });

  test.each([
    "",
    "[]",
    '{"version":2,"findings":[],"unreadable":[]}',
    '{"version":1,"findings":[1],"unreadable":[]}',
    '{"version":1,"findings":["x"],"unreadable":[]}',
    '{"version":1,"findings":[]}',
  ])("%s is none", (text) => expect(readBaseline(text)).toMatch(/baseline/));
});
