import { describe, expect, test } from "@jest/globals";
import { GitError } from "../../../src/adapters/git/git.ts";
import { InvalidConfigError } from "../../../src/core/config/config-error.ts";
import { NO_CHART_FLAGS } from "../../../src/core/config/effective.ts";
import { ConfigurationError, UsageError } from "../../../src/core/errors.ts";
import { exampleOutcome, fakeStream, run, systemError } from "./fake-effects.ts";

const SEE_HELP = "(portcullis --help shows how it is used)";

describe("exit codes", () => {
  test.each([
    ["pass", 0],
    ["fail", 1],
    ["error", 2],
  ] as const)("%s is %d", async (verdict, exitCode) => {
    const ran = await run([], { check: async () => exampleOutcome(verdict) });
    expect(ran).toMatchObject({ exitCode, stdout: `text ${verdict} plain\n`, stderr: "" });
  });
});

describe("arguments", () => {
  const request = {
    cwd: "/work",
    paths: [],
    exclude: [],
    allText: false,
    requireObjects: false,
    withReferences: false,
    configFile: null,
    base: null,
    approvedWaivers: false,
    shard: null,
    failOn: null,
    failOnAtLeast: null,
    profile: null,
    frameworks: [],
    rotation: false,
    maxFileSize: null,
    chart: NO_CHART_FLAGS,
    fetchDependencies: false,
    timings: false,
    progress: expect.any(Function),
  };
  test.each<readonly [argv: readonly string[], asked: object]>([
    [[], {}],
    [["check"], {}],
    [["some/path", "b"], { paths: ["some/path", "b"] }],
    [["./rules"], { paths: ["./rules"] }],
    [["check", "rules"], { paths: ["rules"] }],
    [["a", "rules"], { paths: ["a", "rules"] }],
    [["--", "--odd"], { paths: ["--odd"] }],
    [["--fail-on", "medium", "a"], { failOn: "medium", paths: ["a"] }],
    [["a", "--profile=strict", "--fail-on=never"], { failOn: "never", profile: "strict", paths: ["a"] }],
    [["--framework", "cis", "--framework=owasp", "a"], { frameworks: ["cis", "owasp"], paths: ["a"] }],
    [["--rotation"], { rotation: true }],
    [["--exclude", "a/**", "--exclude", "b/**"], { exclude: ["a/**", "b/**"] }],
    [
      ["--all-text", "--require-objects", "--with-references", "--timings"],
      { allText: true, requireObjects: true, withReferences: true, timings: true },
    ],
    [["check", "--config", "gate.yaml", "--max-file-size", "2MB"], { configFile: "gate.yaml", maxFileSize: 2097152 }],
    [
      ["-f", "a.yaml,b.yaml", "--values", "c.yaml", "app"],
      { chart: { ...NO_CHART_FLAGS, values: ["a.yaml", "b.yaml", "c.yaml"] }, paths: ["app"] },
    ],
    [
      ["--set", "a=1,b=2", "--set", "c=3", "--set-string", "d=4"],
      { chart: { ...NO_CHART_FLAGS, set: ["a=1,b=2", "c=3"], setString: ["d=4"] } },
    ],
    [
      ["--kube-version", "1.33", "--api-versions", "a/v1,b/v1", "--api-versions", "c/v1"],
      { chart: { ...NO_CHART_FLAGS, kubeVersion: "1.33", apiVersions: ["a/v1", "b/v1", "c/v1"] } },
    ],
    [
      ["--namespace", "ns", "--release-name", "app", "--fetch-dependencies"],
      { chart: { ...NO_CHART_FLAGS, namespace: "ns", releaseName: "app" }, fetchDependencies: true },
    ],
    [["--max-file-size", "512k"], { maxFileSize: 524288 }],
    [["--max-file-size", "1GiB"], { maxFileSize: 1073741824 }],
    [["--max-file-size", "500"], { maxFileSize: 500 }],
  ])("%j", async (argv, asked) => {
    const ran = await run(argv);
    expect(ran.requests).toEqual([{ ...request, ...asked }]);
    expect(ran.exitCode).toBe(0);
  });

  test.each([
    [["--fomat", "json"], `unknown option '--fomat' (Did you mean --format?) ${SEE_HELP}`],
    [["check", "--allText"], `unknown option '--allText' (Did you mean --all-text?) ${SEE_HELP}`],
    [["--zzzzzzzz"], `unknown option '--zzzzzzzz' ${SEE_HELP}`],
    [["chekc"], 'there is neither a path nor a command chekc; did you mean "check"?'],
    [["rule"], 'there is neither a path nor a command rule; did you mean "rules"?'],
    [
      ["--format", "jsn"],
      `option '--format <format>' argument 'jsn' is invalid. It is one of text, json, sarif, junit, github, gitlab, markdown; did you mean "json"? ${SEE_HELP}`,
    ],
    [
      ["--fail-on", "hihg"],
      `option '--fail-on <severity>' argument 'hihg' is invalid. It is one of critical, high, medium, low, info, never; did you mean "high"? ${SEE_HELP}`,
    ],
    [
      ["--profile", "zzz"],
      `option '--profile <profile>' argument 'zzz' is invalid. It is one of recommended, strict, agents. ${SEE_HELP}`,
    ],
    [
      ["--output", "sarif"],
      `option '--output <format=file>' argument 'sarif' is invalid. It is written format=file, such as sarif=portcullis.sarif. ${SEE_HELP}`,
    ],
    [
      ["--output", "sarf=a"],
      `option '--output <format=file>' argument 'sarf=a' is invalid. It is one of text, json, sarif, junit, github, gitlab, markdown; did you mean "sarif"? ${SEE_HELP}`,
    ],
    [["--output", "json=a", "--output", "sarif=a"], "two outputs go to the same file"],
    [
      ["--max-file-size", "0"],
      `option '--max-file-size <size>' argument '0' is invalid. It is a number of bytes above 0, such as 500000, 512K or 10MB. ${SEE_HELP}`,
    ],
    [
      ["--max-file-size", "-5"],
      `option '--max-file-size <size>' argument '-5' is invalid. It is a number of bytes above 0, such as 500000, 512K or 10MB. ${SEE_HELP}`,
    ],
    [["--fail-on"], `option '--fail-on <severity>' argument missing ${SEE_HELP}`],
    [["--exclude", "!a"], "--exclude cannot begin with an exclamation mark: what it names is left out already: !a"],
    [["--quiet", "--verbose"], `option '--quiet' cannot be used with option '--verbose' ${SEE_HELP}`],
    [["render"], `missing required argument 'chart' ${SEE_HELP}`],
    [["rendr"], 'there is neither a path nor a command rendr; did you mean "render"?'],
    [
      ["render", "app", "--provenance", "yaml"],
      `option '--provenance <format>' argument 'yaml' is invalid. It is one of json. ${SEE_HELP}`,
    ],
    [["explain"], `missing required argument 'rule' ${SEE_HELP}`],
    [["explain", "rbac/wildcard-grnt"], 'there is no rule rbac/wildcard-grnt; did you mean "rbac/wildcard-grant"?'],
    [["explain", "zzzzzzzzzzz"], "there is no rule zzzzzzzzzzz; `portcullis rules` lists them all"],
    [
      ["rules", "--format", "yaml"],
      `option '--format <format>' argument 'yaml' is invalid. It is one of text, json. ${SEE_HELP}`,
    ],
  ])("%j is refused", async (argv, message) => {
    const ran = await run(argv);
    expect(ran).toMatchObject({ exitCode: 2, stdout: "", stderr: `portcullis: ${message}\n`, requests: [] });
  });

  test("a path that looks like a slip and exists is a path", async () => {
    expect((await run(["chekc"], { exists: async () => true })).requests).toMatchObject([{ paths: ["chekc"] }]);
  });
});

