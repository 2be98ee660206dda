import type { MappingNode, ScalarNode, SourceText, YamlDocument, YamlNode } from "../../model/document.ts";
import { lineIndex, type LineIndex } from "../yaml/lines.ts";

/** A `kustomization.yaml` as it was read. */
export interface KustomizationSource {
  readonly source: SourceText;
  readonly documents: readonly YamlDocument[];
}

/**
 * What a reference is for: `resource` names objects or another kustomization, `patch` a patch,
 * `component` a component, `setting` a file that configures kustomize itself, `content` a file that
 * a generator reads.
 */
export type ReferenceRole = "resource" | "component" | "patch" | "setting" | "content";

/** A path that a kustomization names. */
export interface KustomizationReference {
  readonly role: ReferenceRole;
  readonly path: string;
  readonly node: ScalarNode;
}

/** A kustomization, read. */
export interface Kustomization {
  readonly source: SourceText;
  readonly document: YamlDocument;
  /** Of the source's text. */
  readonly lines: LineIndex;
  /** Its `namespace`; empty where it sets none. */
  readonly namespace: string;
  readonly references: readonly KustomizationReference[];
  /** Patches that are written in place. */
  readonly inlinePatches: readonly ScalarNode[];
}

/** What kustomize takes a file to be that says neither (kustomize API, `FixKustomizationPostUnmarshal`). */
export const IMPLIED_KUSTOMIZATION = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" } as const;

/** The names under which kustomize looks for a kustomization in a folder, in its order. */
export const KUSTOMIZATION_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/** Whether a file of this name is a kustomization, if its content says so as well. */
export function isKustomizationName(uri: string): boolean {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  return KUSTOMIZATION_NAMES.some((known) => known === name);
}

/**
 * Reads a kustomization, or `null` where the file is none: Flux has a kind of the same name, and its
 * objects often lie in files of that name.
 */
export function readKustomization({ source, documents }: KustomizationSource): Kustomization | null {
  const document = documents.find(({ root }) => root.kind === "mapping");
  if (document === undefined || document.root.kind !== "mapping") return null;
  const { root } = document;
  const apiVersion = scalarText(field(root, "apiVersion"));
  const kind = scalarText(field(root, "kind"));
  if (apiVersion !== "" && !apiVersion.startsWith("kustomize.config.k8s.io/")) return null;
  if (kind !== "" && kind !== "Kustomization" && kind !== "Component") return null;
  const patches = readPatches(root);
  return {
    source,
    document,
    lines: lineIndex(source.text),
    namespace: scalarText(field(root, "namespace")),
    references: [
      ...pathsIn(root, "resources", "resource"),
      ...pathsIn(root, "bases", "resource"),
      ...pathsIn(root, "components", "component"),
      ...patches.references,
      ...["crds", "configurations", "generators", "transformers", "validators"].flatMap((key) =>
        pathsIn(root, key, "setting"),
      ),
      ...itemsOf(root, "replacements").flatMap((item) => pathOf(field(item, "path"), "setting")),
      ...pathOf(field(field(root, "openapi"), "path"), "setting"),
      ...["secretGenerator", "configMapGenerator"].flatMap((key) => itemsOf(root, key).flatMap(contentOf)),
    ],
    inlinePatches: patches.inline,
  };
}

function readPatches(root: MappingNode): { references: KustomizationReference[]; inline: ScalarNode[] } {
  const references: KustomizationReference[] = [];
  const inline: ScalarNode[] = [];
  for (const key of ["patches", "patchesJson6902"]) {
    for (const item of itemsOf(root, key)) {
      // Before `patches` took over, it was a list of paths.
      references.push(...pathOf(item, "patch"), ...pathOf(field(item, "path"), "patch"));
      const patch = field(item, "patch");
      if (patch?.kind === "scalar") inline.push(patch);
    }
  }
  for (const item of itemsOf(root, "patchesStrategicMerge")) {
    if (item.kind !== "scalar") continue;
    if (isInline(item)) inline.push(item);
    else references.push(...pathOf(item, "patch"));
  }
  return { references, inline };
}

function pathsIn(root: MappingNode, key: string, role: ReferenceRole): KustomizationReference[] {
  return itemsOf(root, key).flatMap((item) => pathOf(item, role));
}

// `files` entries may be `key=path`; `envs` and the older `env` name files of their own.
function contentOf(generator: YamlNode): KustomizationReference[] {
  const entries = [...itemsOf(generator, "files"), ...itemsOf(generator, "envs"), field(generator, "env")];
  return entries
    .flatMap((entry) => pathOf(entry, "content"))
    .map((reference) => ({
      ...reference,
      path: reference.path.slice(reference.path.indexOf("=") + 1),
    }));
}

function pathOf(node: YamlNode | undefined, role: ReferenceRole): KustomizationReference[] {
  if (node?.kind !== "scalar" || node.text === "" || isInline(node)) return [];
  return [{ role, path: node.text, node }];
}

// Several fields take a path or the YAML text itself; a text has lines or a mapping in it.
function isInline(node: ScalarNode): boolean {
  return node.text.includes("\n") || /^\s*[{[]|:\s/.test(node.text);
}

function itemsOf(node: YamlNode | undefined, key: string): readonly YamlNode[] {
  const value = field(node, key);
  return value?.kind === "sequence" ? value.items : [];
}

function field(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === "mapping" ? node.entries.find((entry) => entry.key === key)?.value : undefined;
}

function scalarText(node: YamlNode | undefined): string {
  return node?.kind === "scalar" && node.value !== null ? node.text : "";
}
