import { describe, expect, test } from "@jest/globals";
import { renderJunit } from "../../../src/reporters/junit.ts";
import { EVERYTHING, finding, location, range, report } from "./sample-report.ts";

describe("junit", () => {
  test("has a suite per file: blocking findings fail, unreadable files are errors, the rest is skipped", () => {
    expect(renderJunit(EVERYTHING)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="portcullis" tests="10" failures="1" errors="1" skipped="7">
<testsuite name="portcullis" tests="1" failures="0" errors="0" skipped="0">
<testcase classname="portcullis" name="gate">
<system-out>4 findings: 1 critical, 1 medium, 1 low, 1 info. Not counted: 1 there before the change, 1 in the baseline, 1 waived.
Read 3 files: judged 5 Kubernetes objects with 19 rules, searched 1 text file for known tokens. Left out 3 files: 2 binary, 1 lock-file.
the exclusion of rbac/wildcard-grant matches nothing
Error: the gate could not decide; 1 entry could not be judged. Besides, 1 finding at or above high blocks.</system-out>
</testcase>
</testsuite>
<testsuite name="deploy/broken.yaml" tests="1" failures="0" errors="1" skipped="0">
<testcase classname="deploy/broken.yaml" name="could not be judged at 7:3" file="deploy/broken.yaml" line="7">
<error type="invalid-yaml" message="invalid YAML: a mapping key is not indented as its siblings"/>
</testcase>
</testsuite>
<testsuite name="charts/web" tests="1" failures="0" errors="0" skipped="1">
<testcase classname="charts/web" name="could not be judged" file="charts/web">
<skipped message="there before the change: chart not evaluated: charts are not rendered"/>
</testcase>
</testsuite>
<testsuite name="deploy/api.yaml" tests="5" failures="1" errors="0" skipped="4">
<testcase classname="deploy/api.yaml" name="secrets/env-literal-credential/literal at 4:12" file="deploy/api.yaml" line="4">
<failure type="critical" message="Container api sets DB_PASSWORD to a credential in plain text">deploy/api.yaml:4:12  critical  secrets/env-literal-credential/literal
object: Deployment shop/api (apps/v1)
related: deploy/cm.yaml:2:1  The ConfigMap that repeats it
help: portcullis explain secrets/env-literal-credential
fingerprint: v1:aaa</failure>
</testcase>
<testcase classname="deploy/api.yaml" name="secrets/env-literal-credential/literal at 1:1" file="deploy/api.yaml" line="1">
<skipped message="info, below high: Container api sets DB_PASSWORD to a credential in plain text"/>
</testcase>
<testcase classname="deploy/api.yaml" name="secrets/env-literal-credential/literal at 4:12" file="deploy/api.yaml" line="4">
<skipped message="there before the change: Container api sets DB_PASSWORD to a credential in plain text"/>
</testcase>
<testcase classname="deploy/api.yaml" name="secrets/env-literal-credential/literal at 4:12" file="deploy/api.yaml" line="4">
<skipped message="in the baseline: Container api sets DB_PASSWORD to a credential in plain text"/>
</testcase>
<testcase classname="deploy/api.yaml" name="secrets/env-literal-credential/literal at 4:12" file="deploy/api.yaml" line="4">
<skipped message="waived: Container api sets DB_PASSWORD to a credential in plain text"/>
</testcase>
</testsuite>
<testsuite name="deploy/role.yaml" tests="1" failures="0" errors="0" skipped="1">
<testcase classname="deploy/role.yaml" name="rbac/wildcard-grant/all-verbs at 1:1" file="deploy/role.yaml" line="1">
<skipped message="medium, below high: Role ops grants every verb"/>
</testcase>
</testsuite>
<testsuite name="notes.txt" tests="1" failures="0" errors="0" skipped="1">
<testcase classname="notes.txt" name="secrets/env-literal-credential/literal" file="notes.txt">
<skipped message="low, below high: Container api sets DB_PASSWORD to a credential in plain text"/>
</testcase>
</testsuite>
</testsuites>
`);
  });

  test("is not empty when all is well", () => {
    expect(renderJunit(report())).toContain(
      '<testsuites name="portcullis" tests="1" failures="0" errors="0" skipped="0">',
    );
  });

  test("has an error where the gate could not decide for another reason than an entry", () => {
    const xml = renderJunit(report({ verdict: "error", notes: ["no objects were found"] }));
    expect(xml).toContain('errors="1"');
    expect(xml).toContain('<error type="error" message="Error: the gate could not decide; see the notes."/>');
  });

  test("agrees with a gate that never fails", () => {
    const xml = renderJunit(report({ failOn: "never", findings: [finding()] }));
    expect(xml).toContain('failures="0"');
    expect(xml).toContain("critical, no severity blocks: ");
  });

  test("escapes markup and keeps characters out that XML does not have", () => {
    const xml = renderJunit(
      report({
        verdict: "fail",
        findings: [
          finding({ message: `<a b="c">&'\ufffe\u0000]]>`, location: location('x"><y.yaml', range(1, 1, 1, 2)) }),
        ],
      }),
    );
    expect(xml).toContain('message="&lt;a b=&quot;c&quot;&gt;&amp;&apos;\ufffd\\x00]]&gt;"');
    expect(xml).toContain('<testsuite name="x&quot;&gt;&lt;y.yaml"');
  });
});
