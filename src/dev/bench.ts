/**
 * `npm run bench`: what a run costs, as ratios inside one run of this program, on this machine. Prints
 * the cold start on one manifest against `node -e 0`, generated repositories of 100, 1,000 and
 * 10,000 objects against parsing the same files with js-yaml alone, all rules against the first nineteen, a comparison
 * with a base against the head alone, and charts against Helm. Needs a built `dist/`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeChart } from "./bench-charts.ts";
import { writeRepository } from "./bench-repository.ts";
import { goTool } from "./go-tools.ts";

const CLI = resolve("dist/cli.js");
const folder = mkdtempSync(join(tmpdir(), "portcullis-bench-"));
const parseOnly = join(resolve(".cache/dev"), "bench-parse.mjs");

// The rules of the first release: what the other sixty cost.
const FIRST = [
  "rbac/anonymous-or-everyone-binding",
  "rbac/impersonation-grant",
  "rbac/pod-session-access",
  "rbac/privileged-role-binding",
  "rbac/rbac-self-escalation",
  "rbac/secrets-access-broad",
  "rbac/shared-serviceaccount-subject",
  "rbac/wildcard-grant",
  "rotation/certificate-renewal",
  "rotation/externalsecret-refresh",
  "rotation/rotation-schedule-undeclared",
  "rotation/service-account-token-lifetime",
  "rotation/vault-operator-sync-refresh",
  "secrets/argv-literal-credential",
  "secrets/configmap-metadata-credential",
  "secrets/env-literal-credential",
  "secrets/known-token-or-url-credential",
  "secrets/private-key-material",
  "secrets/secret-manifest-plaintext",
];

interface Measured {
  readonly milliseconds: number;
  readonly timings: Record<string, number>;
  readonly objects: number;
  readonly peakMiB: number;
}

try {
  writeFileSync(parseOnly, PARSE_ONLY());
  cold();
  scale([100, 1000, 10_000]);
  rules(join(folder, "repository-10000"));
  comparison(join(folder, "repository-1000"));
  charts();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function cold(): void {
  const manifest = join(folder, "one");
  mkdirSync(manifest, { recursive: true });
  writeRepository(join(folder, "source"), 10);
  const deployment = readFileSync(join(folder, "source/team-0/app-0/workload.yaml"), "utf8").split("---\n")[0] ?? "";
  writeFileSync(join(manifest, "deployment.yaml"), deployment);
  const node = median(9, () => wall([process.execPath, "-e", "0"], manifest));
  const gate = median(9, () => wall([process.execPath, CLI, "deployment.yaml"], manifest));
  writeFileSync(join(manifest, "portcullis.yaml"), "fail-on: high\nrules:\n  rbac/wildcard-grant: low\n");
  const configured = median(9, () =>
    wall([process.execPath, CLI, "--config", "portcullis.yaml", "deployment.yaml"], manifest),
  );
  rmSync(join(manifest, "portcullis.yaml"));
  print(
    `cold start, one manifest of ${deployment.split("\n").length} lines: ${gate.toFixed(0)} ms, ${(gate / node).toFixed(2)} × node -e 0 (${node.toFixed(0)} ms); with a configuration ${(configured / node).toFixed(2)} ×`,
  );
}

function scale(sizes: readonly number[]): void {
  let previous: Measured | null = null;
  for (const size of sizes) {
    const repository = join(folder, `repository-${size}`);
    writeRepository(repository, size);
    const parse = median(3, () => wall([process.execPath, parseOnly, repository], folder));
    const run = best(3, () => judge(repository));
    print(
      `${size} objects: ${run.milliseconds.toFixed(0)} ms, ${((run.objects / run.milliseconds) * 1000).toFixed(0)} objects/s, peak ${run.peakMiB.toFixed(0)} MiB, ` +
        `${(run.milliseconds / parse).toFixed(2)} × js-yaml alone (${parse.toFixed(0)} ms)` +
        (previous === null
          ? ""
          : `, ${(run.milliseconds / previous.milliseconds).toFixed(1)} × the time and ${(run.peakMiB / previous.peakMiB).toFixed(1)} × the memory of the size before`),
    );
    print(`  ${stagesOf(run)}`);
    previous = run;
  }
}

function rules(repository: string): void {
  const all = (JSON.parse(readFileSync(resolve("dist/rules.json"), "utf8")) as { id: string }[]).map(({ id }) => id);
  const config = join(folder, "first.yaml");
  const off = all.filter((id) => !FIRST.includes(id)).map((id) => `  ${id}: off`);
  writeFileSync(config, `rules:\n${off.join("\n")}\n`);
  const few = best(3, () => judge(repository, ["--config", config]));
  const every = best(3, () => judge(repository));
  print(
    `${every.objects} objects with ${all.length} rules: ${(every.milliseconds / few.milliseconds).toFixed(2)} × the time with ${FIRST.length} of them (${few.milliseconds.toFixed(0)} ms)`,
  );
}

// One file changes; what both sides have in common is to be done once.
function comparison(repository: string): void {
  const git = (...args: string[]): void => {
    const { status, stderr } = spawnSync("git", [
      "-C",
      repository,
      "-c",
      "user.name=bench",
      "-c",
      "user.email=bench@example.com",
      ...args,
    ]);
    if (status !== 0) throw new Error(String(stderr));
  };
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Base");
  const changed = join(repository, "team-1/app-1/rbac.yaml");
  writeFileSync(changed, readFileSync(changed, "utf8").replaceAll("get", "list"));
  const head = best(5, () => judge(repository));
  const both = best(5, () => judge(repository, ["--base", "main"]));
  print(
    `base and head of ${head.objects} objects with one changed file: ${(both.milliseconds / head.milliseconds).toFixed(2)} × the head alone (${head.milliseconds.toFixed(0)} ms)`,
  );
}

// Charts against Helm itself; needs Go once, to build the pinned `helm`.
function charts(): void {
  const plain = join(folder, "one");
  const small = join(folder, "small");
  const large = join(folder, "large");
  writeChart(small, "small", 1);
  writeChart(large, "large", 60);
  const manifest = median(5, () => cpu(plain));
  const cold = median(5, () => cpu(small));
  print(`cold start, one small chart: ${((cold - manifest) / 1000).toFixed(2)} s of CPU more than one manifest`);
  for (const [name, chart] of [
    ["small", small],
    ["large", large],
  ] as const) {
    const run = best(3, () => judge(chart));
    const native = median(3, () => wall([goTool("helm"), "template", chart], folder));
    print(
      `${name} chart, cold: ${run.milliseconds.toFixed(0)} ms, ${(run.milliseconds / native).toFixed(1)} × helm template (${native.toFixed(0)} ms), peak ${run.peakMiB.toFixed(0)} MiB`,
    );
    print(`  ${stagesOf(run)}`);
  }
  const many = join(folder, "many");
  for (let index = 0; index < 100; index += 1) writeChart(join(many, `chart-${index}`), `chart-${index}`, 6);
  const run = best(2, () => judge(many));
  const native = wallOf(() => {
    for (let index = 0; index < 100; index += 1)
      wall([goTool("helm"), "template", join(many, `chart-${index}`)], folder);
  });
  print(
    `100 charts, ${run.objects} objects: ${run.milliseconds.toFixed(0)} ms, ${(run.milliseconds / native).toFixed(2)} × helm template 100 times (${native.toFixed(0)} ms), peak ${run.peakMiB.toFixed(0)} MiB`,
  );
  print(`  ${stagesOf(run)}`);
}

function stagesOf({ timings }: Measured): string {
  return Object.entries(timings)
    .map(([stage, ms]) => `${stage} ${ms.toFixed(0)}`)
    .join(", ");
}

/** CPU time of one run, all threads, in milliseconds. */
function cpu(path: string): number {
  // The shell's `times` counts what its children used, whatever their threads.
  const { stdout } = spawnSync("sh", ["-c", '"$0" "$1" "$2" >/dev/null 2>&1; times', process.execPath, CLI, path], {
    encoding: "utf8",
  });
  const [, children = ""] = stdout.trim().split("\n");
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000,
    0,
  );
}

