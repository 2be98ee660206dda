import type { KubernetesObject, SourceText, YamlDocument, YamlNode } from "../../model/document.ts";
import { readKustomization, type KustomizationSource } from "./kustomization.ts";
import { lineSettings } from "./line-settings.ts";
import { documentOf, entryOf, pseudoObject, SECRET_SOURCE_KIND } from "./pseudo-objects.ts";
import { folderOf, resolveReference } from "./reference-path.ts";

/** How a `secretGenerator` uses a file. */
export interface GeneratorUse {
  /** The kustomization that names it. */
  readonly kustomization: string;
  /** The entry that its content becomes; `null` where each of its lines becomes one (`envs`). */
  readonly key: string | null;
}

/** The files that the secret generators of kustomizations name, by their paths relative to the root. */
export function generatorFiles(sources: readonly KustomizationSource[]): ReadonlyMap<string, GeneratorUse> {
  const uses = new Map<string, GeneratorUse>();
  for (const file of sources) {
    const kustomization = readKustomization(file);
    if (kustomization === null) continue;
    const { uri } = file.source;
    for (const generator of itemsOf(kustomization.document.root, "secretGenerator")) {
      for (const { path, key } of filesOf(generator)) {
        const target = resolveReference(folderOf(uri), path);
        if (target.kind === "inside" && !uses.has(target.uri)) uses.set(target.uri, { kustomization: uri, key });
      }
    }
  }
  return uses;
}

function filesOf(generator: YamlNode): readonly { path: string; key: string | null }[] {
  const envs = [...textsOf(generator, "envs"), ...textsOf(generator, "env")].map((path) => ({ path, key: null }));
  const files = textsOf(generator, "files").map((entry) => {
    const split = entry.indexOf("=");
    const path = entry.slice(split + 1);
    return { path, key: split > 0 ? entry.slice(0, split) : path.slice(path.lastIndexOf("/") + 1) };
  });
  return [...envs, ...files];
}

/** The document and object that stand for such a file: its entries are those of the Secret. */
export function secretSource(
  source: SourceText,
  { kustomization, key }: GeneratorUse,
  nextId: () => number,
): { document: YamlDocument; object: KubernetesObject } {
  const { text } = source;
  const entries = key === null ? lineSettings(text) : [entryOf(text, key, 0, 0, text.length)];
  const document = documentOf(text, entries);
  return { document, object: { ...pseudoObject(source, document, SECRET_SOURCE_KIND, nextId), name: kustomization } };
}

function textsOf(node: YamlNode, key: string): readonly string[] {
  const value = childOf(node, key);
  const items = value?.kind === "sequence" ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item) => (item.kind === "scalar" && item.text !== "" ? [item.text] : []));
}

function itemsOf(node: YamlNode, key: string): readonly YamlNode[] {
  const value = childOf(node, key);
  return value?.kind === "sequence" ? value.items : [];
}

function childOf(node: YamlNode, key: string): YamlNode | undefined {
  return node.kind === "mapping" ? node.entries.find((entry) => entry.key === key)?.value : undefined;
}
