import { resolve } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { requestFor } from "../../src/core/config/request.ts";
import type { Report } from "../../src/model/report.ts";
import { createRepository, git, writeFiles } from "../support/repository.ts";
import { expandTokens } from "../support/tokens.ts";

// The policy and the schemas lie beside the bundle.
process.env["PORTCULLIS_ASSETS"] = resolve("dist");
const { checkRepository } = await import("../../src/app.ts");

jest.setTimeout(60_000);

interface Run {
  readonly settings?: "main" | null;
  readonly approved?: boolean;
  readonly base?: boolean;
  readonly paths?: readonly string[];
}

async function judge(cwd: string, { settings = "main", approved = false, base = true, paths = [] }: Run = {}) {
  const request = requestFor(cwd, {
    paths,
    base: base ? { ref: "main", at: "commit", settings } : null,
    approvedWaivers: approved,
  });
  return (await checkRepository(request)).report;
}

const RULE = "rbac/wildcard-grant";
const IGNORE = `# portcullis-ignore ${RULE} -- break glass`;
const role = (name: string, above = "", end = "") =>
  `${above}apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ${name}\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]${end}\n`;
const statuses = ({ findings }: Report) =>
  findings.filter(({ rule }) => rule === RULE).map(({ status, location }) => `${location.uri} ${status}`);
const repository = (files: Readonly<Record<string, string>>, config = "") =>
  createRepository({ "x.yaml": "a: b\n", ...(config === "" ? {} : { ".portcullis.yaml": config }), ...files });

