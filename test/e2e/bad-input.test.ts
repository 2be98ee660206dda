import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, closeSync, constants, openSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, jest, test } from "@jest/globals";
import { CLI, cleanEnvironment, runCli } from "../support/cli.ts";
import { createFolder } from "../support/repository.ts";

// Processes of their own take their time where the machine has other things to do.
jest.setTimeout(60_000);

const MANIFEST = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n";
const VIOLATION = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: secret-reader
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get, list]
`;
/** Who runs the gate where permissions matter: root may read everything. `null` where nobody else can run it. */
const reader =
  process.getuid?.() !== 0
    ? {}
    : spawnSync(process.execPath, [CLI, "--version"], { uid: 65_534 }).status === 0
      ? { uid: 65_534 }
      : null;

interface JsonReport {
  readonly verdict: string;
  readonly unreadable: readonly { readonly file: string; readonly line: number | null; readonly reason: string }[];
}

/** Runs the gate with a JSON report on standard output. */
async function judge(
  cwd: string,
  ...args: readonly string[]
): Promise<{ exitCode: number | null; report: JsonReport }> {
  const { exitCode, stdout } = await runCli([...args, "--format", "json"], { cwd });
  return { exitCode, report: JSON.parse(stdout) as JsonReport };
}

describe("a file that can't be judged makes the verdict error", () => {
  test("bytes that are no text", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${MANIFEST}data:\n  a: "`),
      Buffer.from([0xff, 0xfe, 0x80]),
      Buffer.from('"\n'),
    ]);
    const { exitCode, report } = await judge(createFolder({ "latin.yaml": bytes }));
    expect(exitCode).toBe(2);
    expect(report.verdict).toBe("error");
    expect(report.unreadable).toMatchObject([{ file: "latin.yaml", reason: "not-text" }]);
  });

  test("a binary file that is named as a manifest", async () => {
    const bytes = Buffer.from(Array.from({ length: 2048 }, (_, index) => (index * 7919) % 256));
    const { exitCode, report } = await judge(createFolder({ "archive.yaml": bytes }), "archive.yaml");
    expect(exitCode).toBe(2);
    expect(report.unreadable).toMatchObject([{ file: "archive.yaml", reason: "not-text" }]);
  });

  test("a file of 100 MB, which is not read", async () => {
    const folder = createFolder({ "huge.yaml": MANIFEST, "small.yaml": MANIFEST });
    truncateSync(join(folder, "huge.yaml"), 100 * 1024 * 1024);
    const { exitCode, report } = await judge(folder, ".");
    expect(exitCode).toBe(2);
    expect(report.unreadable).toMatchObject([{ file: "huge.yaml", reason: "too-large" }]);
  });

  (reader === null ? test.skip : test)("a file without permission to read it", async () => {
    const folder = createFolder({ "secret.yaml": MANIFEST, "open.yaml": MANIFEST });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "secret.yaml"), 0);
    const { exitCode, stdout } = await runCli([".", "--format", "json"], { cwd: folder, ...reader });
    expect(exitCode).toBe(2);
    expect((JSON.parse(stdout) as JsonReport).unreadable).toMatchObject([
      { file: "secret.yaml", reason: "read-failed" },
    ]);
  });

  test("a named pipe is not waited for", async () => {
    const folder = createFolder({ "app.yaml": MANIFEST });
    execFileSync("mkfifo", [join(folder, "pipe.yaml")]);
    expect((await judge(folder, ".")).exitCode).toBe(0);
    const named = await runCli(["pipe.yaml"], { cwd: folder });
    expect(named).toEqual({ exitCode: 2, stdout: "", stderr: expect.stringContaining("neither a file nor a folder") });
  });

  test("a folder that is named as a manifest is a folder", async () => {
    const { exitCode } = await judge(createFolder({ "manifests.yaml/role.yaml": VIOLATION }), "manifests.yaml");
    expect(exitCode).toBe(1);
  });
});

describe("report files are whole or not there", () => {
  test("one that can't be written keeps the others from being written", async () => {
    const folder = createFolder({ "role.yaml": VIOLATION, "taken.json/": "" });
    const args = ["role.yaml", "--output", "sarif=first.sarif", "--output", "json=taken.json"];
    const run = await runCli(args, { cwd: folder });
    expect(run).toEqual({ exitCode: 2, stdout: "", stderr: "portcullis: cannot write taken.json: it is a folder\n" });
    expect(readdirSync(folder).sort()).toEqual(["role.yaml", "taken.json"]);
  });

  test("a mistake in the configuration leaves an older report as it was", async () => {
    const folder = createFolder({
      "role.yaml": VIOLATION,
      ".portcullis.yaml": "fail-on: never-ever\n",
      "report.json": "old",
    });
    const { exitCode } = await runCli(["--output", "json=report.json"], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(readFileSync(join(folder, "report.json"), "utf8")).toBe("old");
  });

  test("they are written although nobody reads standard output", async () => {
    const folder = createFolder({ "role.yaml": VIOLATION.repeat(1).concat(...manyRoles(300)) });
    const { exitCode, stderr } = await withClosedStdout(["role.yaml", "--output", "json=report.json"], folder);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8"))).toMatchObject({ verdict: "fail" });
  });
});

test("a run that is interrupted ends with 130 and takes back what it had half-written", async () => {
  const folder = createFolder({ "role.yaml": VIOLATION });
  execFileSync("mkfifo", [join(folder, "pipe")]);
  // Nobody reads the pipe: the run waits there, with the first report written beside its place.
  const args = ["role.yaml", "--output", "json=report.json", "--output", "sarif=pipe"];
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: cleanEnvironment(folder),
    stdio: "ignore",
  });
  const ended = new Promise((settle) => child.on("close", settle));
  const temporary = /^\.report\.json\..*\.tmp$/;
  while (child.exitCode === null && !readdirSync(folder).some((name) => temporary.test(name))) await delay(20);
  child.kill("SIGINT");
  while (child.exitCode === null && readdirSync(folder).some((name) => temporary.test(name))) await delay(20);
  // Node waits for what blocks in the system before it exits: a reader ends that.
  const reading = openSync(join(folder, "pipe"), constants.O_RDONLY | constants.O_NONBLOCK);
  expect(await ended).toBe(130);
  closeSync(reading);
  expect(readdirSync(folder).sort()).toEqual(["pipe", "role.yaml"]);
});

function manyRoles(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `---\n${VIOLATION.replace("secret-reader", `reader-${index}`)}`);
}

/** Like `| head -0`: the reader of standard output goes away before anything is written. */
async function withClosedStdout(
  args: readonly string[],
  cwd: string,
): Promise<{ exitCode: number | null; stderr: string }> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: cleanEnvironment(cwd),
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exitCode = await new Promise<number | null>((settle) => child.on("close", settle));
  return { exitCode, stderr };
}
