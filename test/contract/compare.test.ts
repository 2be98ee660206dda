import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { requestFor } from "../../src/core/config/request.ts";
import type { CheckRequest } from "../../src/model/check-request.ts";
import type { Report } from "../../src/model/report.ts";
import { makeToken } from "../support/tokens.ts";
import { createRepository, git, writeFiles } from "../support/repository.ts";

// The policy and the schemas lie beside the bundle.
process.env["PORTCULLIS_ASSETS"] = resolve("dist");
const { checkRepository } = await import("../../src/app.ts");

const request = (cwd: string, more: Partial<CheckRequest> = {}): CheckRequest =>
  requestFor(cwd, { base: { ref: "main", at: "commit", settings: null }, ...more });

async function compare(folder: string, more: Partial<CheckRequest> = {}): Promise<Report> {
  const { report } = await checkRepository(request(folder, more));
  return report;
}

const role = (name: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ${name}\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]\n`;
const secret = (name: string, value: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\nstringData:\n  password: "${value}"\n`;
const config = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  level: info\n`;

const blocking = ({ findings, failOn }: Report) =>
  findings.filter(
    ({ status, severity }) => status === "new" && failOn === "high" && ["critical", "high"].includes(severity),
  );
const places = (report: Report) =>
  blocking(report).map(({ rule, location }) => `${location.uri}:${location.range.start.line} ${rule}`);

describe("a repository with many findings", () => {
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`roles/r${index}.yaml`, role(`r-${index}`)]),
  );

  test("only the one that the change adds blocks, on its line", async () => {
    const folder = createRepository(many);
    writeFiles(folder, { "roles/added.yaml": `# added\n${role("added")}` });
    const report = await compare(folder);
    expect(places(report)).toEqual(["roles/added.yaml:9 rbac/wildcard-grant"]);
    expect(report.findings.filter(({ status }) => status === "existing")).toHaveLength(300);
    expect(report.verdict).toBe("fail");
    expect(report.fixed).toEqual([]);
  }, 60_000);

  test("what the change removes is fixed", async () => {
    const folder = createRepository(many);
    rmSync(join(folder, "roles/r7.yaml"));
    const report = await compare(folder);
    expect(report.verdict).toBe("pass");
    expect(report.fixed.map(({ object }) => object?.name)).toEqual(["r-7"]);
  }, 60_000);
});

test("a policy that the change keeps from refusing is new, and blocks", async () => {
  const policy = (action: string) =>
    `apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sNoSecretEnv\nmetadata:\n  name: no-secret-env\nspec:\n  enforcementAction: ${action}\n`;
  const folder = createRepository({ "policy.yaml": policy("deny"), "lax.yaml": policy("warn").replace("no-", "lax-") });
  writeFiles(folder, { "policy.yaml": policy("warn") });
  expect(places(await compare(folder))).toEqual(["policy.yaml:6 gitops/policy-enforcement-weakened"]);
});

test("files of any kind are searched for tokens where the change touches them", async () => {
  const line = (name: string) => `TOKEN = "${makeToken("github-token", name)}"\n`;
  const folder = createRepository({ "a.py": line("old"), "lib/b.rb": line("untouched"), "c.py": "import os\n" });
  writeFiles(folder, {
    "a.py": `import sys\n${line("old")}`,
    "c.py": `import os\n${line("new")}`,
    "yarn.lock": `a@1:\n  resolved "https://registry.example/a?token=${makeToken("npm-token", "lock")}"\n`,
  });
  const report = await compare(folder);
  expect(
    report.findings.map(({ location, status }) => `${location.uri}:${location.range.start.line} ${status}`),
  ).toEqual(["a.py:2 existing", "c.py:2 new", "yarn.lock:2 new"]);
});

test("against nothing everything counts, and neither waivers nor configuration of the work tree do", async () => {
  const folder = createRepository({
    ".portcullis.yaml": "rules:\n  rbac/wildcard-grant:\n    severity: off\n",
    "a.yaml": `# portcullis-ignore rbac/wildcard-grant -- for now\n${role("a")}`,
  });
  const nothing = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  const report = await compare(folder, { base: { ref: nothing, at: "commit", settings: nothing } });
  expect(places(report)).toEqual(["a.yaml:9 rbac/wildcard-grant"]);
  expect(report.waiverRequests).toHaveLength(1);
  expect(report.pending.map(({ uri }) => uri)).toEqual([".portcullis.yaml"]);
});

describe("what is no change", () => {
  const files = {
    "a.yaml": `${role("one")}---\n${secret("db", "Zk4-trunk-Lime9")}---\n${role("two")}`,
    "text.env": "API_TOKEN=@@\n",
  };
  const changes: Record<string, (folder: string) => void> = {
    "lines above": (folder) => writeFiles(folder, { "a.yaml": `# a\n# b\n\n${files["a.yaml"]}` }),
    "reordered documents": (folder) =>
      writeFiles(folder, { "a.yaml": `${role("two")}---\n${role("one")}---\n${secret("db", "Zk4-trunk-Lime9")}` }),
    "other quotes and indentation": (folder) =>
      writeFiles(folder, {
        "a.yaml": `${role("one").replaceAll('"', "'").replace("  - apiGroups", "    - apiGroups").replace("\n    res", "\n      res").replace("\n    verbs", "\n      verbs")}---\n${secret("db", "Zk4-trunk-Lime9").replaceAll('"', "")}---\n${role("two")}`,
      }),
    "a moved file": (folder) => renameSync(join(folder, "a.yaml"), join(folder, "b.yaml")),
    "a moved file, staged": (folder) => git(folder, "mv", "a.yaml", "c.yaml"),
    "a renamed object": (folder) =>
      writeFiles(folder, {
        "a.yaml": files["a.yaml"].replace("name: one", "name: uno").replace("name: db", "name: database"),
      }),
  };
  test.each(Object.keys(changes))("%s", async (name) => {
    const folder = createRepository(files);
    changes[name]?.(folder);
    const report = await compare(folder);
    expect(places(report)).toEqual([]);
    expect(report.fixed).toEqual([]);
    expect(report.findings.filter(({ status }) => status === "existing").length).toBeGreaterThan(2);
  });
});

