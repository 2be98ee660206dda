import { describe, expect, test } from "@jest/globals";
import { readInputs } from "../../../src/action/inputs.ts";

function read(inputs: Readonly<Record<string, string>>) {
  return readInputs({
    input: (name) => inputs[name] ?? "",
    lines: (name) => (inputs[name] ?? "").split("\n").filter((line) => line !== ""),
  });
}

describe("fetch-dependencies", () => {
  test.each([
    ["", false],
    ["false", false],
    ["False", false],
    ["true", true],
    ["TRUE", true],
  ])("%j is %s", (text, value) => {
    expect(read({ "fetch-dependencies": text }).fetchDependencies).toBe(value);
  });

  test.each(["yes", "1", "tru", "true false"])("%j is refused", (text) => {
    expect(() => read({ "fetch-dependencies": text })).toThrow("input fetch-dependencies: write true or false");
  });
});
