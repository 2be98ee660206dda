import type { Unit, Unreadable } from "../../model/document.ts";
import { folderOf } from "./reference-path.ts";

/** A kustomization in the graph; `children` are kustomizations, `files` are not. */
export interface GraphNode {
  /** Empty where it sets none. */
  readonly namespace: string;
  readonly children: readonly string[];
  readonly files: readonly string[];
}

/** Which units reach a file, and what namespace they give it. */
export interface Closures {
  readonly errors: readonly Unreadable[];
  /** Sorted; empty where no kustomization reaches the file. */
  unitsOf(uri: string): readonly Unit[];
  /** The one namespace that all ways to the file give; else empty. */
  namespaceOf(uri: string): string;
}

// Closures share files, so their sizes can add up to the square of the number of files.
const MOST_MEMBERSHIPS = 1_000_000;

interface Reached {
  readonly units: Set<Unit>;
  namespace: string;
  agreed: boolean;
}

/** Walks from each kustomization that no other one names; a cycle starts at its first in order. */
export function closuresOf(graph: ReadonlyMap<string, GraphNode>): Closures {
  const reached = new Map<string, Reached>();
  const errors: Unreadable[] = [];
  const budget = { left: MOST_MEMBERSHIPS };
  const named = new Set([...graph].flatMap(([uri, { children }]) => children.filter((child) => child !== uri)));
  const uris = [...graph.keys()].sort();
  const start = (uri: string): void => {
    if (!walk(uri, graph, reached, budget)) errors.push(tooMany(uri));
  };
  for (const uri of uris) if (!named.has(uri)) start(uri);
  for (const uri of uris) if (!reached.has(uri)) start(uri);
  const sorted = new Map<string, readonly Unit[]>();
  const unitsOf = (uri: string): readonly Unit[] => {
    const units = sorted.get(uri) ?? [...(reached.get(uri)?.units ?? [])].sort();
    sorted.set(uri, units);
    return units;
  };
  const namespaceOf = (uri: string): string => {
    const entry = reached.get(uri);
    return entry?.agreed === true ? entry.namespace : "";
  };
  return { errors, unitsOf, namespaceOf };
}

// Returns whether the budget lasted. One kustomization is walked once for each namespace it gets.
function walk(
  root: string,
  graph: ReadonlyMap<string, GraphNode>,
  reached: Map<string, Reached>,
  budget: { left: number },
): boolean {
  const unit: Unit = `kustomization:${folderOf(root) || "."}`;
  const seen = new Set<string>();
  const pending: { uri: string; namespace: string }[] = [{ uri: root, namespace: "" }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const node = graph.get(next.uri);
    const namespace = next.namespace || (node?.namespace ?? "");
    const key = `${namespace}\n${next.uri}`;
    if (node === undefined || seen.has(key)) continue;
    seen.add(key);
    for (const uri of [next.uri, ...node.files]) {
      if (budget.left === 0) return false;
      budget.left -= 1;
      reach(uri, unit, namespace, reached);
    }
    budget.left = Math.max(0, budget.left - node.children.length);
    for (const child of node.children) pending.push({ uri: child, namespace });
  }
  return true;
}

function reach(uri: string, unit: Unit, namespace: string, reached: Map<string, Reached>): void {
  const entry = reached.get(uri);
  if (entry === undefined) {
    reached.set(uri, { units: new Set([unit]), namespace, agreed: true });
    return;
  }
  entry.units.add(unit);
  if (entry.namespace !== namespace) entry.agreed = false;
}

function tooMany(uri: string): Unreadable {
  return {
    uri,
    reason: "limit-exceeded",
    message: "The kustomizations of this repository reach too many files in all.",
    at: null,
  };
}
