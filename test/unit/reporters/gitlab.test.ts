import { expect, test } from "@jest/globals";
import { renderGitlab } from "../../../src/reporters/gitlab.ts";
import { EVERYTHING, finding, report } from "./sample-report.ts";

test("gitlab lists what GitLab can compare, without what is waived or in the baseline", () => {
  expect(JSON.parse(renderGitlab(EVERYTHING))).toEqual([
    {
      description: "Could not be judged: invalid YAML: a mapping key is not indented as its siblings",
      check_name: "portcullis/unreadable/invalid-yaml",
      fingerprint: "v1:bbb",
      severity: "blocker",
      location: { path: "deploy/broken.yaml", lines: { begin: 7 } },
    },
    {
      description: "Could not be judged: chart not evaluated: charts are not rendered",
      check_name: "portcullis/unreadable/chart-not-evaluated",
      fingerprint: "v1:iii",
      severity: "blocker",
      location: { path: "charts/web", lines: { begin: 1 } },
    },
    {
      description: "Container api sets DB_PASSWORD to a credential in plain text",
      check_name: "secrets/env-literal-credential/literal",
      fingerprint: "v1:aaa",
      severity: "blocker",
      location: { path: "deploy/api.yaml", lines: { begin: 4, end: 4 } },
    },
    {
      description: "Role ops grants every verb (the nearest place around it)",
      check_name: "rbac/wildcard-grant/all-verbs",
      fingerprint: "v1:ccc",
      severity: "major",
      location: { path: "deploy/role.yaml", lines: { begin: 1, end: 1 } },
    },
    {
      description:
        "Container api sets DB_PASSWORD to a credential in plain text (only the file is known, not the line)",
      check_name: "secrets/env-literal-credential/literal",
      fingerprint: "v1:ddd",
      severity: "minor",
      location: { path: "notes.txt", lines: { begin: 1, end: 1 } },
    },
    {
      description: "Container api sets DB_PASSWORD to a credential in plain text",
      check_name: "secrets/env-literal-credential/literal",
      fingerprint: "v1:eee",
      severity: "info",
      location: { path: "deploy/api.yaml", lines: { begin: 1, end: 1 } },
    },
    {
      description: "Container api sets DB_PASSWORD to a credential in plain text",
      check_name: "secrets/env-literal-credential/literal",
      fingerprint: "v1:fff",
      severity: "critical",
      location: { path: "deploy/api.yaml", lines: { begin: 4, end: 4 } },
    },
  ]);
});

test("gitlab fingerprints are unique, also where a made one is taken", () => {
  const prints = ["v1:a", "v1:a", "v1:a:2", "v1:a"];
  const entries = JSON.parse(
    renderGitlab(report({ findings: prints.map((fingerprint) => finding({ fingerprint })) })),
  ) as {
    fingerprint: string;
  }[];
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(4);
  expect(entries[0]?.fingerprint).toBe("v1:a");
});

test("gitlab is an empty list when all is well", () => {
  expect(renderGitlab(report())).toBe("[]\n");
});
