import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { commitFiles, createActionRepository, runJob, type JobRun } from "../support/act.ts";
import { GitHubApi } from "../support/github-api.ts";
import { node24 } from "../support/node24.ts";
import { git, temporaryFolder, writeFiles } from "../support/repository.ts";

const STEP = `- id: gate
  uses: ./
  with:
    paths: manifests
`;

const role = (name: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ${name}
rules:
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["*"]
`;

const external = (interval: string) => `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: planner
  namespace: agents
  annotations:
    portcullis/rotated-by: cronjob/rotate-planner
spec:
  refreshInterval: "${interval}"
  secretStoreRef: { name: vault }
  target: { name: planner }
  data:
    - secretKey: key
      remoteRef: { key: planner }
`;

let api: GitHubApi;
let url: string;

beforeEach(async () => {
  api = new GitHubApi();
  url = await api.start();
});

afterEach(async () => {
  await api.stop();
  expect(api.problems).toEqual([]);
});

const id = (folder: string, name: string) => git(folder, "rev-parse", name).trim();

/** The Node program of the test that runs. */
let node = "";

function run(folder: string, base: string, more: { event?: string } = {}): Promise<JobRun> {
  const head = id(folder, "HEAD");
  const payload =
    more.event === "merge_group"
      ? { merge_group: { base_sha: base, head_sha: head, base_ref: "refs/heads/main" } }
      : {
          number: 7,
          repository: { full_name: "shop/deploy" },
          pull_request: { number: 7, base: { ref: "main", sha: base }, head: { ref: "topic", sha: head } },
        };
  return runJob(folder, { event: more.event ?? "pull_request", payload, node, api: url });
}

const errors = ({ annotations }: JobRun) =>
  annotations
    .filter(({ level, place }) => level === "error" && place["file"] !== undefined)
    .map(({ place }) => `${place["file"]}:${place["line"]}`);

describe.each([
  ["the Node that the Action declares", node24],
  ["the Node that runs the tests", () => process.execPath],
])("with %s", (_, program) => {
  beforeEach(() => {
    node = program();
  });

  test("a pull request from its first push to its last: one comment, a check run for each push, a suggestion made once, and all well at the end", async () => {
    const folder = createActionRepository(
      STEP,
      { "manifests/es.yaml": external("0") },
      { "manifests/old.yaml": role("old") },
    );
    const base = id(folder, "HEAD^");
    const first = await run(folder, base);
    expect(first).toMatchObject({ result: "failure", outputs: { verdict: "fail" } });
    expect(errors(first)).toEqual(["manifests/es.yaml:9"]);
    expect(api.comments.map(({ body, minimised }) => [body.includes("## Portcullis: fail"), minimised])).toEqual([
      [true, false],
    ]);
    expect(api.checkRuns.map(({ headSha, conclusion }) => [headSha, conclusion])).toEqual([
      [id(folder, "HEAD"), "failure"],
    ]);
    expect(
      api.reviewComments.map(({ path, line, body }) => [path, line, body.includes('  refreshInterval: "1h"')]),
    ).toEqual([["manifests/es.yaml", 9, true]]);

    commitFiles(folder, { "manifests/new.yaml": role("new") });
    const second = await run(folder, base);
    expect(errors(second).toSorted()).toEqual(["manifests/es.yaml:9", "manifests/new.yaml:8"]);
    expect(api.comments).toHaveLength(1);
    expect(api.comments[0]?.body).toContain("manifests/new.yaml");
    expect(api.reviewComments).toHaveLength(1);
    expect(api.checkRuns).toHaveLength(2);

    git(folder, "rm", "--quiet", "manifests/new.yaml", "manifests/old.yaml");
    commitFiles(folder, { "manifests/es.yaml": external("1h") });
    const third = await run(folder, base);
    expect(third).toMatchObject({ result: "success", outputs: { verdict: "pass" } });
    expect(third.summary).toContain("1 fixed");
    expect(api.comments.map(({ minimised }) => minimised)).toEqual([true]);
  });

  test("a fork's token may write nothing: the verdict is the same, and one line says what is absent", async () => {
    const folder = createActionRepository(STEP, { "manifests/new.yaml": role("new") }, {});
    for (const operation of [
      "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
      "POST /repos/{owner}/{repo}/check-runs",
      "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
    ])
      api.faults.push({ operation, status: 403 });
    const result = await run(folder, id(folder, "HEAD^"));
    expect(result).toMatchObject({ result: "failure", outputs: { verdict: "fail" } });
    expect(result.log.match(/^Without .*$/gm)).toEqual([expect.stringContaining("the token may not write them")]);
    expect(result.log).not.toContain("ghs_");
  });

  test("a merge group is compared with what it is put on", async () => {
    const folder = createActionRepository(
      STEP,
      { "manifests/new.yaml": role("new") },
      { "manifests/old.yaml": role("old") },
    );
    const result = await run(folder, id(folder, "HEAD^"), { event: "merge_group" });
    expect(result.result).toBe("failure");
    expect(errors(result)).toEqual(["manifests/new.yaml:8"]);
    expect(api.requests).toEqual([]);
  });

  test("a shallow clone gets the commit that it lacks", async () => {
    const folder = createActionRepository(
      STEP,
      { "manifests/new.yaml": role("new") },
      { "manifests/old.yaml": role("old") },
    );
    const [base, head] = [id(folder, "HEAD^"), id(folder, "HEAD")];
    git(folder, "switch", "--quiet", "--detach", base);
    git(folder, "merge", "--quiet", "--no-ff", "--message", "Merge", head);
    git(folder, "branch", "merge");
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true");
    const clone = join(temporaryFolder(), "clone");
    git(folder, "clone", "--quiet", "--depth", "1", "--branch", "merge", `file://${folder}`, clone);
    const payload = {
      repository: { full_name: "shop/deploy" },
      pull_request: { number: 7, base: { ref: "main", sha: base }, head: { ref: "topic", sha: head } },
    };
    const result = await runJob(clone, { event: "pull_request", payload, node, api: url });
    expect(result.result).toBe("failure");
    expect(errors(result)).toEqual(["manifests/new.yaml:8"]);
  });

  test("500 findings: ten annotations, and a check run with all", async () => {
    const roles = Array.from({ length: 500 }, (_, index) => role(`r-${index}`)).join("---\n");
    const folder = createActionRepository(STEP, { "manifests/roles.yaml": roles }, {});
    const result = await run(folder, id(folder, "HEAD^"));
    expect(errors(result)).toHaveLength(10);
    expect(api.checkRuns.map(({ annotations }) => annotations.length >= 500)).toEqual([true]);
  });

  test("a renamed file adds nothing", async () => {
    const folder = createActionRepository(STEP, {}, { "manifests/old.yaml": role("old") });
    git(folder, "mv", "manifests/old.yaml", "manifests/moved.yaml");
    commitFiles(folder, {});
    const result = await run(folder, id(folder, "HEAD~2"));
    expect(result).toMatchObject({ result: "success", outputs: { verdict: "pass" } });
    expect(api.comments).toEqual([]);
  });

  test("a pull request cannot switch its gate off", async () => {
    const folder = createActionRepository(
      STEP,
      { "manifests/new.yaml": role("new"), ".portcullis.yaml": "fail-on: never\nexclude: ['**']\n" },
      {},
    );
    const result = await run(folder, id(folder, "HEAD^"));
    expect(result).toMatchObject({ result: "failure", outputs: { verdict: "fail" } });
    expect(errors(result)).toEqual(["manifests/new.yaml:8"]);
    expect(result.summary).toContain("takes effect after merge");
  });

  describe("the workflows of the README", () => {
    const workflows = [
      ...readFileSync("README.md", "utf8").matchAll(/^```yaml\n(name: portcullis\n[\s\S]*?)^```$/gm),
    ].map(([, text]) => text ?? "");

    test("are there", () => {
      expect(workflows.length).toBeGreaterThanOrEqual(2);
    });

    test.each(workflows)("run as they are shown: %#", async (workflow) => {
      const folder = createActionRepository(
        STEP,
        { "manifests/new.yaml": role("new") },
        { "manifests/old.yaml": role("old") },
      );
      const base = id(folder, "HEAD^");
      expect(workflow).toMatch(/uses: portcullis-dev\/portcullis@[0-9a-f]{40} # the full SHA of a release/);
      writeFiles(folder, {
        ".github/workflows/gate.yml": workflow.replaceAll(/portcullis-dev\/portcullis@[0-9a-f]{40}/g, "./"),
      });
      const result = await run(folder, base);
      expect(result.result).toBe("failure");
      expect(errors(result)).toContain("manifests/new.yaml:8");
    });
  });
});