describe("other commands", () => {
  test.each([["--version"], ["-V"]])("%s", async (flag) => {
    expect(await run([flag])).toMatchObject({ exitCode: 0, stdout: "1.2.3\n", stderr: "", requests: [] });
  });

  test.each([[["--help"]], [["-h"]], [["help"]]])(
    "%j tells of commands, options, examples and exit codes",
    async (argv) => {
      const ran = await run(argv);
      expect(ran).toMatchObject({ exitCode: 0, stderr: "", requests: [] });
      for (const part of [
        "explain",
        "render",
        "rules",
        "--fail-on",
        "--values",
        "--fetch-dependencies",
        "--with-references",
        "Examples:",
        "Exit codes:",
        "130",
      ])
        expect(ran.stdout).toContain(part);
    },
  );

  test("check --help tells of its own", async () => {
    const ran = await run(["check", "--help"]);
    expect(ran.exitCode).toBe(0);
    for (const part of ["Usage: portcullis check", "--max-file-size", "medium with --profile strict", "Exit codes:"])
      expect(ran.stdout).toContain(part);
  });

  test("rules lists them", async () => {
    const { stdout } = await run(["rules"]);
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "rbac/wildcard-grant   critical  Title of rbac/wildcard-grant",
      "rotation/no-schedule  medium    Title of rotation/no-schedule",
      "secrets/private-key   critical  Title of secrets/private-key",
    ]);
  });

  test("rules --format json is their metadata", async () => {
    const rules = JSON.parse((await run(["rules", "--format", "json"])).stdout) as { id: string }[];
    expect(rules.map(({ id }) => id)).toEqual(["rbac/wildcard-grant", "rotation/no-schedule", "secrets/private-key"]);
  });

  test.each(["rbac/wildcard-grant", "rbac/star-grant", "rbac/wildcard-grant/verbs"])(
    "explain %s shows the rule",
    async (name) => {
      expect((await run(["explain", name])).stdout).toBe(`rbac/wildcard-grant (critical, confidence high)
Title of rbac/wildcard-grant

What it looks at.

Why it matters.

Variants
  verbs      critical  {role} grants every verb
  resources  high      {role} grants every resource

What to do
  Do this.

  \`\`\`yaml
  a: 1
  \`\`\`

Parameters
  allowedRoles (array, default [])
    Roles that may.
  ownGroups (array, default ["example.org"])
    API groups of ours.
  maxNames (number, default 10)
    How many names are fine.
  strict (boolean, default false)
    Whether own groups count.
  mode (auto | manual, default "auto")
    How to look.
  nameRegex (string, default "^a")
    Names that count.
  exampleGlobs (array, default ["**/examples/**"])
    Where examples stand.
  generatorTtl (object, default {"ACR":"3h"})
    Lifetime by generator.

Frameworks
  CIS Kubernetes Benchmark v1.10 and v1.12: 5.1.3
  CWE: CWE-269

To waive it, as a comment or in \`.portcullis.yaml\`
  # portcullis-ignore rbac/wildcard-grant -- why this is accepted

  waivers:
    - rule: rbac/wildcard-grant
      files: [path/to/**]
      reason: why this is accepted
      until: 2027-06-30

Speaks only where these do not
  \`secrets/private-key\`

Former names
  rbac/star-grant

References
  https://example.org/rules/rbac/wildcard-grant
`);
    },
  );
});

