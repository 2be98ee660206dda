import { describe, expect, test } from "@jest/globals";
import { profilesOf } from "../../src/model/rule.ts";
import { allRules, judgeTexts } from "../support/judge.ts";

// Read every hour, and from a store every seven days: medium at worst.
const STALE = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: model-key, namespace: agents, annotations: {portcullis/rotated-by: cronjob/rotate}}
spec:
  refreshInterval: 168h
  secretStoreRef: {name: vault, kind: SecretStore}
  target: {name: model-key}
  data: [{secretKey: key, remoteRef: {key: model}}]
`;

describe("profiles", () => {
  test("strict blocks on medium, unless the configuration names a threshold", async () => {
    const texts = { "external.yaml": STALE };
    const { report } = await judgeTexts(texts, { profile: "recommended" });
    expect(report.findings.map(({ severity }) => severity)).toContain("medium");
    expect(report).toMatchObject({ verdict: "pass", failOn: "high" });
    expect((await judgeTexts(texts, { profile: "agents" })).report.failOn).toBe("high");
    expect((await judgeTexts(texts, { profile: "strict" })).report).toMatchObject({
      verdict: "fail",
      failOn: "medium",
    });
    const named = await judgeTexts(texts, { profile: "strict", failOn: "high" });
    expect(named.report).toMatchObject({ verdict: "pass", failOn: "high" });
  });

  test("strict runs every rule", async () => {
    const { report } = await judgeTexts({ "external.yaml": STALE }, { profile: "strict" });
    expect(report.rules.length).toBe(allRules.length);
  });

  test("a variant that names profiles is not on in all of them", () => {
    const named = allRules.flatMap(({ id, variants }) =>
      Object.entries(variants).map(([name, variant]) => ({ name: `${id}/${name}`, variant })),
    );
    expect(
      named
        .filter(({ variant }) => variant.profiles !== undefined && profilesOf(variant) === null)
        .map(({ name }) => name),
    ).toEqual([]);
  });
});
