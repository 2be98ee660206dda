import { describe, expect, test } from "@jest/globals";
import { describeConfigError } from "../../../../src/core/config/config-error.ts";
import { DEFAULT_CONFIG, NO_CHART_FLAGS } from "../../../../src/core/config/effective.ts";
import { loadConfig, LONGEST_CONFIG } from "../../../../src/core/config/load.ts";
import { configSchema } from "../../../../src/core/config/schema.ts";
import { EXAMPLE_RULES } from "./example-rules.ts";

const schema = configSchema(EXAMPLE_RULES);

function load(text: string) {
  return loadConfig({ uri: ".portcullis.yaml", text }, schema, EXAMPLE_RULES);
}

function errorsOf(text: string): readonly string[] {
  const loaded = load(text);
  return loaded.kind === "invalid"
    ? loaded.errors.map((error) => `${error.line}:${error.column} ${describeConfigError(error)}`)
    : [];
}

const SEVERITY = "off, critical, high, medium, low, info";
const KEYS =
  "fail-on, profile, block, trust, approvers, paths, exclude, rules, settings, waivers, charts, missing-dependencies, incomplete or dependency-hosts";

test("waivers are read with their place, former names made current", () => {
  const loaded = load(
    "# all\nwaivers:\n  - rule: rbac/wildcard-grant\n    reason: ' known '\n  - rule: rbac/wildcard-grant\n    files: [a/**]\n    reason: x\n    until: 2026-01-31\n    owner: team-a\n",
  );
  expect(loaded.kind === "config" ? loaded.config.waivers : loaded).toEqual([
    {
      rule: "rbac/wildcard-grant",
      reason: "known",
      until: null,
      owner: null,
      place: { file: ".portcullis.yaml", line: 3 },
    },
    {
      rule: "rbac/wildcard-grant",
      files: ["a/**"],
      reason: "x",
      until: "2026-01-31",
      owner: "team-a",
      place: { file: ".portcullis.yaml", line: 5 },
    },
  ]);
});