describe("errors", () => {
  const failing = (error: unknown) => ({ check: () => Promise.reject(error) });

  test.each([
    [new UsageError("there is no deploy/"), "portcullis: there is no deploy/\n"],
    [new ConfigurationError("bad", ".portcullis.yaml", 3, 5), "portcullis: .portcullis.yaml:3:5: bad\n"],
    [
      new ConfigurationError("there is no such configuration file", "gate.yaml"),
      "portcullis: gate.yaml: there is no such configuration file\n",
    ],
    [new ConfigurationError("bad"), "portcullis: bad\n"],
    [new GitError("git ls-files failed"), "portcullis: git ls-files failed\n"],
    [
      new InvalidConfigError([
        { file: "a.yaml", line: 1, column: 2, message: "unknown key", suggestion: "fail-on" },
        { file: "a.yaml", line: 3, column: 4, message: "wrong", suggestion: null },
      ]),
      'portcullis: a.yaml:1:2: unknown key; did you mean "fail-on"?\nportcullis: a.yaml:3:4: wrong\n',
    ],
    [
      new UsageError("there is no a\u001B[31m\u202Eb\rc\n::error::d"),
      "portcullis: there is no a\uFFFD[31m\uFFFDb\uFFFDc\uFFFD::error::d\n",
    ],
  ])("%s", async (error, stderr) => {
    expect(await run([], failing(error))).toMatchObject({ exitCode: 2, stdout: "", stderr });
  });

  test.each([
    [new TypeError("hunter2"), "internal error (TypeError)"],
    ["hunter2", "internal error (string)"],
    [{ message: "hunter2" }, "internal error (object)"],
    [null, "internal error (object)"],
    [systemError("EMFILE"), "internal error (Error EMFILE)"],
    [Object.assign(new Error("x"), { code: "hunter2" }), "internal error (Error)"],
  ])("a defect is told by its kind alone: %#", async (error, message) => {
    const ran = await run([], failing(error));
    expect(ran).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: `portcullis: ${message}, a defect of portcullis; --verbose shows where it happened\n`,
    });
  });

  test("--verbose shows the frames of a defect, and never its message", async () => {
    const { exitCode, stderr } = await run(
      ["--verbose"],
      failing(new RangeError("hunter2\n    at hunter2 (hunter2:1:1)\nhunter2")),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^portcullis: internal error \(RangeError\), a defect of portcullis\nportcullis: {5}at .*main\.test\.ts/,
    );
    expect(stderr).not.toContain("hunter2");
  });

  test("--verbose shows no frames where they cannot be told from the message", async () => {
    const error = Object.defineProperty(new Error("other"), "stack", {
      value: "Error: hunter2\n    at hunter2 (hunter2:1:1)",
    });
    const { stderr } = await run(["--verbose"], failing(error));
    expect(stderr).toBe("portcullis: internal error (Error), a defect of portcullis\n");
  });

  test("are told even where standard error is gone", async () => {
    const stderr = fakeStream({ write: () => Promise.reject(systemError("EPIPE")) });
    expect((await run(["--fomat"], { stderr })).exitCode).toBe(2);
  });
});
