import { LOOSE, type SourceText, type Unit, type Unreadable, type YamlDocument } from "../../model/document.ts";
import type { Position } from "../../model/position.ts";
import {
  isKustomizationName,
  KUSTOMIZATION_NAMES,
  readKustomization,
  type Kustomization,
  type KustomizationReference,
  type KustomizationSource,
} from "./kustomization.ts";
import { closuresOf, type Closures, type GraphNode } from "./kustomize-closures.ts";
import { nestedDocuments } from "./nested-document.ts";
import type { Placement } from "./objects.ts";
import { folderOf, inFolder, resolveReference } from "./reference-path.ts";

/** Patches that stand in a kustomization; their offsets are those of the kustomization's text. */
export interface InlinePatch {
  readonly source: SourceText;
  readonly documents: readonly YamlDocument[];
  readonly placement: Placement;
}

/** What the kustomizations of a set of files say about the others. */
export interface KustomizePlan {
  /** References that leave the root, inline patches that cannot be read, limits that were passed. */
  readonly errors: readonly Unreadable[];
  /** Files that are named as objects or patches: candidates whatever they are called. */
  readonly candidates: ReadonlySet<string>;
  /** Files that generators read: searched for tokens whatever they are called. */
  readonly texts: ReadonlySet<string>;
  /** Paths inside the root that are named and are not in the set; files or folders, sorted. */
  readonly missing: readonly string[];
  /** Uris of the files that are kustomizations. */
  readonly kustomizations: ReadonlySet<string>;
  readonly inlinePatches: readonly InlinePatch[];
  /** Units, namespace and partiality for the objects of a file. */
  placementOf(uri: string): Placement;
}

/**
 * Works out the units: each kustomization that no other one names, with all that it reaches, is
 * `kustomization:<folder>`. A file that several reach belongs to several units; a file that none
 * reaches is `loose`. A file is partial where kustomizations name it as a patch only.
 *
 * The outermost `namespace` on the way to a file counts, as in `kustomize build`, where each layer's
 * transformer runs after those below it. `namespace` is given where all ways to a file agree.
 *
 * @param sources the files for which `isKustomizationName` holds, parsed
 * @param exists whether a root-relative path is a file of the set
 */
export function planKustomizations(
  sources: readonly KustomizationSource[],
  exists: (uri: string) => boolean,
): KustomizePlan {
  const read = new Map<string, Kustomization>();
  for (const file of sources) {
    const kustomization = isKustomizationName(file.source.uri) ? readKustomization(file) : null;
    if (kustomization !== null) read.set(file.source.uri, kustomization);
  }
  const errors: Unreadable[] = [];
  const found: Found = { candidates: new Set(), resources: new Set(), texts: new Set(), missing: new Set() };
  const graph = new Map<string, GraphNode>();
  for (const [uri, kustomization] of read) graph.set(uri, nodeOf(kustomization, read, exists, found, errors));
  const closures = closuresOf(graph);
  errors.push(...closures.errors);
  const placementOf = (uri: string): Placement => placement(uri, closures, found);
  const inlinePatches = [...read.values()].flatMap(({ source, document, lines, inlinePatches: patches }) =>
    patches.map((node) => {
      const nested = nestedDocuments(source, document, node, lines);
      errors.push(...nested.errors);
      return { source, documents: nested.documents, placement: { ...placementOf(source.uri), partial: true } };
    }),
  );
  return {
    errors,
    candidates: found.candidates,
    texts: found.texts,
    missing: [...found.missing].sort(),
    kustomizations: new Set(read.keys()),
    inlinePatches,
    placementOf,
  };
}

interface Found {
  readonly candidates: Set<string>;
  /** Candidates that are named as more than a patch. */
  readonly resources: Set<string>;
  readonly texts: Set<string>;
  readonly missing: Set<string>;
}

function placement(uri: string, closures: Closures, found: Found): Placement {
  const units: readonly Unit[] = closures.unitsOf(uri);
  const partial = found.candidates.has(uri) && !found.resources.has(uri);
  return units.length === 0
    ? { units: [LOOSE], namespace: "", partial }
    : { units, namespace: closures.namespaceOf(uri), partial };
}

function nodeOf(
  kustomization: Kustomization,
  known: ReadonlyMap<string, Kustomization>,
  exists: (uri: string) => boolean,
  found: Found,
  errors: Unreadable[],
): GraphNode {
  const { source, lines, references, namespace } = kustomization;
  const children = new Set<string>();
  const files = new Set<string>();
  const components: string[] = [];
  for (const reference of references) {
    const target = resolveReference(folderOf(source.uri), reference.path);
    if (target.kind === "outside") errors.push(leavesRoot(source, lines.positionAt(reference.node.start)));
    if (target.kind !== "inside") continue;
    const child = KUSTOMIZATION_NAMES.map((name) => inFolder(target.uri, name)).find((uri) => known.has(uri));
    if (child !== undefined && reference.role !== "content") {
      children.add(child);
      if (reference.role === "component") components.push(child);
    } else if (exists(target.uri)) {
      note(target.uri, reference.role, found);
      files.add(target.uri);
    } else {
      found.missing.add(target.uri === "" ? "." : target.uri);
    }
  }
  // Components work on the objects of the one that names them, before that one's own transformers.
  const inherited = components.map((uri) => known.get(uri)?.namespace ?? "").findLast((name) => name !== "");
  return { namespace: namespace === "" ? (inherited ?? "") : namespace, children: [...children], files: [...files] };
}

function note(uri: string, role: KustomizationReference["role"], found: Found): void {
  switch (role) {
    case "content":
      found.texts.add(uri);
      break;
    case "patch":
      found.candidates.add(uri);
      break;
    case "resource":
    case "component":
    case "setting":
      found.candidates.add(uri);
      found.resources.add(uri);
      break;
  }
}

function leavesRoot(source: SourceText, at: Position): Unreadable {
  return {
    uri: source.uri,
    reason: "outside-root",
    message: "The kustomization names a path outside of the repository; it was not followed.",
    at,
  };
}
