import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Json } from "../../../../src/model/json.ts";
import { configSchema } from "../../../../src/core/config/schema.ts";
import { valueAt } from "../../../../src/model/json.ts";
import { EXAMPLE_RULES, exampleRule } from "./example-rules.ts";

const schema = configSchema(EXAMPLE_RULES);

function objectSchemas(node: unknown): readonly Record<string, unknown>[] {
  if (typeof node !== "object" || node === null) return [];
  const own =
    "properties" in node && typeof node.properties === "object" && "additionalProperties" in node
      ? [node as Record<string, unknown>]
      : [];
  const open =
    "properties" in node && !("additionalProperties" in node) && "type" in node
      ? [node as Record<string, unknown>]
      : [];
  return [...own, ...open, ...Object.values(node).flatMap(objectSchemas)];
}

describe("the schema", () => {
  test("is valid draft-07, with nothing that ajv's strict mode finds odd", () => {
    const ajv = new Ajv({
      strict: true,
      strictTypes: true,
      strictRequired: true,
      allowUnionTypes: true,
      formats: { "date-time": fullFormats["date-time"] },
    });
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(typeof ajv.compile(schema)).toBe("function");
  });

  test("names every rule, variant and former name, each with a description", () => {
    const properties = valueAt(schema, ["properties", "rules", "properties"]) as Record<
      string,
      { description: string }
    >;
    expect(Object.keys(properties)).toEqual([
      "rbac/wildcard-grant",
      "rbac/wildcard-grant/verbs",
      "rbac/wildcard-grant/resources",
      "rbac/star-grant",
      "rbac/star-grant/verbs",
      "rbac/star-grant/resources",
      "rotation/no-schedule",
      "rotation/no-schedule/undeclared",
      "secrets/private-key",
      "secrets/private-key/key",
    ]);
    for (const { description } of Object.values(properties)) expect(description).toMatch(/\w/);
  });

  test("says of a variant in which profiles it is on", () => {
    const variants = { key: { severity: "low", message: "a key", profiles: ["agents"] } } as const;
    const own = configSchema([exampleRule({ id: "secrets/key", variants })]);
    expect(valueAt(own, ["properties", "rules", "properties", "secrets/key/key", "description"])).toBe(
      "low (only in profile strict, agents): a key",
    );
  });

  test("closes every object that lists its properties", () => {
    const objects = objectSchemas(schema);
    expect(objects.length).toBeGreaterThan(5);
    for (const object of objects) expect(object["additionalProperties"]).toBe(false);
  });

  test("types parameters by their metadata", () => {
    const path = [
      "properties",
      "rules",
      "properties",
      "rbac/wildcard-grant",
      "anyOf",
      1,
      "properties",
      "params",
      "properties",
    ];
    expect(valueAt(schema, path)).toMatchObject({
      allowedRoles: { type: "array", default: [], description: "Roles that may." },
      ownGroups: { type: "array", items: { type: "string" } },
      maxNames: { type: "number", default: 10 },
      strict: { type: "boolean" },
      mode: { enum: ["auto", "manual"] },
      generatorTtl: { type: "object", additionalProperties: { type: "string" } },
    });
  });

  test("does not depend on the order of the rules", () => {
    expect(JSON.stringify(configSchema(EXAMPLE_RULES.toReversed()))).toBe(JSON.stringify(schema));
  });

  test("holds defaults that fit it", () => {
    const ajv = new Ajv({ allowUnionTypes: true, formats: { "date-time": true } });
    for (const key of ["profile", "paths", "exclude"]) {
      const property = valueAt(schema, ["properties", key]) as { default: Json };
      expect(ajv.validate(property, property.default)).toBe(true);
    }
  });
});
