import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { goTool } from "../../src/dev/go-tools.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { allRules, judgeTexts } from "../support/judge.ts";
import { readFixtureHeader } from "../support/markers.ts";
import { temporaryFolder } from "../support/repository.ts";
import { expandTokens } from "../support/tokens.ts";

interface IndexSchema {
  readonly properties: { readonly [name: string]: { readonly "x-rego": string } };
}

const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(`rego/schema/${name}.schema.json`, "utf8")) as object;
const schema = schemaOf("index") as IndexSchema;
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
ajv.addKeyword("x-rego");
const isInput = ajv.compile(schemaOf("input"));
const isIndex = ajv.compile(schema);

/** The documents that the policy gets for the fixtures of a category: one for each evaluation. */
async function inputsOf(category: string): Promise<readonly (readonly [input: JsonObject, settings: JsonObject])[]> {
  const texts: Record<string, string> = {};
  for (const { id } of allRules.filter(({ id: rule }) => rule.startsWith(`${category}/`))) {
    const folder = `rego/rules/${id}`;
    for (const name of readdirSync(folder).filter((file) => /^(?:bad|good)(?:-.*)?\.yaml$/.test(file))) {
      const text = expandTokens(readFileSync(join(folder, name), "utf8"));
      // Files of charts and the like are judged apart.
      if (!/path:|chart:|files:/.test(readFixtureHeader(text) ?? "")) texts[`${id}/${name}`] = text;
    }
  }
  const inputs: [JsonObject, JsonObject][] = [];
  await judgeTexts(texts, {}, {}, null, {
    evaluate: async (input, settings) => {
      inputs.push([input, settings]);
      return [];
    },
  });
  return inputs;
}

/** What the policy's library makes of an input, as OPA itself evaluates it. */
function indexOf(input: JsonObject, settings: JsonObject, folder: string): JsonObject {
  const [inputFile, dataFile] = [join(folder, "input.json"), join(folder, "settings.json")];
  writeFileSync(inputFile, JSON.stringify(input));
  writeFileSync(dataFile, JSON.stringify({ settings }));
  const query = Object.entries(schema.properties).map(
    ([name, { "x-rego": rego }]) => `${JSON.stringify(name)}: ${rego}`,
  );
  const output = execFileSync(
    goTool("opa"),
    [
      "eval",
      "--format",
      "json",
      "--fail",
      "--ignore",
      "*_test.rego",
      "--input",
      inputFile,
      "--data",
      "rego/lib",
      "--data",
      dataFile,
      `{${query.join(", ")}}`,
    ],
    { encoding: "utf8", maxBuffer: 1 << 30 },
  );
  const { result } = JSON.parse(output) as { result: [{ expressions: [{ value: JsonObject }] }] };
  return result[0].expressions[0].value;
}

describe("the policy's index", () => {
  const seen = new Set<string>();
  let folder = "";
  beforeAll(() => {
    folder = temporaryFolder();
  });
  const categories = [...new Set(allRules.map(({ id }) => id.split("/")[0] ?? ""))];

  test.each(categories)("has the published shape for the fixtures of %s", async (category) => {
    const inputs = await inputsOf(category);
    expect(inputs.length).toBeGreaterThan(1);
    for (const [input, settings] of inputs) {
      isInput(input);
      expect(isInput.errors ?? []).toEqual([]);
      if (input["unit"] === null) continue;
      const index = indexOf(input, settings, folder);
      isIndex(index);
      expect((isIndex.errors ?? []).slice(0, 5)).toEqual([]);
      for (const [name, value] of Object.entries(index)) if (holdsSomething(value)) seen.add(name);
    }
  });

  test("is held to its shape in each of its parts", () => {
    expect(Object.keys(schema.properties).filter((name) => !seen.has(name))).toEqual([]);
  });
});

/** Whether a list or an object has entries, and one of these has some where they are lists themselves. */
function holdsSomething(value: unknown): boolean {
  const entries: readonly unknown[] = typeof value === "object" && value !== null ? Object.values(value) : [];
  return entries.some((entry) => !Array.isArray(entry) || entry.length > 0);
}
