import { describe, expect, test } from "@jest/globals";
import { FRAMEWORKS } from "../../src/model/frameworks.ts";
import type { CheckInput } from "../../src/core/run.ts";
import { allRules, judgeTexts } from "../support/judge.ts";

const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [feature-flags]
    verbs: [get]
`;

async function statusesOf(
  texts: Readonly<Record<string, string>>,
  input: Partial<CheckInput> = {},
): Promise<Readonly<Record<string, string>>> {
  const { report } = await judgeTexts(texts, {}, { frameworks: ["cis"], ...input });
  return Object.fromEntries((report.controls[0]?.controls ?? []).map(({ id, status }) => [id, status]));
}

describe("controls of a run", () => {
  test("pass where a rule had something to look at, and are not applicable else", async () => {
    const statuses = await statusesOf({ "role.yaml": ROLE });
    expect(statuses["5.1.3"]).toBe("passed");
    expect(statuses["5.4.1"]).toBe("passed");
    expect(Object.values(statuses)).not.toContain("failed");
    const nothing = await statusesOf({});
    expect(new Set(Object.values(nothing))).toEqual(new Set(["not-applicable"]));
  });

  test("fail by what is found", async () => {
    const statuses = await statusesOf({ "role.yaml": ROLE.replace("verbs: [get]", 'verbs: ["*"]') });
    expect(statuses["5.1.3"]).toBe("failed");
  });

  test("say nothing of a rule that is off", async () => {
    const off = Object.fromEntries(
      allRules.map(({ id }) => [id, { severity: "off" as const, exclude: [], params: {} }]),
    );
    const { report } = await judgeTexts({ "role.yaml": ROLE }, { rules: off }, { frameworks: ["cis"] });
    expect(report.controls[0]?.controls.length).toBeGreaterThan(0);
    expect(report.controls[0]?.controls.filter(({ status }) => status !== "not-applicable")).toEqual([]);
  });

  test("say nothing of what is only there for references", async () => {
    const texts = [{ source: { uri: "role.yaml", text: ROLE }, explicit: false, context: true }];
    expect(new Set(Object.values(await statusesOf({}, { texts })))).toEqual(new Set(["not-applicable"]));
  });

  test("are there for every framework that is asked for, and for none else", async () => {
    const { report } = await judgeTexts({ "role.yaml": ROLE }, {}, { frameworks: FRAMEWORKS });
    expect(report.controls.map(({ framework }) => framework)).toEqual([
      "cis",
      "nsa",
      "owasp",
      "pci",
      "soc2",
      "nist",
      "iso",
      "cwe",
    ]);
    for (const { controls } of report.controls) expect(controls.length).toBeGreaterThan(0);
    expect((await judgeTexts({ "role.yaml": ROLE })).report.controls).toEqual([]);
  });
});
