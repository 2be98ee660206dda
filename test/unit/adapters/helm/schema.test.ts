import { describe, expect, test } from "@jest/globals";
import { checkSchemas } from "../../../../src/adapters/helm/schema.ts";
import type { Json } from "../../../../src/model/json.ts";

function messages(schema: Json, values: Json): string[] {
  return checkSchemas([{ file: { path: "values.schema.json", archive: null }, schema, values }]).map(
    ({ message }) => message,
  );
}

const DRAFT_7 = "http://json-schema.org/draft-07/schema#";

describe("values that fit", () => {
  test.each<[string, Json, Json]>([
    ["no constraint", {}, { a: 1 }],
    ["true", true, { a: 1 }],
    ["an unknown format", { properties: { a: { format: "quantity" } } }, { a: "x" }],
    ["an unknown keyword", { "x-order": 3, type: "object" }, {}],
    [
      "draft 4's exclusive bounds",
      { $schema: "http://json-schema.org/draft-04/schema#", properties: { a: { minimum: 1, exclusiveMinimum: true } } },
      { a: 2 },
    ],
    [
      "draft 4's bounds that are not exclusive",
      {
        $schema: "http://json-schema.org/draft-04/schema#",
        properties: { a: { maximum: 1, exclusiveMaximum: false } },
      },
      { a: 1 },
    ],
    [
      "a draft 2019-09 schema",
      { $schema: "https://json-schema.org/draft/2019-09/schema", dependentRequired: { a: ["b"] } },
      { a: 1, b: 2 },
    ],
    ["an unknown draft", { $schema: "https://example.com/schema", type: "object" }, {}],
    [
      "an own $id",
      { $id: "https://example.com/x", $ref: "#/definitions/a", definitions: { a: { type: "object" } } },
      {},
    ],
    [
      "what a reference elsewhere describes",
      { properties: { a: { $ref: "https://example.com/x.json#/definitions/y" } } },
      { a: 1 },
    ],
    [
      "escapes that Go's expressions allow",
      { $schema: DRAFT_7, properties: { a: { pattern: "^[a-z\\-]+\\/$" } } },
      { a: "a-b/" },
    ],
    [
      "values that look like schemas",
      { properties: { a: { enum: [{ $ref: "x" }], default: { id: "y" } } } },
      { a: { $ref: "x" } },
    ],
  ])("%s", (_name, schema, values) => {
    expect(messages(schema, values)).toEqual([]);
  });
});

describe("values that don't fit", () => {
  const prefix = "the values don't fit the schema: ";
  test.each<[string, Json, Json, string]>([
    ["type", { properties: { a: { type: "integer" } } }, { a: "C4N4RY" }, `${prefix}at a, the type is not integer`],
    ["missing", { properties: { a: { required: ["b"] } } }, { a: {} }, `${prefix}at a, b is missing`],
    ["missing at the top", { required: ["b"] }, {}, `${prefix}at the top, b is missing`],
    [
      "enumeration",
      { properties: { a: { enum: ["x"] } } },
      { a: "C4N4RY" },
      `${prefix}at a, the value is none of those allowed`,
    ],
    ["unknown key", { additionalProperties: false }, { C4N4RY: 1 }, `${prefix}at the top, a key is not known`],
    [
      "pattern",
      { properties: { "a/b": { pattern: "^x$" } } },
      { "a/b": "C4N4RY" },
      `${prefix}at a/b, the value breaks pattern`,
    ],
    [
      "exclusive bound of draft 4",
      { $schema: "http://json-schema.org/draft-04/schema#", properties: { a: { minimum: 1, exclusiveMinimum: true } } },
      { a: 1 },
      `${prefix}at a, the value breaks exclusiveMinimum`,
    ],
    ["nothing allowed", false, {}, `${prefix}at the top, no value is allowed`],
    [
      "a draft 2019-09 schema",
      { $schema: "https://json-schema.org/draft/2019-09/schema", dependentRequired: { a: ["b"] } },
      { a: 1 },
      `${prefix}at the top, the value breaks dependentRequired`,
    ],
  ])("%s", (_name, schema, values, message) => {
    expect(messages(schema, values)).toEqual([message]);
    expect(message).not.toContain("C4N4RY");
  });
});

describe("schemas that can't be used", () => {
  const deep = (depth: number): Json => (depth === 0 ? {} : { not: deep(depth - 1) });
  test.each<[string, Json]>([
    ["text", "x"],
    ["a list", []],
    ["a type that does not exist", { type: "C4N4RY" }],
    ["a reference to nothing", { $ref: "#/definitions/none" }],
    ["an expression that does not parse", { pattern: "(" }],
    ["endless nesting", deep(1000)],
  ])("%s", (_name, schema) => {
    const [message] = messages(schema, {});
    expect(message).toMatch(/^the schema (?:is not JSON|can't be used)/);
    expect(message).not.toContain("C4N4RY");
  });
});

test("a schema is compiled once, and answers for each of its values", () => {
  const schema = { required: ["a"] };
  expect(
    [messages(schema, { a: 1 }), messages(schema, {}), messages({ ...schema }, { a: 2 })].map(({ length }) => length),
  ).toEqual([0, 1, 0]);
});