describe("a waiver in a comment", () => {
  test("that the change adds is asked for and waives nothing", async () => {
    const folder = repository({});
    writeFiles(folder, { "a.yaml": role("a", `${IGNORE}\n`) });
    const report = await judge(folder);
    expect(statuses(report)).toEqual(["a.yaml new"]);
    expect(report.verdict).toBe("fail");
    expect(report.waiverRequests).toEqual([
      { by: "comment", uri: "a.yaml", line: 1, rules: [RULE], reason: "break glass", until: null },
    ]);
  });

  test("counts where the base has it, on whatever line, and after a rename", async () => {
    const folder = repository({ "a.yaml": role("a", `${IGNORE}\n`) });
    writeFiles(folder, { "a.yaml": `# added\n${role("a", `# more\n${IGNORE}\n`)}` });
    const report = await judge(folder);
    expect(statuses(report)).toEqual(["a.yaml waived"]);
    expect(report.waiverRequests).toEqual([]);
    git(folder, "mv", "a.yaml", "b.yaml");
    expect(statuses(await judge(folder))).toEqual(["b.yaml waived"]);
  });

  test.each([
    ["for a longer time", `${IGNORE.replace(" --", " until 2999-01-01 --")}\n`, `${IGNORE}\n`],
    ["for another reason", `${IGNORE}\n`, `${IGNORE}, really\n`],
    ["for another rule", `${IGNORE.replace(RULE, "rbac/secrets-access-broad")}\n`, `${IGNORE}\n`],
  ])("is another one %s", async (_, before, after) => {
    const folder = repository({ "a.yaml": role("a", before) });
    writeFiles(folder, { "a.yaml": role("a", after), "b.yaml": role("b") });
    const report = await judge(folder);
    expect(report.waiverRequests).toHaveLength(1);
    expect(statuses(report)).not.toContain("a.yaml waived");
  });

  test("covers one object, and no second one that the change adds beside it", async () => {
    const folder = repository({ "a.yaml": role("a", `${IGNORE}\n`) });
    writeFiles(folder, { "a.yaml": `${role("a", `${IGNORE}\n`)}---\n${role("b", `${IGNORE}\n`)}` });
    const report = await judge(folder);
    expect(statuses(report)).toEqual(["a.yaml waived", "a.yaml new"]);
    expect(report.waiverRequests).toMatchObject([{ line: 11 }]);
  });

  test("counts once it is approved, where the base's configuration says so", async () => {
    const added = { "a.yaml": role("a", `${IGNORE}\n`) };
    const config = "trust: {waivers: approved}\napprovers: [octocat]\n";
    for (const [text, approved, expected] of [
      [config, true, "waived"],
      [config, false, "new"],
      ["", true, "new"],
      ["trust: {waivers: head}\n", false, "waived"],
    ] as const) {
      const folder = repository({}, text);
      writeFiles(folder, added);
      expect(statuses(await judge(folder, { approved }))).toEqual([`a.yaml ${expected}`]);
    }
    const folder = repository({});
    writeFiles(folder, { ...added, ".portcullis.yaml": "trust: {waivers: head}\n" });
    expect(statuses(await judge(folder))).toEqual(["a.yaml new"]);
  });

  test("counts at the desk, with a note that it needs approval", async () => {
    const folder = repository({});
    writeFiles(folder, { "a.yaml": role("a", `${IGNORE}\n`) });
    const report = await judge(folder, { settings: null });
    expect(statuses(report)).toEqual(["a.yaml waived"]);
    expect(report.notes).toEqual([expect.stringMatching(/^a\.yaml:1: waiver: .*needs approval in CI/)]);
    expect((await judge(folder, { base: false })).notes).toEqual([]);
  });
});

describe("a waiver in the configuration", () => {
  const entry = `waivers:\n  - {rule: ${RULE}, files: [a.yaml], reason: known}\n`;

  test("that the change adds is asked for, and counts at the desk with a note", async () => {
    const folder = repository({});
    writeFiles(folder, { "a.yaml": role("a"), ".portcullis.yaml": entry });
    const report = await judge(folder);
    expect(statuses(report)).toEqual(["a.yaml new"]);
    expect(report.waiverRequests).toMatchObject([
      { by: "config", uri: ".portcullis.yaml", line: 2, rules: [RULE], reason: "known" },
    ]);
    const desk = await judge(folder, { settings: null });
    expect(statuses(desk)).toEqual(["a.yaml waived"]);
    expect(desk.notes).toEqual([expect.stringMatching(/^\.portcullis\.yaml:2: waiver: .*needs approval/)]);
  });

  test("counts from the base, and where head may decide", async () => {
    const folder = repository({}, entry);
    writeFiles(folder, { "a.yaml": role("a") });
    expect(statuses(await judge(folder))).toEqual(["a.yaml waived"]);
    const free = repository({}, "trust: {waivers: head}\n");
    writeFiles(free, { "a.yaml": role("a"), ".portcullis.yaml": `trust: {waivers: head}\n${entry}` });
    expect(statuses(await judge(free))).toEqual(["a.yaml waived"]);
    writeFiles(free, { ".portcullis.yaml": "waivers: [{rule: x}]\n" });
    expect(statuses(await judge(free))).toEqual(["a.yaml new"]);
  });
});

describe("an annotation that exempts", () => {
  const external = (annotation: string) =>
    `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: db\n  namespace: shop\n${annotation}spec:\n  refreshInterval: "0"\n  secretStoreRef: {name: vault, kind: SecretStore}\n  target: {name: db}\n  data:\n    - secretKey: password\n      remoteRef: {key: db}\n`;
  const STATIC = "  annotations:\n    portcullis/rotation: static\n";
  const found = ({ findings }: Report) =>
    findings.filter(({ rule }) => rule === "rotation/externalsecret-refresh").length;

  test("is taken away where the change adds it, and asked for", async () => {
    const folder = repository({ "a.yaml": external("") });
    writeFiles(folder, { "a.yaml": external(STATIC), "b.yaml": external(STATIC).replace("name: db", "name: new") });
    const report = await judge(folder);
    expect(found(report)).toBe(2);
    expect(report.waiverRequests).toMatchObject([
      { by: "annotation", uri: "a.yaml", line: 7, reason: "portcullis/rotation: static" },
      { by: "annotation", uri: "b.yaml", line: 7 },
    ]);
    const desk = await judge(folder, { settings: null });
    expect(found(desk)).toBe(0);
    expect(desk.notes).toHaveLength(2);
  });

  test("counts where the base has it, after a rename too", async () => {
    const folder = repository({ "a.yaml": external(STATIC) });
    git(folder, "mv", "a.yaml", "b.yaml");
    const report = await judge(folder);
    expect({ found: found(report), requests: report.waiverRequests }).toEqual({ found: 0, requests: [] });
  });
});

describe("any annotation that exempts, or has a rule speak more mildly,", () => {
  const meta = (annotation: string) => `metadata:\n  name: a\n  namespace: shop\n  annotations:\n    ${annotation}\n`;
  const cases = [
    [
      "portcullis/edge: public",
      "orchestration/networkpolicy-too-open",
      (at: string) =>
        `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n${at}spec:\n  podSelector: {matchLabels: {app: web}}\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - ipBlock: {cidr: 0.0.0.0/0}\n`,
    ],
    [
      'portcullis/rollout-until: "2025-12-20"',
      "gitops/policy-enforcement-weakened",
      (at: string) =>
        `apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sAny\n${at}spec:\n  match: {excludedNamespaces: ["*"]}\n`,
    ],
    [
      "portcullis/mesh: strict",
      "stores/insecure-store-endpoint",
      (at: string) =>
        `apiVersion: external-secrets.io/v1\nkind: SecretStore\n${at}spec:\n  provider:\n    vault:\n      server: http://vault.vault.svc:8200\n      path: secret\n      auth: {kubernetes: {role: shop, mountPath: kubernetes}}\n`,
    ],
  ] as const;

  test.each(cases)("is asked for where the change adds it: %s", async (annotation, rule, manifest) => {
    const found = ({ findings }: Report) =>
      findings.filter((each) => each.rule === rule && each.severity === "high").length;
    const clock = "settings: {clock: 2025-12-01T00:00:00Z}\n";
    const folder = repository({ "a.yaml": manifest(meta(annotation)) }, clock);
    const before = await judge(folder);
    expect({ found: found(before), requests: before.waiverRequests }).toEqual({ found: 0, requests: [] });
    writeFiles(folder, { "b.yaml": manifest(meta(annotation)).replace("name: a", "name: b") });
    const report = await judge(folder);
    expect(found(report)).toBe(1);
    expect(report.waiverRequests).toMatchObject([{ by: "annotation", uri: "b.yaml", line: 7 }]);
  });
});

describe("the baseline", () => {
  const NAME = ".portcullis-baseline.json";
  const baselineOf = ({ findings }: Report) =>
    JSON.stringify({ version: 1, findings: findings.map(({ fingerprint }) => fingerprint), unreadable: [] });

  test("is used at the root; without one it is offered", async () => {
    const folder = repository({ "a.yaml": role("a") });
    const before = await judge(folder, { base: false });
    expect(before.notes).toEqual([expect.stringContaining("portcullis baseline")]);
    writeFiles(folder, { [NAME]: baselineOf(before) });
    const after = await judge(folder, { base: false });
    expect({ verdict: after.verdict, statuses: statuses(after), notes: after.notes }).toEqual({
      verdict: "pass",
      statuses: ["a.yaml baseline"],
      notes: [],
    });
    writeFiles(folder, { [NAME]: "{}" });
    await expect(judge(folder, { base: false })).rejects.toThrow(/baseline is not of version/);
  });

  test("that the change writes does not count", async () => {
    const folder = repository({});
    writeFiles(folder, { "a.yaml": role("a") });
    writeFiles(folder, { [NAME]: baselineOf(await judge(folder)) });
    const report = await judge(folder);
    expect(statuses(report)).toEqual(["a.yaml new"]);
    expect(report.verdict).toBe("fail");
  });

  test("another secret in the place of a known one is new", async () => {
    const secret = (value: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  key: "${expandTokens(value)}"\n`;
    const folder = repository({ "a.yaml": secret("@@github-token@@") });
    const before = await judge(folder, { base: false });
    writeFiles(folder, { [NAME]: baselineOf(before) });
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", "Second");
    expect((await judge(folder)).findings.map(({ status }) => status)).toEqual(["baseline"]);
    writeFiles(folder, { "a.yaml": secret("@@github-token@@").replace(/ghp_.{6}/, "ghp_Zk4tLq") });
    expect((await judge(folder)).findings.map(({ status }) => status)).toEqual(["new"]);
  });
});