describe("errors", () => {
  const cases: readonly (readonly [name: string, text: string, ...errors: string[]])[] = [
    ["a slip of a key", "fail_on: high\n", '1:1 unknown key "fail_on"; did you mean "fail-on"?'],
    ["a key unlike any other", "profile: strict\nhunter2hunter2: 1\n", `2:1 unknown key; there is ${KEYS}`],
    [
      "a slip of a severity",
      "fail-on: hihg\n",
      '1:10 fail-on must be critical, high, medium, low, info or never; did you mean "high"?',
    ],
    [
      "a severity in capitals",
      "fail-on: HIGH\n",
      '1:10 fail-on must be critical, high, medium, low, info or never; did you mean "high"?',
    ],
    [
      "a slip of a profile",
      "profile: strikt\n",
      '1:10 profile must be recommended, strict or agents; did you mean "strict"?',
    ],
    ["a value unlike any other", "profile: hunter2hunter2\n", "1:10 profile must be recommended, strict or agents"],
    [
      "a slip of a rule in a waiver",
      "waivers:\n  - {rule: rbac/wildcard-grnt, reason: x}\n",
      '2:12 unknown rule "rbac/wildcard-grnt"; did you mean "rbac/wildcard-grant"?',
    ],
    ["a waiver without a reason", "waivers:\n  - rule: rbac/wildcard-grant\n", "2:5 waivers[0] must name its reason"],
    [
      "a waiver with a blank reason",
      "waivers:\n  - {rule: rbac/wildcard-grant, reason: ' '}\n",
      "2:41 waivers[0].reason must not be an empty text",
    ],
    [
      "a waiver until no day",
      "waivers:\n  - {rule: rbac/wildcard-grant, reason: x, until: 2026-02-30}\n",
      "2:51 waivers[0].until must be a day such as 2026-01-31",
    ],
    [
      "a waiver of files outside",
      "waivers:\n  - {rule: rbac/wildcard-grant, reason: x, files: [../a]}\n",
      "2:52 waivers[0].files[0] cannot leave the root",
    ],
    ["a list for a mapping", "rules:\n  - rbac/wildcard-grant\n", "1:1 rules must be a mapping, not a list"],
    ["a text for a list", "paths: deploy\n", "1:8 paths must be a list, not a text"],
    ["a number in a list of texts", "exclude:\n  - a\n  - 3\n", "3:5 exclude[1] must be a text, not a number"],
    [
      "a slip of a rule",
      "rules:\n  rbac/wildcard-grnt: off\n",
      '2:3 unknown rule "rbac/wildcard-grnt"; did you mean "rbac/wildcard-grant"?',
    ],
    [
      "a rule without its category",
      "rules:\n  wildcard-grant: off\n",
      '2:3 unknown rule; did you mean "rbac/wildcard-grant"?',
    ],
    ["a rule unlike any other", "rules:\n  x/zzzzzzzzzz: off\n", "2:3 unknown rule; `portcullis rules` lists them all"],
    [
      "a slip of a variant",
      "rules:\n  rbac/wildcard-grant/verb: off\n",
      '2:3 unknown variant "rbac/wildcard-grant/verb"; did you mean "rbac/wildcard-grant/verbs"?',
    ],
    [
      "a variant unlike any other",
      "rules:\n  rbac/wildcard-grant/zzzzzz: off\n",
      "2:3 rbac/wildcard-grant has no such variant; there is verbs or resources",
    ],
    [
      "a slip of a rule's severity",
      "rules:\n  rbac/wildcard-grant: critcal\n",
      `2:24 rbac/wildcard-grant must be ${SEVERITY} or a mapping; did you mean "critical"?`,
    ],
    [
      "a list for a rule",
      "rules:\n  rbac/wildcard-grant: [high]\n",
      `2:3 rbac/wildcard-grant must be ${SEVERITY} or a mapping`,
    ],
    [
      "true for a rule",
      "rules:\n  rbac/wildcard-grant: true\n",
      `2:24 rbac/wildcard-grant must be ${SEVERITY} or a mapping`,
    ],
    [
      "nothing for a rule",
      "rules:\n  rbac/wildcard-grant:\n",
      `2:3 rbac/wildcard-grant must be ${SEVERITY} or a mapping`,
    ],
    [
      "a wrong severity in a rule's mapping",
      "rules:\n  rotation/no-schedule:\n    severity: heigh\n",
      `3:15 rotation/no-schedule: severity must be off, critical, high, medium, low or info; did you mean "high"?`,
    ],
    [
      "a slip of a key of a rule",
      "rules:\n  rotation/no-schedule: { sevrity: high }\n",
      '2:27 unknown key "sevrity" in rotation/no-schedule; did you mean "severity"?',
    ],
    [
      "a slip of a parameter",
      "rules:\n  rbac/wildcard-grant:\n    params:\n      allowedRole: []\n",
      '4:7 unknown parameter "allowedRole" in rbac/wildcard-grant: params; did you mean "allowedRoles"?',
    ],
    [
      "a parameter unlike any other",
      "rules:\n  rbac/wildcard-grant:\n    params: { zzzzzzzz: 1 }\n",
      "3:15 unknown parameter in rbac/wildcard-grant: params; there is allowedRoles, ownGroups, maxNames, strict, mode, nameRegex, exampleGlobs or generatorTtl",
    ],
    [
      "parameters on a rule without any",
      "rules:\n  rotation/no-schedule:\n    params: { a: 1 }\n",
      "3:5 rotation/no-schedule has no parameters",
    ],
    [
      "parameters on a variant",
      "rules:\n  rbac/wildcard-grant/verbs:\n    params: {}\n",
      "3:5 rbac/wildcard-grant/verbs is a variant: parameters belong to its rule",
    ],
    [
      "a text for a number",
      "rules:\n  rbac/wildcard-grant: { params: { maxNames: '7' } }\n",
      "2:46 rbac/wildcard-grant: params.maxNames must be a number, not a text",
    ],
    [
      "infinity for a number",
      "rules:\n  rbac/wildcard-grant: { params: { maxNames: .inf } }\n",
      "2:46 rbac/wildcard-grant: params.maxNames must be a number, not a text",
    ],
    [
      "a text for a boolean",
      "rules:\n  rbac/wildcard-grant: { params: { strict: 'yes' } }\n",
      "2:44 rbac/wildcard-grant: params.strict must be true or false, not a text",
    ],
    [
      "a slip of a parameter's value",
      "rules:\n  rbac/wildcard-grant: { params: { mode: manul } }\n",
      '2:42 rbac/wildcard-grant: params.mode must be auto or manual; did you mean "manual"?',
    ],
    [
      "a wrong item, by the default's items",
      "rules:\n  rbac/wildcard-grant: { params: { ownGroups: [a, {}] } }\n",
      "2:51 rbac/wildcard-grant: params.ownGroups[1] must be a text, not a mapping",
    ],
    [
      "a wrong item of an open list",
      "rules:\n  rbac/wildcard-grant: { params: { allowedRoles: [true] } }\n",
      "2:51 rbac/wildcard-grant: params.allowedRoles[0] must be a text, a number or a mapping, not true or false",
    ],
    [
      "a user's key is not quoted",
      "rules:\n  rbac/wildcard-grant: { params: { generatorTtl: { hunter2: 3 } } }\n",
      "2:61 rbac/wildcard-grant: params.generatorTtl must be a text, not a number",
    ],
    [
      "an exclusion of everything",
      "rules:\n  rbac/wildcard-grant: { exclude: [{}] }\n",
      "2:36 rbac/wildcard-grant: exclude[0] must say what it excludes: files, namespaces or objects",
    ],
    [
      "an empty list in an exclusion",
      "rules:\n  rbac/wildcard-grant: { exclude: [{ files: [] }] }\n",
      "2:38 rbac/wildcard-grant: exclude[0].files must not be empty",
    ],
    [
      "a slip in an exclusion",
      "rules:\n  rbac/wildcard-grant: { exclude: [{ namespace: [a] }] }\n",
      '2:38 unknown key "namespace" in rbac/wildcard-grant: exclude[0]; did you mean "namespaces"?',
    ],
    [
      "an object without a kind",
      "rules:\n  rbac/wildcard-grant: { exclude: [{ objects: [admin] }] }\n",
      "2:48 rbac/wildcard-grant: exclude[0].objects[0] must be Kind/name or Kind/namespace/name",
    ],
    [
      "a namespace with a slash",
      "rules:\n  rbac/wildcard-grant: { exclude: [{ namespaces: [a/b] }] }\n",
      "2:51 rbac/wildcard-grant: exclude[0].namespaces[0] must be the name of a namespace, without /",
    ],
    [
      "a glob that does not close",
      "exclude:\n  - 'a/{b,c'\n",
      "2:5 exclude[0] has an opening bracket or brace that is not closed, or the other way round",
    ],
    ["a path out of the root", "paths: [../other]\n", "1:9 paths[0] cannot leave the root"],
    ["an absolute path", "paths: [/etc]\n", "1:9 paths[0] must be relative to the root, without a leading /"],
    [
      "a bad regular expression",
      "rules:\n  rbac/wildcard-grant: { params: { nameRegex: '(a' } }\n",
      "2:47 rbac/wildcard-grant: params.nameRegex is no valid regular expression",
    ],
    [
      "a glob parameter",
      "rules:\n  rbac/wildcard-grant: { params: { exampleGlobs: ['!a'] } }\n",
      "2:51 rbac/wildcard-grant: params.exampleGlobs[0] cannot begin with an exclamation mark: what it names is left out already",
    ],
    [
      "a date for a time",
      "settings:\n  clock: 2026-01-31\n",
      "2:10 settings.clock must be an RFC 3339 time such as 2026-01-31T00:00:00Z",
    ],
    [
      "a day that does not exist",
      "settings: { clock: '2026-02-30T00:00:00Z' }\n",
      "1:20 settings.clock must be an RFC 3339 time such as 2026-01-31T00:00:00Z",
    ],
    [
      "a leap second",
      "settings: { clock: '2016-12-31T23:59:60Z' }\n",
      "1:20 settings.clock must be an RFC 3339 time such as 2026-01-31T00:00:00Z",
    ],
    [
      "a time without zone",
      "settings: { clock: '2026-02-20T00:00:00' }\n",
      "1:20 settings.clock must be an RFC 3339 time such as 2026-01-31T00:00:00Z",
    ],
    [
      "a time with a short offset",
      "settings: { clock: '2026-02-20T00:00:00+01' }\n",
      "1:20 settings.clock must be an RFC 3339 time such as 2026-01-31T00:00:00Z",
    ],
    [
      "an hour that does not exist",
      "settings: { clock: '2026-02-20T24:00:00Z' }\n",
      "1:20 settings.clock must be an RFC 3339 time such as 2026-01-31T00:00:00Z",
    ],
    [
      "a prefix with a slash",
      "settings: { prefix: a/b }\n",
      "1:21 settings.prefix must be a DNS name in lower case, as Kubernetes asks of the prefix of an annotation",
    ],
    [
      "a slip of a setting",
      "settings: { completness: full }\n",
      '1:13 unknown key "completness" in settings; did you mean "completeness"?',
    ],
    ["a chart without a path", "charts: [{ values: [a.yaml] }]\n", "1:12 charts[0] must name its path"],
    ["a path alone for a chart", "charts: [app]\n", "1:10 charts[0] must be a mapping, not a text"],
    [
      "a slip of a key of a chart",
      "charts: [{ path: app, set_string: [] }]\n",
      '1:23 unknown key "set_string" in charts[0]; did you mean "set-string"?',
    ],
    ["a chart out of the root", "charts: [{ path: ../app }]\n", "1:18 charts[0].path cannot leave the root"],
    [
      "values out of the root",
      "charts: [{ path: app, values: [a/../../b.yaml] }]\n",
      "1:32 charts[0].values[0] cannot leave the root",
    ],
    [
      "values of the machine",
      "charts: [{ path: app, values: [/etc/passwd] }]\n",
      "1:32 charts[0].values[0] must be relative to the root, without a leading /",
    ],
    [
      "a number for a version",
      "charts: [{ path: app, kube-version: 1.33 }]\n",
      "1:37 charts[0].kube-version must be a text, not a number",
    ],
    [
      "no version",
      "charts: [{ path: app, kube-version: newest }]\n",
      "1:37 charts[0].kube-version must be a version such as 1.33.0",
    ],
    [
      "a namespace in capitals",
      "charts: [{ path: app, namespace: Prod }]\n",
      "1:34 charts[0].namespace must be a DNS label in lower case, as Kubernetes asks of a namespace",
    ],
    [
      "a long name of a release",
      `charts: [{ path: app, release-name: ${"a".repeat(54)} }]\n`,
      "1:37 charts[0].release-name must be a DNS name in lower case of at most 53 characters, as Helm asks of a release",
    ],
    [
      "a mapping for set",
      "charts: [{ path: app, set: { a: 1 } }]\n",
      "1:23 charts[0].set must be a list, not a mapping",
    ],
    [
      "a slip of a level",
      "missing-dependencies: warning\nincomplete: err\n",
      "1:23 missing-dependencies must be error or warn",
      "2:13 incomplete must be note or error",
    ],
    [
      "a URL for a host",
      "dependency-hosts: ['https://a.example']\n",
      "1:20 dependency-hosts[0] must be a host alone, such as charts.example.com, without a scheme or a path",
    ],
    ["a list at the top", "- a\n", "1:3 the configuration must be a mapping, not a list"],
    ["a text at the top", "hunter2\n", "1:1 the configuration must be a mapping, not a text"],
    [
      "a former name and the current one",
      "rules:\n  rbac/wildcard-grant: off\n  rbac/star-grant: high\n",
      "3:3 rbac/star-grant is the former name of rbac/wildcard-grant, which is set as well",
    ],
    [
      "several, in the order of the text",
      "settings: 1\nprofil: strict\nfail-on: 3\n",
      "1:11 settings must be a mapping, not a number",
      '2:1 unknown key "profil"; did you mean "profile"?',
      "3:10 fail-on must be critical, high, medium, low, info or never",
    ],
    [
      "lines end with CRLF",
      "profile: strict\r\nfail_on: high\r\n",
      '2:1 unknown key "fail_on"; did you mean "fail-on"?',
    ],
    [
      "the place of an alias is where it is used first",
      "paths: &p [3]\nexclude: *p\n",
      "1:12 paths[0] must be a text, not a number",
      "1:12 exclude[0] must be a text, not a number",
    ],
    [
      "a second document",
      "fail-on: high\n---\nfail-on: low\n",
      "3:1 the configuration must be one YAML document, and here begins another",
    ],
  ];
  test.each(cases)("%s", (_, text, ...expected) => {
    expect(errorsOf(text)).toEqual(expected);
  });

  test("name the file", () => {
    expect(load("a: 1\n")).toMatchObject({ kind: "invalid", errors: [{ file: ".portcullis.yaml", suggestion: null }] });
  });
});

