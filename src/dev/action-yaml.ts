import { load } from "js-yaml";

interface ActionYaml {
  inputs?: Record<string, { description?: string; default?: string }>;
  outputs?: Record<string, { description?: string }>;
}

/** Rows of tables for the inputs and outputs that `action.yml` declares. */
export function parse(text: string): { inputs: readonly string[][]; outputs: readonly string[][] } {
  const action = load(text) as ActionYaml;
  return {
    inputs: Object.entries(action.inputs ?? {}).map(([name, { description, default: value }]) => [
      `\`${name}\``,
      value === undefined || value === "" ? "" : `\`${value}\``,
      (description ?? "").trim(),
    ]),
    outputs: Object.entries(action.outputs ?? {}).map(([name, { description }]) => [
      `\`${name}\``,
      (description ?? "").trim(),
    ]),
  };
}
