import type { KubernetesObject, MappingEntry, MappingNode, SourceText, YamlDocument } from "../../model/document.ts";
import { LOOSE } from "../../model/document.ts";
import { isJsonObject } from "../../model/json.ts";
import { CHART_API } from "../charts/chart-sources.ts";
import { toValue } from "../yaml/value.ts";

/** The `apiVersion` of what is handed to the policy like an object and is none. */
export const PSEUDO_API = CHART_API;
/** The kind of a file that a `secretGenerator` makes a Secret from. */
export const SECRET_SOURCE_KIND = "SecretSource";
/** The kind of a file that SOPS encrypted and that holds no Kubernetes object. */
export const SOPS_FILE_KIND = "SopsFile";
/** The kind of a `.sops.yaml`. */
export const SOPS_CONFIG_KIND = "SopsConfig";

/** The kind of the CODEOWNERS file. */
export const CODE_OWNERS_KIND = "CodeOwners";
/** The kind of a file that configures this gate. */
export const GATE_CONFIG_KIND = "GateConfig";
/** The kind of the `Chart.yaml` of a chart. */
export const CHART_FILE_KIND = "HelmChartFile";

/** An object that stands for a document of a configuration file; its value names its kind as well. */
export function pseudoObject(
  source: SourceText,
  document: YamlDocument,
  kind: string,
  nextId: () => number,
): KubernetesObject {
  const value = toValue(document.root);
  return {
    id: nextId(),
    origin: { source, document, base: [] },
    value: { ...(isJsonObject(value) ? value : {}), apiVersion: PSEUDO_API, kind },
    apiVersion: PSEUDO_API,
    kind,
    name: source.uri,
    namespace: "",
    units: [LOOSE],
    partial: false,
  };
}

/** A document made of stretches of a text that is no YAML. */
export function documentOf(text: string, entries: readonly MappingEntry[]): YamlDocument {
  const root: MappingNode = { kind: "mapping", entries, start: 0, end: text.length };
  return { index: 0, root, start: 0, end: text.length };
}

/** An entry whose value is the stretch `[start, end)` of a text, as it stands there. */
export function entryOf(text: string, key: string, keyStart: number, start: number, end: number): MappingEntry {
  const value = text.slice(start, end);
  const node = { kind: "scalar", value, text: value, style: "plain", binary: false, start, end } as const;
  return { key, keyStart, keyEnd: keyStart + key.length, merged: false, value: node };
}
