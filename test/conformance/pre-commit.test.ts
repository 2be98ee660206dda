import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { pythonTool } from "../../src/dev/python-tools.ts";
import { createFolder, createRepository, git, temporaryFolder, writeFiles } from "../support/repository.ts";
import { makeToken } from "../support/tokens.ts";

const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: reader
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
subjects:
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: system:serviceaccounts
`;

const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: shop
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get, list]
`;

const clusterRole = role.replace("kind: Role", "kind: ClusterRole").replace("  namespace: shop\n", "");

const harmless = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  LOG_LEVEL: info\n";

/** The commit of a repository that has what pre-commit clones. */
function createHookRepository(): { hooks: string; commit: string } {
  const hooks = createFolder({});
  for (const file of [".pre-commit-hooks.yaml", "package.json", "dist", "LICENSE", "README.md"]) {
    cpSync(file, join(hooks, file), { recursive: true });
  }
  git(hooks, "init", "--quiet", "--initial-branch", "main");
  git(hooks, "add", "--all");
  git(hooks, "commit", "--quiet", "--message", "First");
  return { hooks, commit: git(hooks, "rev-parse", "HEAD").trim() };
}

describe("the hook for pre-commit", () => {
  const { hooks, commit } = createHookRepository();
  const home = temporaryFolder();
  const config = `repos:\n  - repo: ${hooks}\n    rev: ${commit}\n    hooks:\n      - id: portcullis\n`;

  function run(folder: string, ...args: readonly string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(pythonTool("pre-commit"), args, {
      cwd: folder,
      encoding: "utf8",
      // npm needs to know its registry, so the environment is the user's.
      env: { ...process.env, PRE_COMMIT_HOME: home, PRE_COMMIT_COLOR: "never" },
      maxBuffer: 1 << 26,
    });
    return { status, output: stdout + stderr };
  }

  /** Stages everything and runs the hook on it, as a commit does. */
  function commitIn(folder: string): { status: number | null; output: string } {
    git(folder, "add", "--all");
    return run(folder, "run");
  }

  test("runs from a clone, and judges a file with the objects that it refers to", () => {
    const folder = createRepository({
      "rbac/binding.yaml": binding,
      "rbac/role.yaml": role,
      "settings.yaml": harmless,
    });
    const { status, output } = run(folder, "try-repo", hooks, "portcullis", "--files", "rbac/binding.yaml");
    expect(output).toMatch(/^rbac\/binding\.yaml:13:11 {2}critical {2}rbac\/shared-serviceaccount-subject\//m);
    // The role is only there to be referred to: its own findings are for the commit that changes it.
    expect(output).not.toMatch(/^rbac\/role\.yaml:/m);
    expect(status).toBe(1);
  });

  test("passes a harmless change, although another file has findings", () => {
    const folder = createRepository({ ".pre-commit-config.yaml": config, "role.yaml": clusterRole });
    writeFiles(folder, { "settings.yaml": harmless });
    const { status, output } = commitIn(folder);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining("Passed") });
  });

  test("searches a staged text file for tokens", () => {
    const folder = createRepository({ ".pre-commit-config.yaml": config });
    writeFiles(folder, { "deploy.env": `GITHUB_TOKEN=${makeToken("github-token")}\n` });
    const { status, output } = commitIn(folder);
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining("deploy.env:1:14  critical") });
  });

  test("takes more files than fit on one command line, and judges each once", () => {
    const folder = createRepository({ ".pre-commit-config.yaml": config });
    const name = (index: number) => `manifests/${"a-long-name-for-a-manifest-".repeat(3)}${index}.yaml`;
    writeFiles(folder, Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [name(index), harmless])));
    writeFiles(folder, { "role.yaml": clusterRole });
    const { status, output } = commitIn(folder);
    expect(status).toBe(1);
    expect(output.match(/^role\.yaml:7:17 {2}high/gm)).toHaveLength(1);
    expect(output.match(/^Read \d+ files?:/gm)?.length).toBeGreaterThan(1);
  });
});
