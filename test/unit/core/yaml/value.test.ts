import { describe, expect, test } from "@jest/globals";
import { isJsonObject, valueAt } from "../../../../src/model/json.ts";
import { toValue } from "../../../../src/core/yaml/value.ts";
import { documentOf, valuesOf } from "./documents-of.ts";

describe("hostile keys", () => {
  test("__proto__ is an own key like any other", () => {
    const value = toValue(documentOf("__proto__: { polluted: true }\nconstructor: 1\n").root);
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(valueAt(value, ["__proto__", "polluted"])).toBe(true);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true},"constructor":1}');
  });

  test("__proto__ as a scalar and through a merge", () => {
    expect(JSON.stringify(valuesOf("a: &a\n  __proto__: x\nb:\n  <<: *a\n")[0])).toBe(
      '{"a":{"__proto__":"x"},"b":{"__proto__":"x"}}',
    );
  });

  test("names of Object.prototype are absent unless written", () => {
    const value = toValue(documentOf("a: 1\n").root);
    expect(valueAt(value, ["toString"])).toBeUndefined();
    expect(valueAt(value, ["__proto__"])).toBeUndefined();
  });
});

describe("sharing", () => {
  test("an alias is the very value of its anchor", () => {
    const value = toValue(documentOf("a: &x { k: [1, 2] }\nb: *x\n").root);
    if (!isJsonObject(value)) throw new Error("expected an object");
    expect(value["b"]).toBe(value["a"]);
    expect(value).toEqual({ a: { k: [1, 2] }, b: { k: [1, 2] } });
  });

  test("the value of a node is built once", () => {
    const { root } = documentOf("a: [1]\n");
    expect(toValue(root)).toBe(toValue(root));
  });
});