function wallOf(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function judge(repository: string, options: readonly string[] = []): Measured {
  const report = join(folder, "report.json");
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [CLI, repository, ...options, "--timings", "--output", `json=${report}`, "--format", "json"],
    {
      encoding: "utf8",
      maxBuffer: 1 << 30,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  const milliseconds = performance.now() - started;
  if (status !== 0 && status !== 1) throw new Error(`the gate ended with ${status}: ${stderr}`);
  const { timings, stats } = JSON.parse(readFileSync(report, "utf8")) as {
    timings: Record<string, number>;
    stats: { objects: number };
  };
  const { "peak-memory-mib": peakMiB = 0, ...stages } = timings;
  return { milliseconds, timings: stages, objects: stats.objects, peakMiB };
}

function wall(command: readonly string[], cwd: string): number {
  const started = performance.now();
  spawnSync(command[0] ?? "", command.slice(1), { cwd, stdio: "ignore" });
  return performance.now() - started;
}

function median(times: number, measure: () => number): number {
  const all = Array.from({ length: times }, measure).sort((a, b) => a - b);
  return all[times >> 1] ?? 0;
}

function best(times: number, measure: () => Measured): Measured {
  return Array.from({ length: times }, measure).reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function PARSE_ONLY(): string {
  return `import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
const root = process.argv[2];
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) loadAll(readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8"));
}
`;
}
