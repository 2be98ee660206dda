import { describe, expect, test } from "@jest/globals";
import type { Finding } from "../../../src/model/finding.ts";
import type { Severity } from "../../../src/model/rule.ts";
import { renderGithub, toAnnotations } from "../../../src/reporters/github.ts";
import { EVERYTHING, finding, location, range, report, rule, unreadable } from "./sample-report.ts";

function many(amount: number, severity: Severity): readonly Finding[] {
  return Array.from({ length: amount }, (_, index) =>
    finding({ severity, location: location(`${severity}-${index}.yaml`, range(1, 1, 1, 2)) }),
  );
}

describe("toAnnotations", () => {
  test("gives what is new a level, a place and words; nothing else", () => {
    expect(toAnnotations(EVERYTHING)).toEqual({
      omitted: 0,
      annotations: [
        {
          level: "error",
          file: "deploy/broken.yaml",
          startLine: 7,
          endLine: 7,
          startColumn: 3,
          endColumn: 3,
          title: "could not be judged: invalid YAML",
          message: "a mapping key is not indented as its siblings",
        },
        {
          level: "error",
          file: "deploy/api.yaml",
          startLine: 4,
          endLine: 4,
          startColumn: 12,
          endColumn: 20,
          title: "critical: secrets/env-literal-credential/literal",
          message:
            "Container api sets DB_PASSWORD to a credential in plain text\nDeployment shop/api (apps/v1)\nMount the secret as a file. See: portcullis explain secrets/env-literal-credential",
        },
        {
          level: "warning",
          file: "deploy/role.yaml",
          startLine: 1,
          endLine: 1,
          startColumn: 1,
          endColumn: 5,
          title: "medium: rbac/wildcard-grant/all-verbs",
          message:
            "Role ops grants every verb\nRole ops (rbac.authorization.k8s.io/v1)\nLine: the nearest place around it.\nMount the secret as a file. See: portcullis explain rbac/wildcard-grant",
        },
        {
          level: "notice",
          file: "notes.txt",
          startLine: 1,
          endLine: 1,
          title: "low: secrets/env-literal-credential/literal",
          message:
            "Container api sets DB_PASSWORD to a credential in plain text\nLine: only the file is known, not the line.\nMount the secret as a file. See: portcullis explain secrets/env-literal-credential",
        },
      ],
    });
  });

  test("has no columns where the range goes over several lines: GitHub ignores them", () => {
    const [annotation] = toAnnotations(
      report({ findings: [finding({ location: location("a.yaml", range(1, 3, 4, 9)) })] }),
    ).annotations;
    expect(annotation).toMatchObject({ startLine: 1, endLine: 4 });
    expect(annotation).not.toHaveProperty("startColumn");
    expect(annotation).not.toHaveProperty("endColumn");
  });

  test("keeps the worst ten of each level and counts the rest", () => {
    const findings = [
      ...many(12, "low"),
      ...many(11, "medium"),
      ...many(8, "high"),
      ...many(5, "critical"),
      ...many(4, "info"),
    ];
    const { annotations, omitted } = toAnnotations(report({ verdict: "fail", findings }));
    expect(annotations.map(({ level }) => level)).toEqual([
      ...Array<string>(10).fill("error"),
      ...Array<string>(10).fill("warning"),
      ...Array<string>(10).fill("notice"),
    ]);
    expect(annotations.slice(0, 6).map(({ file }) => file)).toEqual([
      ...Array.from({ length: 5 }, (_, index) => `critical-${index}.yaml`),
      "high-0.yaml",
    ]);
    expect(omitted).toBe(3 + 1 + 2);
  });

  test("puts what could not be judged in front, since it decides the verdict", () => {
    const { annotations } = toAnnotations(
      report({ verdict: "error", findings: many(20, "critical"), unreadable: [unreadable({ at: null })] }),
    );
    expect(annotations[0]).toEqual({
      level: "error",
      file: "deploy/broken.yaml",
      startLine: 1,
      endLine: 1,
      title: "could not be judged: invalid YAML",
      message: "a mapping key is not indented as its siblings\nLine: only the file is known, not the line.",
    });
  });

  test("stays within GitHub's lengths", () => {
    const long = "x".repeat(100_000);
    const [annotation] = toAnnotations(report({ findings: [finding({ variant: long, message: long })] })).annotations;
    expect(annotation?.title).toHaveLength(255);
    expect(annotation?.message).toHaveLength(4000);
  });
});

describe("github", () => {
  test("writes workflow commands, then the rest in words", () => {
    expect(renderGithub(report({ verdict: "fail", findings: [finding()], notes: ["a note"] }))).toBe(
      `::error file=deploy/api.yaml,line=4,endLine=4,col=12,endColumn=20,title=critical%3A secrets/env-literal-credential/literal::Container api sets DB_PASSWORD to a credential in plain text%0ADeployment shop/api (apps/v1)%0AMount the secret as a file. See: portcullis explain secrets/env-literal-credential
note: a note
1 finding: 1 critical.
Read 3 files: judged 5 Kubernetes objects with 19 rules, searched 1 text file for known tokens. Left out 3 files: 2 binary, 1 lock-file.
Fail: 1 finding at or above high blocks.
`,
    );
  });

  test("escapes what the runner would take for the end of a property or a line", () => {
    const given = report({
      rules: [rule("a/b", { remediation: "" })],
      findings: [
        finding({
          rule: "a/b",
          variant: "x,y:z%",
          message: "50% :: a, b\r\n::error::forged",
          object: null,
          location: location("a,b:c%0A\n::error::x.yaml", range(1, 1, 1, 2)),
        }),
      ],
    });
    expect(renderGithub(given).split("\n")[0]).toBe(
      "::error file=a%2Cb%3Ac%250A%0A%3A%3Aerror%3A%3Ax.yaml,line=1,endLine=1,col=1,endColumn=2,title=critical%3A a/b/x%2Cy%3Az%25::50%25 :: a, b\\r\\n::error::forged%0ASee: portcullis explain a/b",
    );
  });

  test("says how many annotations were left out", () => {
    expect(renderGithub(report({ findings: many(12, "critical") }))).toContain(
      "\n2 annotations left out: GitHub shows ten of each level per step. The other formats list all findings.\n",
    );
  });

  test("defuses commands in notes", () => {
    expect(renderGithub(report({ notes: ["x ##[stop-commands]y"] }))).toContain("note: x #\u200b#[stop-commands]y\n");
  });
});
