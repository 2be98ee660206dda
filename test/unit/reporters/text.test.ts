import { describe, expect, test } from "@jest/globals";
import { renderText } from "../../../src/reporters/text.ts";
import { context, EVERYTHING, finding, location, MASKED_API, range, related, report } from "./sample-report.ts";

const SOURCES = { "deploy/api.yaml": MASKED_API, "deploy/role.yaml": "kind: Role\nrules: []\n" };

describe("text", () => {
  test("tells what is wrong, where, why, how to repair it, and the verdict last", () => {
    expect(renderText(EVERYTHING, context(SOURCES)))
      .toBe(`deploy/api.yaml:4:12  critical  secrets/env-literal-credential/literal
  Container api sets DB_PASSWORD to a credential in plain text

    2 | env:
    3 |   - name: DB_PASSWORD
  > 4 |     value: ********
      |            ^^^^^^^^
    5 |   - name: MODE

  object   Deployment shop/api (apps/v1)
  related  deploy/cm.yaml:2:1  The ConfigMap that repeats it
  also     secrets/known-token-format
  help     Mount the secret as a file. See: portcullis explain secrets/env-literal-credential

deploy/api.yaml:1:1  info  secrets/env-literal-credential/literal
  Container api sets DB_PASSWORD to a credential in plain text

  > 1 | kind: Deployment
      | ^^^^
    2 | env:
    3 |   - name: DB_PASSWORD

  object   Deployment shop/api (apps/v1)
  help     Mount the secret as a file. See: portcullis explain secrets/env-literal-credential

deploy/role.yaml:1:1  medium  rbac/wildcard-grant/all-verbs
  Role ops grants every verb

  > 1 | kind: Role
      | ^^^^
    2 | rules: []

  line     the nearest place around it
  object   Role ops (rbac.authorization.k8s.io/v1), in overlays/prod
  help     Mount the secret as a file. See: portcullis explain rbac/wildcard-grant

notes.txt  low  secrets/env-literal-credential/literal
  Container api sets DB_PASSWORD to a credential in plain text

  line     only the file is known, not the line
  help     Mount the secret as a file. See: portcullis explain secrets/env-literal-credential

Waived
  deploy/api.yaml:4:12  high  secrets/env-literal-credential/literal

Secrets in the baseline: they are still to be revoked
  deploy/api.yaml:4:12  high  secrets/env-literal-credential/literal

Could not be judged
  deploy/broken.yaml:7:3  error  invalid YAML
    a mapping key is not indented as its siblings
  charts/web  there before the change  chart not evaluated
    charts are not rendered

Notes
  the exclusion of rbac/wildcard-grant matches nothing

4 findings: 1 critical, 1 medium, 1 low, 1 info. Not counted: 1 there before the change, 1 in the baseline, 1 waived.
Read 3 files: judged 5 Kubernetes objects with 19 rules, searched 1 text file for known tokens. Left out 3 files: 2 binary, 1 lock-file.
Error: the gate could not decide; 1 entry could not be judged. Besides, 1 finding at or above high blocks.
`);
  });

  test("is three lines when all is well", () => {
    expect(renderText(report(), context())).toBe(`No findings.
Read 3 files: judged 5 Kubernetes objects with 19 rules, searched 1 text file for known tokens. Left out 3 files: 2 binary, 1 lock-file.
Pass: nothing new was found.
`);
  });

  test("groups by file, the file with the worst finding first, the worst first in each", () => {
    const at = (uri: string, severity: "critical" | "medium" | "low") =>
      finding({ severity, location: location(uri, range(1, 1, 1, 2)) });
    const text = renderText(
      report({
        findings: [at("a.yaml", "low"), at("b.yaml", "medium"), at("b.yaml", "critical"), at("c.yaml", "critical")],
      }),
      context(),
    );
    expect(text.match(/^\S+:1:1 {2}\w+/gm)).toEqual([
      "b.yaml:1:1  critical",
      "b.yaml:1:1  medium",
      "c.yaml:1:1  critical",
      "a.yaml:1:1  low",
    ]);
  });

  test("shows paths as the context asks", () => {
    const given = report({
      findings: [finding({ related: [related("deploy/cm.yaml", range(2, 1, 2, 9), "see")] })],
      unreadable: EVERYTHING.unreadable,
    });
    const text = renderText(given, context({}, { displayPath: (uri) => `../${uri}` }));
    expect(text).toContain("../deploy/api.yaml:4:12  critical");
    expect(text).toContain("../deploy/cm.yaml:2:1  see");
    expect(text).toContain("../deploy/broken.yaml:7:3  error");
    expect(text).toContain("../charts/web  there");
  });

  test("counts related places that it does not show", () => {
    const places = Array.from({ length: 13 }, (_, index) =>
      related("b.yaml", range(index + 1, 1, index + 1, 2), "here"),
    );
    const text = renderText(report({ findings: [finding({ related: places })] }), context());
    expect(text.match(/ {2}related {2}b\.yaml/g)).toHaveLength(10);
    expect(text).toContain("  related  and 3 more places\n");
  });

  test("needs no metadata of a rule", () => {
    const text = renderText(report({ rules: [], findings: [finding()] }), context());
    expect(text).toContain("  help     See: portcullis explain secrets/env-literal-credential\n");
  });

  test("shows timings where they were asked for", () => {
    expect(renderText(report({ timings: { read: 1.25, judge: 30 } }), context())).toContain(
      "Timings\n  read  1.3 ms\n  judge  30.0 ms\n",
    );
  });

  test("uses colour only where it may, and then changes nothing else", () => {
    const plain = renderText(EVERYTHING, context(SOURCES));
    const coloured = renderText(EVERYTHING, context(SOURCES, { color: true }));
    expect(plain).not.toContain("\u001b");
    expect(coloured).toContain("\u001b[31m^^^^^^^^\u001b[39m");
    expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain);
  });
});
