import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { GitError } from "../../../src/adapters/git/git.ts";
import { runAction, type ActionEffects } from "../../../src/action/run.ts";
import { DEFAULT_CONFIG } from "../../../src/core/config/effective.ts";
import { ConfigurationError, UsageError } from "../../../src/core/errors.ts";
import type { CheckRequest } from "../../../src/model/check-request.ts";
import type { Report } from "../../../src/model/report.ts";
import { createFolder, createRepository, git, temporaryFolder } from "../../support/repository.ts";
import { finding, location, range, report } from "../reporters/sample-report.ts";

interface Runner {
  readonly inputs: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly outcome?: Report | Error;
  readonly effects?: Partial<ActionEffects>;
}

/** Runs the Action against a runner that only takes notes. */
async function run({ inputs, cwd, outcome, effects: more = {} }: Runner) {
  const noted = {
    outputs: {} as Record<string, string | number>,
    annotations: [] as { level: string; message: string; file?: string; startLine?: number }[],
    log: "",
    failures: [] as string[],
    summary: "",
    requests: [] as CheckRequest[],
  };
  const effects: ActionEffects = {
    input: (name) => inputs[name] ?? "",
    lines: (name) => (inputs[name] ?? "").split("\n").filter((line) => line !== ""),
    event: async () => ({ name: "", payload: null, serverUrl: "https://github.com" }),
    mask: () => undefined,
    readConfig: async () => DEFAULT_CONFIG,
    pullRequest: () => Promise.reject(new Error("there is no pull request")),
    output: (name, value) => {
      noted.outputs[name] = value;
    },
    annotate: (level, message, { file, startLine }) => {
      noted.annotations.push({ level, message, ...(file ? { file } : {}), ...(startLine ? { startLine } : {}) });
    },
    info: (text) => {
      noted.log += `${text}\n`;
    },
    fail: (message) => {
      noted.failures.push(message);
    },
    writeSummary: async (markdown) => {
      noted.summary = markdown;
    },
    cwd: cwd ?? temporaryFolder(),
    check: async (request) => {
      noted.requests.push(request);
      if (outcome instanceof Error) throw outcome;
      return {
        report: outcome ?? report({ verdict: "pass" }),
        context: { sources: new Map(), displayPath: (uri) => uri },
      };
    },
  };
  await runAction({ ...effects, ...more });
  return noted;
}

const failing = report({
  verdict: "fail",
  findings: Array.from({ length: 12 }, (_, index) =>
    finding({ location: location("app.yaml", range(index + 1, 1, index + 1, 5)), fingerprint: `v1:${index}` }),
  ),
});

