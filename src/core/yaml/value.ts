import type { YamlNode } from "../../model/document.ts";
import type { Json, JsonObject } from "../../model/json.ts";

const built = new WeakMap<YamlNode, Json>();

/**
 * The JSON value of a node. The value of a node is built once and shared wherever the node is
 * used, so an alias costs nothing. Every key, `__proto__` too, becomes an own property. Recursion
 * is bounded by the nesting limit of `parseYaml`, which counts aliases as if they were written
 * out.
 */
export function toValue(node: YamlNode): Json {
  if (node.kind === "scalar") return node.value;
  const known = built.get(node);
  if (known !== undefined) return known;
  const value = node.kind === "sequence" ? node.items.map(toValue) : objectOf(node.entries);
  built.set(node, value);
  return value;
}

function objectOf(entries: readonly { key: string; value: YamlNode }[]): JsonObject {
  const object: Record<string, Json> = {};
  for (const { key, value } of entries) {
    if (key === "__proto__") {
      // Plain assignment would set the prototype instead of a property.
      Object.defineProperty(object, key, {
        value: toValue(value),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    } else {
      object[key] = toValue(value);
    }
  }
  return object;
}
