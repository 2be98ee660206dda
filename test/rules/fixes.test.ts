import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { load } from "js-yaml";
import type { Finding, SuggestedFix } from "../../src/model/finding.ts";
import { allRules, judgeFixture, type FixtureHeader } from "../support/judge.ts";
import { readFixtureHeader } from "../support/markers.ts";
import { expandTokens } from "../support/tokens.ts";

const fixable = allRules.filter(({ variants }) => Object.values(variants).some(({ fixes }) => fixes !== undefined));

const sameAs =
  ({ rule, variant, object, path }: Finding) =>
  (other: Finding): boolean =>
    JSON.stringify([rule, variant, object, path]) ===
    JSON.stringify([other.rule, other.variant, other.object, other.path]);

test("at least ten rules carry a fix", () => {
  expect(fixable.length).toBeGreaterThanOrEqual(10);
});

// Each of these breaks something that works where its reason still holds, so that a person has to look: programs that
// need the node or write to their file system, clients outside of the mesh, workloads that a policy would refuse, files
// that their user could no longer read, stores whose CA nothing names.
test.each([
  ["orchestration/pss-baseline-violation", ["privileged", "host-namespaces", "seccomp-unconfined"]],
  ["orchestration/pss-restricted-violation", ["runs-as-root", "writable-root-filesystem"]],
  ["orchestration/mtls-not-strict", ["plaintext-accepted", "port-plaintext"]],
  ["orchestration/namespace-pod-security-level", ["enforce-missing", "enforce-privileged"]],
  ["gitops/policy-enforcement-weakened", ["not-enforcing", "fails-open"]],
  ["gitops/drift-correction-disabled", ["no-self-heal", "no-prune", "suspended"]],
  ["injection/secret-overexposed-in-pod", ["mode-too-open", "mode-unset", "host-processes", "shared-processes"]],
  ["stores/insecure-store-endpoint", ["verification-off", "client-verification-off"]],
  ["agents/agent-hardened-context", ["writable-root-filesystem", "not-restricted"]],
])("%s: what needs thought has no fix", (id, names) => {
  const rule = allRules.find((each) => each.id === id);
  expect(names.map((name) => [name, rule?.variants[name] !== undefined, rule?.variants[name]?.fixes])).toEqual(
    names.map((name) => [name, true, undefined]),
  );
});

describe.each(fixable)("$id", ({ id, variants }) => {
  const folder = `rego/rules/${id}`;
  const names = readdirSync(folder).filter((name) => /^bad(-.*)?\.yaml$/.test(name));

  test("each of its fixes settles the finding that it is for", async () => {
    const settled = new Set<string>();
    for (const name of names) {
      const text = expandTokens(readFileSync(`${folder}/${name}`, "utf8"));
      const header = (load(readFixtureHeader(text) ?? "{}") ?? {}) as FixtureHeader;
      // A fix keeps to the catalogue's limits, which a parameter may tighten.
      if (header.params !== undefined) continue;
      const { report } = await judgeFixture(id, name, text, header);
      const found = report.findings.filter(
        (finding): finding is Finding & { readonly fix: SuggestedFix } => finding.rule === id && finding.fix !== null,
      );
      for (const finding of found) {
        const { start, end, text: replacement } = finding.fix;
        const fixed = await judgeFixture(id, name, text.slice(0, start) + replacement + text.slice(end), header);
        const where = `${name}:${finding.location.range.start.line} ${finding.variant}`;
        expect([where, fixed.report.findings.filter(sameAs(finding)).length]).toEqual([where, 0]);
        expect([where, fixed.report.unreadable.length]).toEqual([where, report.unreadable.length]);
        settled.add(finding.variant);
      }
    }
    const promised = Object.entries(variants).flatMap(([name, { fixes }]) => (fixes === undefined ? [] : [name]));
    expect(promised.filter((name) => !settled.has(name))).toEqual([]);
  });
});
