import type { KubernetesObject, SourceText, Unit, YamlDocument } from "../../model/document.ts";
import { isJsonObject, valueAt, type DataPath, type Json, type JsonObject } from "../../model/json.ts";
import { toValue } from "../yaml/value.ts";
import { carriedObjects, isList, listItems, type Nested } from "./nested-objects.ts";

/** What the surroundings of a file say about the objects in it. */
export interface Placement {
  /** Every unit that the file is part of; at least one. */
  readonly units: readonly Unit[];
  /** Namespace for objects that name none; empty where nothing gives one. */
  readonly namespace: string;
  /** The file is a patch. */
  readonly partial: boolean;
}

/** `Placement`, and how objects get their ids. */
export interface ObjectsContext extends Placement {
  /** A new id at each call, unique in one run. */
  readonly nextId: () => number;
  /** What the root of a document is that says neither (a `kustomization.yaml` may leave both out). */
  readonly implied?: { readonly apiVersion: string; readonly kind: string } | undefined;
}

// Lists in lists and carriers in carriers exist; nobody nests them deeper than this.
const DEEPEST = 8;

/**
 * The Kubernetes objects of a file's documents, in the order of the file. `List` kinds are taken
 * apart and are no objects themselves; objects inside carriers (OpenShift `Template`, Crossplane
 * `Composition`, `ManifestWork` …) come in addition to the carrier, right after it. What has no
 * `apiVersion` and `kind` strings is no object. In patches, one that deletes (`$patch: delete`) is
 * none either; one that replaces says all there is, so it is not partial.
 */
export function objectsOf(
  source: SourceText,
  documents: readonly YamlDocument[],
  context: ObjectsContext,
): readonly KubernetesObject[] {
  const objects: KubernetesObject[] = [];
  for (const document of documents) {
    const root = {
      path: [],
      value: toValue(document.root),
      implied: context.implied ?? null,
      partial: context.partial,
    };
    collect(root, 0, (value, path, partial) => {
      objects.push(objectFrom(value, { source, document, base: path }, partial, context));
    });
  }
  return objects;
}

type Visit = (value: TypedObject, path: DataPath, partial: boolean) => void;

interface TypedObject {
  readonly value: JsonObject;
  readonly apiVersion: string;
  readonly kind: string;
}

function collect(nested: Nested, depth: number, visit: Visit): void {
  const typed = typedObject(nested);
  if (typed === null) return;
  const { value, apiVersion, kind } = typed;
  // Only in a patch is `$patch` a directive: elsewhere it must not take an object out of sight.
  if (nested.partial && value["$patch"] === "delete") return;
  const partial = nested.partial && value["$patch"] !== "replace";
  const list = isList(value, kind);
  if (!list) visit(typed, nested.path, partial);
  if (depth === DEEPEST) return;
  const inner = list ? listItems(value, apiVersion, kind) : carriedObjects(value, apiVersion, kind);
  for (const item of inner) {
    const path = [...nested.path, ...item.path];
    collect({ ...item, path, partial: item.partial || partial }, depth + 1, visit);
  }
}

function typedObject({ value, implied }: Nested): TypedObject | null {
  if (!isJsonObject(value)) return null;
  const apiVersion = value["apiVersion"] ?? implied?.apiVersion;
  const kind = value["kind"] ?? implied?.kind;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || apiVersion === "" || kind === "") return null;
  const complete = value["apiVersion"] === apiVersion && value["kind"] === kind;
  return { value: complete ? value : { ...value, apiVersion, kind }, apiVersion, kind };
}

function objectFrom(
  { value, apiVersion, kind }: TypedObject,
  origin: KubernetesObject["origin"],
  partial: boolean,
  context: ObjectsContext,
): KubernetesObject {
  const namespace = textOf(valueAt(value, ["metadata", "namespace"]));
  return {
    id: context.nextId(),
    origin,
    value,
    apiVersion,
    kind,
    // A generated name ends in `-` and so equals no name that a reference can have.
    name: textOf(valueAt(value, ["metadata", "name"])) || textOf(valueAt(value, ["metadata", "generateName"])),
    namespace: namespace === "" ? context.namespace : namespace,
    units: context.units,
    partial,
  };
}

// `name: 1234` is a mistake that the API server refuses; here it is still a name to report by.
function textOf(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === "object" ? "" : String(value);
}