describe("hostile input", () => {
  test.each([
    ["tabs", "rules:\n\t- a\n", 2],
    ["a duplicate key", "fail-on: high\nfail-on: low\n", 2],
    ["an unknown tag", "fail-on: !!js/function 'hunter2'\n", 1],
    ["an alias of itself", "rules: &a\n  b: *a\n", 2],
    ["an open quote", "fail-on: 'hunter2\n", 2],
    ["deep nesting", `rules: ${"[".repeat(5000)}${"]".repeat(5000)}\n`, 1],
  ])("%s is an error on its line, without a quotation", (_, text, line) => {
    const loaded = load(text);
    expect(loaded).toMatchObject({ kind: "invalid", errors: [{ line }] });
    expect(JSON.stringify(loaded)).not.toContain("hunter2");
  });

  test("a bomb of aliases is refused before it goes off", () => {
    const levels = Array.from(
      { length: 18 },
      (_, level) =>
        `  k${level}: &a${level} [${Array.from({ length: 10 }, () => (level === 0 ? "x" : `*a${level - 1}`)).join(", ")}]`,
    );
    const started = Date.now();
    expect(load(`rules:\n${levels.join("\n")}\n`).kind).toBe("invalid");
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  test("a huge file is refused unread, and its largest size is read", () => {
    expect(errorsOf("#".repeat(LONGEST_CONFIG + 1))).toEqual(["1:1 the configuration is longer than 256 KiB"]);
    expect(load("#".repeat(LONGEST_CONFIG)).kind).toBe("config");
  });

  test("of many errors fifty are told, in short time", () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n");
    const started = Date.now();
    expect(errorsOf(keys)).toHaveLength(50);
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  test.each(["__proto__", "constructor", "prototype", "hasOwnProperty", "toString"])(
    "%s is an unknown key everywhere",
    (key) => {
      expect(errorsOf(`${key}: { failOn: never }\n`)).toEqual([`1:1 unknown key; there is ${KEYS}`]);
      expect(errorsOf(`rules:\n  ${key}: off\n`)).toEqual(["2:3 unknown rule; `portcullis rules` lists them all"]);
      expect(errorsOf(`rules: { rbac/wildcard-grant: { ${key}: 1 } }\n`)).toEqual([
        "1:33 unknown key in rbac/wildcard-grant; there is severity, exclude or params",
      ]);
      expect(errorsOf(`rules: { rbac/wildcard-grant/${key}: off }\n`)).toEqual([
        "1:10 rbac/wildcard-grant has no such variant; there is verbs or resources",
      ]);
      expect(({} as { failOn?: string }).failOn).toBeUndefined();
    },
  );

  const values = [
    "null",
    "1",
    "true",
    "text",
    "[]",
    "[[]]",
    "{}",
    "{a: {b: c}}",
    ".nan",
    "2026-01-01",
    "!!binary aHVudGVyMg==",
  ];
  const places = [
    "fail-on",
    "profile",
    "paths",
    "exclude",
    "rules",
    "settings",
    "charts",
    "missing-dependencies",
    "incomplete",
    "dependency-hosts",
  ];
  const empty = new Set([
    "paths: null",
    "exclude: null",
    "rules: null",
    "settings: null",
    "charts: null",
    "dependency-hosts: null",
    "charts: []",
    "dependency-hosts: []",
    "paths: []",
    "exclude: []",
    "rules: {}",
    "settings: {}",
  ]);
  test.each(places.flatMap((place) => values.map((value) => `${place}: ${value}`)))(
    "%s is refused where it is of the wrong type",
    (text) => {
      expect(load(text)).toMatchObject(
        empty.has(text) ? { kind: "config", config: DEFAULT_CONFIG } : { kind: "invalid" },
      );
    },
  );

  test("a slip of a known name does not carry control characters into a message", () => {
    expect(errorsOf('"fail\\u001bon": high\n')).toEqual(['1:1 unknown key "fail?on"; did you mean "fail-on"?']);
  });
});

describe("a good config", () => {
  test.each(["", "# nothing\n", "---\n", "{}\n", "rules:\nsettings:\npaths:\nexclude:\n"])(
    "%j is the default",
    (text) => {
      expect(load(text)).toEqual({ kind: "config", config: DEFAULT_CONFIG, notes: [] });
    },
  );

  test("is read with all that it can hold", () => {
    const text = `
fail-on: never
profile: agents
block: all
trust:
  waivers: approved
approvers: [octocat, "@shop/security"]
paths: [deploy, "k8s/*.yaml"]
exclude: ["**/vendor/**"]
rules:
  rotation/no-schedule: off
  secrets/private-key: low
  rbac/wildcard-grant/verbs: { severity: medium }
  rbac/wildcard-grant:
    severity: high
    exclude:
      - { files: ["test/**"], namespaces: ["dev-*"], objects: ["ClusterRole/admin", "Role/*/edit"] }
    params:
      allowedRoles: [ClusterRole/admin, { name: edit, reason: legacy }]
      generatorTtl: { ECR: 12h }
settings:
  prefix: secrets.example.org
  completeness: full
  clock: 2026-01-31T12:00:00+01:00
charts:
  - path: ./deploy/app/
    values: [./deploy/prod.yaml, envs/dev.yaml]
    set: ["image.tag=1.2"]
    set-string: ["a=1,b=2"]
    kube-version: v1.33.0
    api-versions: [monitoring.coreos.com/v1]
    namespace: prod
    release-name: app
  - path: .
  - path: charts/*
    values:
missing-dependencies: warn
incomplete: error
dependency-hosts: [charts.example.com, "10.0.0.1:8443"]
`;
    expect(load(text)).toEqual({
      kind: "config",
      notes: [],
      config: {
        failOn: "never",
        profile: "agents",
        block: "all",
        trust: { config: "base", waivers: "approved", policies: "base" },
        approvers: ["octocat", "@shop/security"],
        waivers: [],
        paths: ["deploy", "k8s/*.yaml"],
        exclude: ["**/vendor/**"],
        rules: {
          "rotation/no-schedule": { severity: "off", exclude: [], params: {} },
          "secrets/private-key": { severity: "low", exclude: [], params: {} },
          "rbac/wildcard-grant/verbs": { severity: "medium", exclude: [], params: {} },
          "rbac/wildcard-grant": {
            severity: "high",
            exclude: [{ files: ["test/**"], namespaces: ["dev-*"], objects: ["ClusterRole/admin", "Role/*/edit"] }],
            params: {
              allowedRoles: ["ClusterRole/admin", { name: "edit", reason: "legacy" }],
              generatorTtl: { ECR: "12h" },
            },
          },
        },
        prefix: "secrets.example.org",
        completeness: "full",
        clock: "2026-01-31T12:00:00+01:00",
        charts: [
          {
            path: "deploy/app",
            values: ["deploy/prod.yaml", "envs/dev.yaml"],
            set: ["image.tag=1.2"],
            setString: ["a=1,b=2"],
            kubeVersion: "v1.33.0",
            apiVersions: ["monitoring.coreos.com/v1"],
            namespace: "prod",
            releaseName: "app",
          },
          { ...NO_CHART_FLAGS, path: "." },
          { ...NO_CHART_FLAGS, path: "charts/*" },
        ],
        missingDependencies: "warn",
        incomplete: "error",
        dependencyHosts: ["charts.example.com", "10.0.0.1:8443"],
      },
    });
  });

  test.each(["off", "'off'", "false"])("%s switches a rule off, alone and in a mapping", (off) => {
    const settings = { severity: "off", exclude: [], params: {} };
    expect(load(`rules: { rotation/no-schedule: ${off}, secrets/private-key: { severity: ${off} } }`)).toMatchObject({
      config: { rules: { "rotation/no-schedule": settings, "secrets/private-key": settings } },
    });
  });

  test("follows a rule to its current name, and says so", () => {
    expect(load("rules: { rbac/star-grant: off, rbac/star-grant/verbs: low }\n")).toMatchObject({
      config: {
        rules: { "rbac/wildcard-grant": { severity: "off" }, "rbac/wildcard-grant/verbs": { severity: "low" } },
      },
      notes: [
        "The configuration names rbac/star-grant, which is now called rbac/wildcard-grant.",
        "The configuration names rbac/star-grant/verbs, which is now called rbac/wildcard-grant/verbs.",
      ],
    });
  });
});
