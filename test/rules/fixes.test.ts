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
