import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { judgeTexts } from "../support/judge.ts";
import { readMarkers } from "../support/markers.ts";

/** The files below a folder, by their path from there. */
function readFolder(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")];
    }),
  );
}

// Charts have tests of their own: a marker in a template stands on a line that no file of a run has.
const projects = readdirSync("fixtures").filter((name) => name !== "charts");

describe.each(projects)("fixtures/%s", (project) => {
  test("has the findings that its markers say, of all rules, and no others", async () => {
    const files = readFolder(join("fixtures", project));
    const expected = Object.entries(files).flatMap(([path, text]) =>
      readMarkers(text).map(({ rule, line }) => `${path}:${line}: ${rule}`),
    );
    const { report } = await judgeTexts(files);
    const found = report.findings.map(
      ({ rule, variant, location }) => `${location.uri}:${location.range.start.line}: ${rule}/${variant}`,
    );
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(report.unreadable).toEqual([]);
    expect(report.verdict).toBe("fail");
  });
});