describe("what is a change", () => {
  test("another value in the place of a secret", async () => {
    const folder = createRepository({ "a.yaml": secret("db", "Zk4-trunk-Lime9") });
    writeFiles(folder, { "a.yaml": secret("db", "otter-Lime-44-Vale") });
    expect(places(await compare(folder))).toEqual(["a.yaml:6 secrets/secret-manifest-plaintext"]);
  });

  test("a copy of what is there", async () => {
    const folder = createRepository({ "a.yaml": role("one") });
    writeFiles(folder, { "b.yaml": role("one") });
    expect(places(await compare(folder))).toEqual(["b.yaml:8 rbac/wildcard-grant"]);
  });

  test("a binding elsewhere that makes a finding worse", async () => {
    const reader = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: reader\nrules:\n  - apiGroups: [""]\n    resources: [secrets]\n    verbs: [get, list]\n`;
    const folder = createRepository({ "role.yaml": reader });
    writeFiles(folder, {
      "binding.yaml": `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: b\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: reader\nsubjects:\n  - kind: ServiceAccount\n    name: app\n    namespace: shop\n`,
    });
    expect(places(await compare(folder))).toContain("role.yaml:7 rbac/secrets-access-broad");
  });

  test("what counted before counts with block: all", async () => {
    const folder = createRepository({ "a.yaml": role("one"), ".portcullis.yaml": "block: all\n" });
    const report = await compare(folder);
    expect(report.findings.map(({ status }) => status)).toEqual(["existing"]);
    expect(report.verdict).toBe("fail");
  });
});

describe("what could not be judged", () => {
  test("decides only where it is new", async () => {
    const folder = createRepository({ "a.yaml": "apiVersion: v1\nkind: Secret\nkind: Secret\n" });
    expect((await compare(folder)).verdict).toBe("pass");
    writeFiles(folder, { "b.yaml": "apiVersion: v1\nkind: Secret\nkind: Secret\n" });
    const report = await compare(folder);
    expect(report.verdict).toBe("error");
    expect(report.unreadable.map(({ uri, status }) => `${uri} ${status}`)).toEqual(["a.yaml existing", "b.yaml new"]);
  });
});

describe("charts", () => {
  const chart = {
    "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
    "chart/values.yaml": "rules: [get]\nother: 1\n",
    "chart/templates/role.yaml": `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: shop\nrules:\n  - apiGroups: ["apps"]\n    resources: ["deployments"]\n    verbs:\n{{ toYaml .Values.rules | indent 6 }}\n`,
  };

  test("a values file that makes an untouched template break a rule is new", async () => {
    const folder = createRepository(chart);
    writeFiles(folder, { "chart/values.yaml": 'rules: ["*"]\nother: 1\n' });
    const report = await compare(folder);
    expect(report.findings.filter(({ rule }) => rule === "rbac/wildcard-grant").map(({ status }) => status)).toEqual([
      "new",
    ]);
  }, 60_000);

  test("another value in a chart with a finding adds none", async () => {
    const folder = createRepository({ ...chart, "chart/values.yaml": 'rules: ["*"]\nother: 1\n' });
    writeFiles(folder, { "chart/values.yaml": '# more\nrules: ["*"]\nother: 2\n' });
    const report = await compare(folder);
    expect(report.findings.filter(({ rule }) => rule === "rbac/wildcard-grant").map(({ status }) => status)).toEqual([
      "existing",
    ]);
  }, 60_000);
});

test("the work tree and the index are left as they are", async () => {
  const folder = createRepository({ "a.yaml": role("one"), "b.yaml": config("b") });
  writeFileSync(join(folder, "a.yaml"), role("other"));
  git(folder, "add", "a.yaml");
  writeFileSync(join(folder, "b.yaml"), config("c"));
  const before = [git(folder, "status", "--porcelain"), readFileSync(join(folder, ".git/index")).toString("base64")];
  await compare(folder);
  expect([git(folder, "status", "--porcelain"), readFileSync(join(folder, ".git/index")).toString("base64")]).toEqual(
    before,
  );
  expect(existsSync(join(folder, ".git/FETCH_HEAD"))).toBe(false);
});

test("a commit that is not there is a mistake of the user", async () => {
  const folder = createRepository({ "a.yaml": config("a") });
  await expect(compare(folder, { base: { ref: "nowhere", at: "commit", settings: null } })).rejects.toThrow(
    'there is no commit "nowhere" here',
  );
  await expect(compare(folder, { base: { ref: "--help", at: "commit", settings: null } })).rejects.toThrow(
    'there is no commit "--help" here',
  );
});
