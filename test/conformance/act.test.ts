import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { createActionRepository, runJob, type JobRun } from "../support/act.ts";
import { runCli } from "../support/cli.ts";
import { node24 } from "../support/node24.ts";
import { git, temporaryFolder } from "../support/repository.ts";

/** Events and the part of their payload that tells commits (docs.github.com, webhook events and payloads). */
function eventsOf(base: string, head: string): Readonly<Record<string, object>> {
  return {
    push: { ref: "refs/heads/main", before: "0".repeat(40), after: head },
    pull_request: {
      action: "opened",
      number: 1,
      pull_request: { number: 1, base: { ref: "main", sha: base }, head: { ref: "topic", sha: head } },
    },
    merge_group: {
      action: "checks_requested",
      merge_group: { base_sha: base, head_sha: head, base_ref: "refs/heads/main" },
    },
    schedule: { schedule: "0 4 * * *" },
    workflow_dispatch: { ref: "refs/heads/main", inputs: null },
  };
}

const EVENTS = ["push", "pull_request", "merge_group", "schedule", "workflow_dispatch"];

const role = (name: string, resource: string): string => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ${name}
rules:
  - apiGroups: [""]
    resources: [${resource}]
    verbs: [get, list]
`;

const store = (name: string): string => `---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: ${name}
  namespace: shop
spec:
  refreshInterval: 1h
  secretStoreRef: { name: vault }
  target: { name: ${name} }
  dataFrom:
    - extract: { key: ${name} }
`;

const many = (count: number, one: (name: string) => string): string =>
  Array.from({ length: count }, (_, index) => one(`object-${String(index).padStart(2, "0")}`)).join("");

const critical = `apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  automountServiceAccountToken: false
  containers:
    - name: worker
      image: registry.example.com/worker:1.0.0
      env:
        - name: DB_PASSWORD
          value: w8Kq-Zt5mXv2
`;

// Twelve high findings and one critical, eleven medium: more than the ten of each that GitHub shows.
const FILES = {
  "manifests/roles.yaml": many(12, (name) => role(name, "secrets")),
  "manifests/stores.yaml": many(11, store),
  "manifests/worker.yaml": critical,
};

interface JsonReport {
  readonly findings: readonly {
    readonly rule: string;
    readonly fingerprint: string;
    readonly location: { readonly file: string; readonly line: number };
  }[];
}

const step = (inputs: string): string => `- id: gate
  uses: ./
  with:
${inputs.replaceAll(/^(?=.)/gm, "    ")}
- if: always()
  run: 'echo "later: \${{ steps.gate.outcome }} \${{ steps.gate.outputs.verdict }} \${{ steps.gate.outputs.findings }} \${{ steps.gate.outputs.sarif-file }}"'
`;

const findings = (report: string): readonly string[] =>
  (JSON.parse(report) as JsonReport).findings.map(
    ({ rule, location, fingerprint }) => `${rule} ${location.file}:${location.line} ${fingerprint}`,
  );

describe.each([
  ["the Node that the Action declares", node24],
  ["the Node that runs the tests", () => process.execPath],
])("the Action in a runner, with %s", (_, nodeProgram) => {
  let node: string;
  let folder: string;
  let events: Readonly<Record<string, object>>;
  let json: string;
  let run: JobRun;

  beforeAll(async () => {
    node = nodeProgram();
    json = join(temporaryFolder(), "report.json");
    folder = createActionRepository(
      step(`paths: manifests\nsarif-file: portcullis.sarif\nformat: json=${json}\n`),
      FILES,
      {},
    );
    events = eventsOf(git(folder, "rev-parse", "HEAD^").trim(), git(folder, "rev-parse", "HEAD").trim());
    run = await runJob(folder, { event: "push", payload: events["push"] ?? {}, node });
  });

  test("fails the job and sets the outputs", () => {
    expect(run.result).toBe("failure");
    const count = findings(readFileSync(json, "utf8")).length;
    expect(count).toBeGreaterThanOrEqual(24);
    expect(run.outputs).toEqual({ verdict: "fail", findings: String(count), "sarif-file": "portcullis.sarif" });
    expect(run.log).toContain(`later: failure fail ${count} portcullis.sarif\n`);
  });

  test("annotates the worst ten errors and ten warnings, and says how many are left out", () => {
    const on = (level: string) =>
      run.annotations.filter((each) => each.level === level && each.place["file"] !== undefined);
    expect(on("error")).toHaveLength(10);
    expect(on("warning")).toHaveLength(10);
    expect(on("error")[0]?.place).toMatchObject({
      title: "critical: secrets/env-literal-credential/literal",
      file: "manifests/worker.yaml",
      line: "12",
      col: "18",
    });
    expect(on("error")[0]?.message).toContain("`DB_PASSWORD` holds a credential in plain text");
    expect(run.log).toMatch(/\b[1-9]\d* more are not annotated/);
  });

  test("writes every finding into the job summary", () => {
    expect(run.summary).toMatch(/^## Portcullis: fail\n/);
    const rows = run.summary.match(/^\| (?:critical|high|medium|low|info) \|/gm);
    expect(rows).toHaveLength(findings(readFileSync(json, "utf8")).length);
  });

  test("finds what the command line finds", async () => {
    const { exitCode, stdout } = await runCli(["manifests", "--format", "json"], { cwd: folder, node });
    expect(exitCode).toBe(1);
    expect(findings(stdout)).toEqual(findings(readFileSync(json, "utf8")));
  });

  test.each(EVENTS)("gives the same on %s", async (event) => {
    const again = await runJob(folder, { event, payload: events[event] ?? {}, node });
    expect({ ...again, log: "" }).toEqual({ ...run, log: "" });
  });
});

test("a repository without findings passes", async () => {
  const folder = createActionRepository(step("paths: manifests\n"), {
    "manifests/role.yaml": role("reader", "configmaps"),
  });
  const run = await runJob(folder, { event: "push", payload: {}, node: node24() });
  expect(run).toMatchObject({ result: "success", annotations: [], outputs: { verdict: "pass", findings: "0" } });
});

test("a mistake in the configuration fails the job and says where it is", async () => {
  const folder = createActionRepository(step("paths: manifests\n"), {
    ...FILES,
    ".portcullis.yaml": "fail-on: hgih\n",
  });
  const run = await runJob(folder, { event: "push", payload: {}, node: node24() });
  expect(run).toMatchObject({ result: "failure", outputs: { verdict: "error" } });
  expect(run.annotations.map(({ message }) => message)).toEqual([expect.stringContaining(".portcullis.yaml:1:10:")]);
});

test("an input can't make the gate milder than the configuration", async () => {
  const folder = createActionRepository(step("fail-on: critical\npaths: manifests/roles.yaml\n"), FILES);
  const run = await runJob(folder, { event: "push", payload: {}, node: node24() });
  expect(run).toMatchObject({ result: "failure", outputs: { verdict: "fail" } });
});
