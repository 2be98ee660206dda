import { describe, expect, test } from "@jest/globals";
import { missingDependencyMessage } from "../../../../src/core/charts/missing-dependency.ts";

const db = { name: "db", version: "1.x", repository: "https://example.com" };

describe("missingDependencyMessage", () => {
  test("names the command that fixes it", () => {
    expect(missingDependencyMessage(db, "charts/app")).toBe(
      "the dependency db 1.x is declared but not in charts/; run helm dependency build charts/app",
    );
    expect(missingDependencyMessage({ ...db, version: "" }, ".")).toContain("dependency db is declared");
  });

  test("says why it could not be fetched", () => {
    expect(missingDependencyMessage(db, "app", "example.com takes too long")).toBe(
      "the dependency db 1.x is declared but not in charts/, and could not be fetched: example.com takes too long; run helm dependency build app",
    );
  });

  test("names no command that cannot help", () => {
    expect(missingDependencyMessage({ ...db, repository: "" }, "app")).toBe(
      "the dependency db 1.x is declared but not in charts/, and it names no repository: put it there",
    );
  });

  test.each([
    ["my charts/app", "'my charts/app'"],
    ["it's", "'it'\\''s'"],
    ["$(rm -rf x)", "'$(rm -rf x)'"],
    ["-x", "./-x"],
    ["-x y", "'./-x y'"],
  ])("quotes %j for a shell", (folder, word) => {
    expect(missingDependencyMessage(db, folder)).toMatch(
      new RegExp(`helm dependency build ${word.replaceAll(/[\\$().']/g, "\\$&")}$`),
    );
  });
});
