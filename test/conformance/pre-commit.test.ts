import { execFileSync, spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { preCommit } from "../support/pre-commit.ts";
import { createFolder, createRepository, git, temporaryFolder } from "../support/repository.ts";

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

const harmless = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  LOG_LEVEL: info\n";

describe("the hook for pre-commit", () => {
  let hooks: string;
  let home: string;

  beforeAll(() => {
    // What pre-commit clones: the files of the package, in a repository of their own.
    hooks = createFolder({});
    for (const file of [".pre-commit-hooks.yaml", "package.json", "dist", "LICENSE", "README.md"]) {
      cpSync(file, join(hooks, file), { recursive: true });
    }
    git(hooks, "init", "--quiet", "--initial-branch", "main");
    git(hooks, "add", "--all");
    git(hooks, "commit", "--quiet", "--message", "First");
    home = temporaryFolder();
  });

  function tryHook(folder: string, ...files: readonly string[]): { status: number | null; output: string } {
    const args = ["try-repo", hooks, "portcullis", "--verbose", "--files", ...files];
    const { status, stdout, stderr } = spawnSync(preCommit(), args, {
      cwd: folder,
      encoding: "utf8",
      // npm needs to know its registry, so the environment is the user's.
      env: { ...process.env, PRE_COMMIT_HOME: home },
      timeout: 300_000,
    });
    return { status, output: stdout + stderr };
  }

  test("passes a staged manifest without findings, although another file has some", () => {
    const folder = createRepository({ "settings.yaml": harmless, "role.yaml": role });
    const { status, output } = tryHook(folder, "settings.yaml");
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining("Passed") });
  });

  test("judges a staged file with the objects that it refers to", () => {
    const folder = createRepository({ "rbac/binding.yaml": binding, "rbac/role.yaml": role, "settings.yaml": harmless });
    const { status, output } = tryHook(folder, "rbac/binding.yaml");
    expect({ status, output }).toEqual({
      status: 1,
      output: expect.stringContaining("rbac/binding.yaml:13:11  critical  rbac/shared-serviceaccount-subject/all-serviceaccounts-dangerous"),
    });
    // The role is only there to be referred to: its own findings are for the commit that changes it.
    expect(output).not.toMatch(/^rbac\/role\.yaml:/m);
  });

  test("searches a staged text file for tokens", () => {
    const folder = createRepository({ "deploy.sh": "#!/bin/sh\necho hello\n" });
    expect(tryHook(folder, "deploy.sh").status).toBe(0);
  });

  test("takes more files than fit on one command line", () => {
    const names = Array.from({ length: 3000 }, (_, index) => `manifests/${"a-long-name-for-a-manifest-".repeat(3)}${index}.yaml`);
    const folder = createRepository(Object.fromEntries([...names.map((name) => [name, harmless]), ["role.yaml", role]]));
    const all = execFileSync("git", ["ls-files"], { cwd: folder, encoding: "utf8" }).trim().split("\n");
    expect(all).toHaveLength(3001);
    const { status, output } = tryHook(folder, ...all);
    expect({ status, output: output.slice(-300) }).toEqual({ status: expect.any(Number), output: expect.any(String) });
  });
});
