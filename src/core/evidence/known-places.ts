import type { KubernetesObject, MappingNode } from "../../model/document.ts";
import { PSEUDO_API, SECRET_SOURCE_KIND } from "../input/pseudo-objects.ts";
import { seeGeneratorLiterals } from "./generator-literals.ts";
import { seeLiteralFields } from "./literal-fields.ts";
import { seeUnsealedValues } from "./sealed-values.ts";
import type { Place, Sink } from "./sink.ts";
import { walkObject } from "./walk.ts";
import { walkSecret } from "./walk-secret.ts";

/**
 * Looks at the places of an object of which more is known than the names of fields tell: fields for
 * literals next to those for references, literals of generators, ciphertext. To be called before the
 * object is walked, since the first who sees a place has told of it.
 */
export function seeKnownPlaces(
  sink: Sink,
  { apiVersion, kind }: KubernetesObject,
  root: MappingNode,
  place: Place,
): void {
  seeLiteralFields(sink, root, place, sink.settings.literalFields);
  if (apiVersion.startsWith("kustomize.config.k8s.io/")) seeGeneratorLiterals(sink, root, place);
  if (kind === "SealedSecret" && apiVersion.startsWith("bitnami.com/")) seeUnsealedValues(sink, root, place);
  if (kind === SECRET_SOURCE_KIND && apiVersion === PSEUDO_API) {
    const entries = { key: "stringData", keyStart: root.start, keyEnd: root.start, merged: false, value: root };
    walkSecret(sink, entries, place, walkObject);
  }
}
