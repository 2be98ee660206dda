import type { MappingEntry, MappingNode, ScalarNode, YamlNode } from "../../model/document.ts";
import { textAt } from "./place.ts";

/** A value with the name that something near it gives it. */
export interface NamedEntry {
  readonly name: string;
  readonly entry: MappingEntry;
  readonly value: ScalarNode;
}

/**
 * The value of a patch operation (RFC 6902: `{op, path, value}`) under the name that its path ends in, or
 * of a replacement of kustomize (`{sourceValue, targets}`) under the name of the first field that it
 * fills, or of a parameter of an Argo CD plugin (`{name, string}`). `null` where the mapping is none of
 * these, or the path names nothing.
 */
export function patchedValue(node: MappingNode): NamedEntry | null {
  const operation = textAt(node, "op");
  const pointer = textAt(node, "path");
  if (operation !== null && pointer !== null) return named(node, "value", lastOfPointer(pointer));
  const parameter = textAt(node, "name");
  if (parameter !== null && parameter !== "" && childOf(node, "string") !== undefined)
    return named(node, "string", parameter);
  const targets = childOf(node, "targets");
  return targets === undefined ? null : named(node, "sourceValue", lastOfField(firstField(targets)));
}

function named(node: MappingNode, key: string, name: string | null): NamedEntry | null {
  const entry = node.entries.find((each) => each.key === key);
  return entry === undefined || entry.value.kind !== "scalar" || name === null
    ? null
    : { name, entry, value: entry.value };
}

// The last token of a JSON pointer (RFC 6901) that is a name; what is called `value` has its name elsewhere.
function lastOfPointer(pointer: string): string | null {
  const names = pointer
    .split("/")
    .slice(1)
    .filter((token) => !/^(?:-|\d+)$/.test(token));
  const last = names.at(-1)?.replaceAll("~1", "/").replaceAll("~0", "~");
  return last === undefined || last === "" || last === "value" ? null : last;
}

// `spec.values.auth.password`, `spec.containers.[name=web].image`.
function lastOfField(field: string | null): string | null {
  const last = /([^.[\]=]+)\]?$/.exec((field ?? "").slice(-256))?.[1];
  return last === undefined || last === "value" ? null : last;
}

function firstField(targets: YamlNode): string | null {
  const target = targets.kind === "sequence" ? targets.items[0] : undefined;
  const fields = target?.kind === "mapping" ? childOf(target, "fieldPaths") : undefined;
  const first = fields?.kind === "sequence" ? fields.items[0] : undefined;
  return first?.kind === "scalar" ? first.text : null;
}

function childOf(node: MappingNode, key: string): YamlNode | undefined {
  return node.entries.find((entry) => entry.key === key)?.value;
}
