import type { KubernetesObject, ScalarNode, YamlDocument } from "../../model/document.ts";
import type { DataPath } from "../../model/json.ts";
import type { Range } from "../../model/position.ts";
import { scalarAt, type ScalarAt } from "../locate/path-at.ts";
import { Nesting } from "./innermost.ts";
import { isEncrypted } from "./public-values.ts";

/** A scalar of an object. */
export interface PlaceInObject {
  readonly object: KubernetesObject;
  readonly path: DataPath;
}

/**
 * The innermost object and the path in it that a range stands in; `null` in comments and outside of
 * objects, `encrypted` in ciphertext. `documents` are those of the file.
 */
export function placeInObjects(
  range: Range,
  documents: readonly YamlDocument[],
  objects: readonly KubernetesObject[],
): PlaceInObject | "encrypted" | null {
  const { offset } = range.start;
  const document = documents.find(({ start, end }) => offset >= start && offset < end);
  const scalar = document === undefined ? null : scalarAt(document, offset);
  if (document === undefined || scalar === null) return null;
  return placeInText(offset, document, scalar.node, objects) ?? placeAt(document, scalar, objects);
}

// The documents of patches lie in the scalars of a kustomization.
function placeInText(
  offset: number,
  outer: YamlDocument,
  { start, end }: ScalarNode,
  objects: readonly KubernetesObject[],
): PlaceInObject | "encrypted" | null {
  for (const { origin } of objects) {
    const { document } = origin;
    if (document === outer || document.start < start || document.end > end) continue;
    const scalar = scalarAt(document, offset);
    // Where the text cannot be traced to its source, every scalar seems to be all of it.
    if (scalar === null || (scalar.node.start === start && scalar.node.end === end)) continue;
    const place = placeAt(document, scalar, objects);
    if (place !== null) return place;
  }
  return null;
}

function placeAt(
  document: YamlDocument,
  scalar: ScalarAt,
  objects: readonly KubernetesObject[],
): PlaceInObject | "encrypted" | null {
  if (isEncrypted(scalar.node.text.trim())) return "encrypted";
  const object = Nesting.holderOf(objects, document, scalar.path);
  if (object === undefined) return null;
  const path = scalar.path.slice(object.origin.base.length);
  const ciphertext =
    object.kind === "SealedSecret" && path[0] === "spec" && (path[1] === "encryptedData" || path[1] === "data");
  return ciphertext && !scalar.isKey ? "encrypted" : { object, path };
}
