import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { isBlocking, type Finding } from "../../src/model/finding.ts";
import { readFixtureHeader, readMarkers } from "../support/markers.ts";
import { allRules, judgeFixture, type FixtureHeader } from "../support/judge.ts";
import { expandTokens } from "../support/tokens.ts";

const place = ({ rule, variant, location }: Finding) => `${location.range.start.line}: ${rule}/${variant}`;

describe.each(allRules.map(({ id }) => id))("%s", (rule) => {
  const folder = `rego/rules/${rule}`;
  const fixtures = readdirSync(folder).filter((name) => /^(bad|good)(-.*)?\.yaml$/.test(name));

  test("has fixtures", () => {
    expect(fixtures).toEqual(expect.arrayContaining(["bad.yaml", "good.yaml"]));
  });

  test.each(fixtures.length === 0 ? ["bad.yaml"] : fixtures)("%s", async (name) => {
    const text = expandTokens(readFileSync(`${folder}/${name}`, "utf8"));
    const header = (load(readFixtureHeader(text) ?? "{}") ?? {}) as FixtureHeader;
    const { report } = await judgeFixture(rule, name, text, header);
    const variants = new Map(allRules.map(({ id, variants: all }) => [id, Object.keys(all)]));

    const expected = readMarkers(text);
    for (const { rule: named } of expected) {
      const [id, variant] = [named.split("/").slice(0, 2).join("/"), named.split("/")[2]];
      expect(variants.get(id)).toBeDefined();
      if (variant !== undefined) expect(variants.get(id)).toContain(variant);
    }
    const own = report.findings.filter((finding) => finding.rule === rule);
    const wanted = expected
      .filter(({ rule: named }) => named === rule || named.startsWith(`${rule}/`))
      .map(({ rule: named, line }) => `${line}: ${named}`);
    const found = own.map((finding) => {
      const withVariant = place(finding);
      const bare = `${finding.location.range.start.line}: ${rule}`;
      return wanted.includes(withVariant) || !wanted.includes(bare) ? withVariant : bare;
    });
    expect([...new Set(found)].sort()).toEqual([...new Set(wanted)].sort());
    // Charts are not rendered here: their files are judged as they are written.
    expect(report.unreadable.filter(({ reason }) => !(header.chart && reason === "chart-not-evaluated"))).toEqual([]);
    const judged = name.startsWith("good") ? report.findings : header.blocks === false ? own : [];
    expect(judged.filter((finding) => isBlocking(finding, "high")).map(place)).toEqual([]);
  });

  test("has a case for every variant", () => {
    const marked = new Set(
      fixtures.flatMap((name) =>
        readMarkers(readFileSync(`${folder}/${name}`, "utf8")).map(({ rule: named }) => named),
      ),
    );
    const all = Object.keys(allRules.find(({ id }) => id === rule)?.variants ?? {});
    expect(all.filter((variant) => !marked.has(`${rule}/${variant}`))).toEqual([]);
  });
});
