import type { YamlNode } from "../../model/document.ts";
import { describeName, type NamePatterns } from "./names.ts";
import type { NestedText } from "./nested.ts";

/** A value and the name that announces it. */
export interface NamedValue {
  readonly keyName: string;
  readonly value: string;
}

/** Most values that are taken from one text. */
const MOST_VALUES = 2000;

/** The values in a text that stand under a sensitive name, where nothing needs to know their place. */
export function nestedValues(nested: NestedText, patterns: NamePatterns): readonly NamedValue[] {
  if (nested.kind === "none") return [];
  if (nested.kind === "entries") return nested.entries;
  const values: NamedValue[] = [];
  for (const { root } of nested.documents) takeValues(root, patterns, values);
  return values;
}

function takeValues(node: YamlNode, patterns: NamePatterns, values: NamedValue[]): void {
  if (values.length >= MOST_VALUES || node.kind === "scalar") return;
  if (node.kind === "sequence") {
    for (const item of node.items) takeValues(item, patterns, values);
    return;
  }
  const name = node.entries.find(({ key }) => key === "name" || key === "key")?.value;
  for (const { key, value } of node.entries) {
    if (value.kind !== "scalar") takeValues(value, patterns, values);
    else {
      const keyName = key === "value" && name?.kind === "scalar" ? name.text : key;
      if (value.value !== null && describeName(keyName, patterns).class === "sensitive")
        values.push({ keyName, value: value.text });
    }
  }
}
