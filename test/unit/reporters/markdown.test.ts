import { describe, expect, test } from "@jest/globals";
import { LARGEST_SUMMARY, renderMarkdown, renderMarkdownWithin } from "../../../src/reporters/markdown.ts";
import { byteLength, escapeMarkdown } from "../../../src/reporters/markdown-text.ts";
import { context, EVERYTHING, finding, location, range, report, rule } from "./sample-report.ts";

const LINK =
  '<a href="https://example.com/rules/secrets/env-literal-credential"><code>secrets/env-literal-credential/literal</code></a>';
const TEXT = "Container api sets DB&#95;PASSWORD to a credential in plain text";

describe("markdown", () => {
  test("has the verdict, the counts, what could not be judged, and a table of all findings, worst first", () => {
    expect(renderMarkdown(EVERYTHING, context())).toBe(`## Portcullis: error

Error&#58; the gate could not decide; 1 entry could not be judged. Besides, 1 finding at or above high blocks.

4 findings&#58; 1 critical, 1 medium, 1 low, 1 info. Not counted&#58; 1 there before the change, 1 in the baseline, 1 waived.

Read 3 files&#58; judged 5 Kubernetes objects with 19 rules, searched 1 text file for known tokens. Left out 3 files&#58; 2 binary, 1 lock-file.

### Could not be judged

| Where | Why | Message | Status |
| --- | --- | --- | --- |
| <code>deploy/broken.yaml&#58;7&#58;3</code> | invalid YAML | a mapping key is not indented as its siblings | new |
| <code>charts/web</code> | chart not evaluated | charts are not rendered | there before the change |

### Findings

| Severity | Where | Rule | Message |
| --- | --- | --- | --- |
| critical | <code>deploy/api.yaml&#58;4</code> | ${LINK} | ${TEXT}<br>Deployment shop/api &#40;apps/v1&#41;<br><code>deploy/cm.yaml&#58;2</code> The ConfigMap that repeats it<br>also: secrets/known-token-format |
| medium | <code>deploy/role.yaml&#58;1</code> | <a href="https://example.com/rules/rbac/wildcard-grant"><code>rbac/wildcard-grant/all-verbs</code></a> | Role ops grants every verb<br>Role ops &#40;rbac.authorization.k8s.io/v1&#41;<br><em>the nearest place around it</em> |
| low | <code>notes.txt</code> | ${LINK} | ${TEXT}<br><em>only the file is known, not the line</em> |
| info | <code>deploy/api.yaml&#58;1</code> | ${LINK} | ${TEXT}<br>Deployment shop/api &#40;apps/v1&#41; |

### Not counted

| Severity | Where | Rule | Message |
| --- | --- | --- | --- |
| high | <code>deploy/api.yaml&#58;4</code> | ${LINK} | ${TEXT}<br>Deployment shop/api &#40;apps/v1&#41;<br><em>there before the change</em> |
| high | <code>deploy/api.yaml&#58;4</code> | ${LINK} | ${TEXT}<br>Deployment shop/api &#40;apps/v1&#41;<br><em>in the baseline</em> |
| high | <code>deploy/api.yaml&#58;4</code> | ${LINK} | ${TEXT}<br>Deployment shop/api &#40;apps/v1&#41;<br><em>waived</em> |

### Notes

- the exclusion of rbac/wildcard-grant matches nothing
`);
  });

  test("has no empty tables", () => {
    expect(renderMarkdown(report(), context())).toBe(`## Portcullis: pass

Pass&#58; nothing new was found.

No findings.

Read 3 files&#58; judged 5 Kubernetes objects with 19 rules, searched 1 text file for known tokens. Left out 3 files&#58; 2 binary, 1 lock-file.
`);
  });

  test("shows a rule without metadata, and keeps a rule's link inside its attribute", () => {
    const bare = renderMarkdown(report({ rules: [], findings: [finding()] }), context());
    expect(bare).toContain("| <code>secrets/env-literal-credential/literal</code> |");
    const odd = rule("secrets/env-literal-credential", { helpUri: 'https://x.example/"><b>|' });
    expect(renderMarkdown(report({ rules: [odd], findings: [finding()] }), context())).toContain(
      '<a href="https://x.example/&#34;&#62;&#60;b&#62;&#124;">',
    );
  });
});

describe("renderMarkdownWithin", () => {
  const findings = Array.from({ length: 20_000 }, (_, index) =>
    finding({
      severity: index % 2 === 0 ? "low" : "critical",
      location: location(`größe/${index}.yaml`, range(1, 1, 1, 2)),
    }),
  );
  const large = report({ verdict: "fail", findings, notes: ["a note"] });

  test("stays within GitHub's limit, keeps the worst and says how many are left out", () => {
    const page = renderMarkdownWithin(large, context(), LARGEST_SUMMARY);
    expect(byteLength(page)).toBeLessThanOrEqual(LARGEST_SUMMARY);
    expect(byteLength(page)).toBeGreaterThan(LARGEST_SUMMARY - 4000);
    const shown = page.match(/^\| (?:critical|low) \|/gm)?.length ?? 0;
    expect(page).toContain(
      `\nLeft out here for size: ${20_000 - shown} findings. The JSON and SARIF reports have all of them.\n`,
    );
    expect(page).not.toMatch(/^\| low \|/m);
    expect(page).toContain("Left out here for size: 1 note.");
  });

  test.each([2000, 3000, 10_000])("stays within %d bytes", (bytes) => {
    const page = renderMarkdownWithin({ ...EVERYTHING, findings }, context(), bytes);
    expect(byteLength(page)).toBeLessThanOrEqual(bytes);
    expect(page).toContain("Left out here for size: ");
  });

  test("leaves nothing out where all fits", () => {
    expect(renderMarkdownWithin(EVERYTHING, context(), LARGEST_SUMMARY)).toBe(renderMarkdown(EVERYTHING, context()));
  });
});

test.each([
  ["a|b", "a&#124;b"],
  ["<script>", "&#60;script&#62;"],
  ["&lt;", "&#38;lt;"],
  ["[x](https://e.example)", "&#91;x&#93;&#40;https&#58;//e.example&#41;"],
  ["`code` *b* _i_ ~~s~~ $m$", "&#96;code&#96; &#42;b&#42; &#95;i&#95; &#126;&#126;s&#126;&#126; &#36;m&#36;"],
  ["@team fixes #12, gh-3", "&#64;&#8203;team fixes &#35;&#8203;12, gh&#8203;-3"],
  ["www.e.example", "www&#8203;.e.example"],
  ["line\nbreak", "line&#92;nbreak"],
])("escapeMarkdown %j", (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});
