import type { KubernetesObject, MappingEntry, MappingNode, ScalarNode, YamlNode } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { DataPath } from "../../model/json.ts";
import { rangeWithin } from "../locate/within.ts";
import type { LineIndex } from "../yaml/lines.ts";
import { decodeBase64Text } from "./base64.ts";
import { seeKnownPlaces } from "./known-places.ts";
import { settingsOf, type EvidenceOptions } from "./options.ts";
import { Sink, type Place } from "./sink.ts";
import { walkObject } from "./walk.ts";

export type { EvidenceOptions } from "./options.ts";

/**
 * All evidence in one object: every scalar is looked at once, under its key, as the value of a
 * `{name, value}` item, as an argument, as an entry of a Secret or ConfigMap, as text that holds
 * further values. Every entry of a Secret gives evidence, whatever its class, since a rule needs it;
 * elsewhere only what may be a secret does. `lines` is the index of the object's file.
 */
export function collectEvidence(
  object: KubernetesObject,
  lines: LineIndex,
  options: EvidenceOptions,
  nextId: () => number,
): readonly Evidence[] {
  const { source, document, base } = object.origin;
  const root = nodeAt(document.root, base);
  if (root === null || root.kind !== "mapping") return [];
  const sink = new Sink(settingsOf(options), source.uri, usesVaultPlugin(root), nextId);
  const place: Place = {
    path: [],
    nested: false,
    depth: 0,
    usernames: [],
    config: false,
    rangeOf: (node, start, end) => rangeWithin(source.text, node, start, end, lines),
  };
  seeKnownPlaces(sink, object, root, place);
  walkObject(sink, root, place);
  return sink.evidence;
}

/** The node at `path` below `root`, or `null` where the path leaves the tree. */
export function nodeAt(root: YamlNode, path: DataPath): YamlNode | null {
  let node: YamlNode = root;
  for (const step of path) {
    const next: YamlNode | undefined =
      typeof step === "number"
        ? node.kind === "sequence"
          ? node.items[step]
          : undefined
        : node.kind === "mapping"
          ? node.entries.find(({ key }) => key === step)?.value
          : undefined;
    if (next === undefined) return null;
    node = next;
  }
  return node;
}

/** An entry of a Secret's `data`, decoded. */
export interface DecodedEntry {
  /** Path in the object. */
  readonly path: DataPath;
  readonly node: ScalarNode;
  readonly text: string;
}

/** The entries of a Secret's `data` that are text once decoded, for token detectors. */
export function decodedEntries(object: KubernetesObject): readonly DecodedEntry[] {
  const root = nodeAt(object.origin.document.root, object.origin.base);
  if (root?.kind !== "mapping" || object.kind !== "Secret") return [];
  const data = entryOf(root, "data")?.value;
  if (data?.kind !== "mapping") return [];
  return data.entries.flatMap(({ key, value }) => {
    if (value.kind !== "scalar") return [];
    const text = decodeBase64Text(value.text);
    return text === null ? [] : [{ path: ["data", key], node: value, text }];
  });
}

function entryOf(node: MappingNode, key: string): MappingEntry | undefined {
  return node.entries.find((entry) => entry.key === key);
}

// Argo CD Vault Plugin replaces `<key>` in objects that name a path, unless they say not to.
function usesVaultPlugin(root: MappingNode): boolean {
  const annotations = nodeAt(root, ["metadata", "annotations"]);
  if (annotations?.kind !== "mapping") return false;
  const textAt = (key: string) => {
    const node = entryOf(annotations, key)?.value;
    return node?.kind === "scalar" ? node.text : null;
  };
  return textAt("avp.kubernetes.io/path") !== null && textAt("avp.kubernetes.io/ignore") !== "true";
}