describe("what the runner sees", () => {
  test("a verdict of pass does not fail the step", async () => {
    const { outputs, failures, annotations } = await run({ inputs: {} });
    expect({ outputs, failures, annotations }).toEqual({
      outputs: { verdict: "pass", findings: 0 },
      failures: [],
      annotations: [],
    });
  });

  test("findings are annotated where they stand, ten at most, and all are in the summary", async () => {
    const { outputs, failures, annotations, summary, log } = await run({ inputs: {}, outcome: failing });
    expect(outputs).toEqual({ verdict: "fail", findings: 12 });
    expect(failures).toEqual(["portcullis: there are findings that block; see the annotations and the job summary"]);
    expect(annotations).toHaveLength(10);
    expect(annotations[0]).toMatchObject({ level: "error", file: "app.yaml", startLine: 1 });
    expect(log).toContain("2 more are not annotated");
    expect(summary.match(/^\| critical \|/gm)).toHaveLength(12);
  });

  test("what could not be judged fails the step with its own words", async () => {
    const { outputs, failures } = await run({ inputs: {}, outcome: report({ verdict: "error" }) });
    expect(outputs["verdict"]).toBe("error");
    expect(failures).toEqual(["portcullis: something could not be judged; see the job summary"]);
  });

  test("the reports that were asked for are written, and the SARIF file is an output", async () => {
    const cwd = temporaryFolder();
    const inputs = { format: "json=report.json\njunit=report.xml", "sarif-file": "portcullis.sarif" };
    const { outputs } = await run({ inputs, cwd, outcome: failing });
    expect(outputs["sarif-file"]).toBe("portcullis.sarif");
    expect(readdirSync(cwd).toSorted()).toEqual(["portcullis.sarif", "report.json", "report.xml"]);
    expect(JSON.parse(readFileSync(join(cwd, "portcullis.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(JSON.parse(readFileSync(join(cwd, "report.json"), "utf8"))).toMatchObject({ verdict: "fail" });
  });
});

describe("what is asked of the check", () => {
  test("the inputs say what is judged, and how strictly at least", async () => {
    const inputs = { paths: "manifests\ncharts/*", config: "gate.yaml", "fail-on": "medium" };
    const { requests } = await run({ inputs });
    expect(requests).toMatchObject([
      { paths: ["manifests", "charts/*"], configFile: "gate.yaml", failOn: null, failOnAtLeast: "medium" },
    ]);
  });

  test("without inputs the configuration decides", async () => {
    const { requests } = await run({ inputs: {} });
    expect(requests).toMatchObject([{ paths: [], configFile: null, failOn: null, failOnAtLeast: null, profile: null }]);
  });
});

describe("mistakes of the user fail the step with one message", () => {
  test.each<readonly [string, Error, string]>([
    ["the configuration", new ConfigurationError("is wrong", "gate.yaml", 3, 5), "portcullis: gate.yaml:3:5: is wrong"],
    ["the usage", new UsageError('"x" does not exist'), 'portcullis: "x" does not exist'],
    ["Git", new GitError("git ls-files failed"), "portcullis: git ls-files failed"],
  ])("%s", async (_, outcome, message) => {
    const { outputs, failures } = await run({ inputs: {}, outcome });
    expect(outputs).toEqual({ verdict: "error" });
    expect(failures).toEqual([message]);
  });

  test("a message can't give the runner a command", async () => {
    const { failures } = await run({ inputs: {}, outcome: new UsageError("a\n::set-output name=verdict::pass") });
    expect(failures).toHaveLength(1);
    expect(failures.join()).not.toMatch(/^\s*::/m);
  });

  test.each([
    [
      { "fail-on": "hihg" },
      "portcullis: input fail-on: not one of critical, high, medium, low, info, never; did you mean high?",
    ],
    [{ format: "jsn=report.json" }, expect.stringContaining("did you mean json?")],
    [{ format: "report.json" }, expect.stringContaining("write format=file")],
    [
      { "sarif-file": "missing/portcullis.sarif" },
      "portcullis: cannot write missing/portcullis.sarif: its folder does not exist",
    ],
  ])("%j, before anything is judged", async (inputs, message) => {
    const { failures, requests } = await run({ inputs });
    expect({ failures, requests }).toEqual({ failures: [message], requests: [] });
  });

  test("nothing is written for a run that went wrong", async () => {
    const cwd = createFolder({ "portcullis.sarif": "old" });
    await run({
      inputs: { "sarif-file": "portcullis.sarif", format: "json=new.json" },
      cwd,
      outcome: new UsageError("x"),
    });
    expect(readFileSync(join(cwd, "portcullis.sarif"), "utf8")).toBe("old");
    expect(existsSync(join(cwd, "new.json"))).toBe(false);
  });
});

describe("approval of waivers", () => {
  const approving = {
    comment: async () => ({ kind: "written" }) as const,
    checkRun: async () => ({ kind: "written" }) as const,
    review: async () => ({ kind: "written" }) as const,
  };

  /** Runs the Action in a pull request; returns whether its waivers count as approved, and who was asked about. */
  async function approved(
    waivers: "base" | "approved" | "head",
    answer: readonly string[] | null,
    { token = "t", queued = false } = {},
  ) {
    const folder = createRepository({ "a.yaml": "a: b\n" });
    const sha = git(folder, "rev-parse", "HEAD").trim();
    const asked: unknown[] = [];
    const { requests } = await run({
      inputs: { "github-token": token },
      cwd: folder,
      effects: {
        event: async () => ({
          name: queued ? "merge_group" : "pull_request",
          payload: {
            repository: { full_name: "o/r" },
            ...(queued
              ? { merge_group: { base_sha: sha, head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${sha}` } }
              : { pull_request: { number: 1, head: { sha }, base: { sha } } }),
          },
          serverUrl: "https://github.com",
        }),
        readConfig: async ({ at }) => {
          expect(at).toBe(sha);
          return { ...DEFAULT_CONFIG, trust: { ...DEFAULT_CONFIG.trust, waivers }, approvers: ["octocat"] };
        },
        pullRequest: async () => ({
          ...approving,
          approvers: async (commit, approvers) => {
            asked.push([commit === (queued ? null : sha), approvers]);
            return answer;
          },
        }),
      },
    });
    return { approved: requests[0]?.approvedWaivers, asked };
  }

  test("is asked for at the head commit, where the base's configuration lets it count", async () => {
    const question = [[true, ["octocat"]]];
    expect(await approved("approved", ["octocat"])).toEqual({ approved: true, asked: question });
    expect(await approved("approved", [])).toEqual({ approved: false, asked: question });
    expect(await approved("approved", null)).toEqual({ approved: false, asked: question });
    expect(await approved("base", ["octocat"])).toEqual({ approved: false, asked: [] });
    expect(await approved("approved", ["octocat"], { token: "" })).toEqual({ approved: false, asked: [] });
  });

  test("is asked for again in a merge queue, of the pull request that the branch names", async () => {
    const question = [[true, ["octocat"]]];
    expect(await approved("approved", ["octocat"], { queued: true })).toEqual({ approved: true, asked: question });
    expect(await approved("approved", [], { queued: true })).toEqual({ approved: false, asked: question });
    expect(await approved("base", ["octocat"], { queued: true })).toEqual({ approved: false, asked: [] });
  });

  test("is not needed for what was pushed", async () => {
    const { requests } = await run({ inputs: {} });
    expect(requests[0]?.approvedWaivers).toBe(true);
  });
});

test("a defect is not taken for a mistake", async () => {
  await expect(run({ inputs: {}, outcome: new TypeError("undefined is not a function") })).rejects.toThrow(TypeError);
});
