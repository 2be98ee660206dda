import type { KubernetesObject, YamlDocument } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { DataPath } from "../../model/json.ts";
import { scalarAt } from "../locate/path-at.ts";

/** An object with evidence. */
export interface WithEvidence {
  readonly object: KubernetesObject;
  readonly evidence: readonly Evidence[];
}

/** An object that stands in another one: an item of a carrier, or a patch inside a kustomization. */
interface Inner {
  readonly outer: KubernetesObject;
  /** Path in the outer object of the inner one, or of the scalar whose text it is. */
  readonly path: DataPath;
  /** Whether it is text in a scalar of the outer object. */
  readonly text: boolean;
}

/** Which objects of one file stand in which: evidence is the business of the innermost one. */
export class Nesting {
  readonly #inner = new Map<KubernetesObject, Inner>();
  readonly #contents = new Map<KubernetesObject, KubernetesObject[]>();

  /** `documents` are those of the file; an object of another document is text in a scalar of one of them. */
  constructor(objects: readonly KubernetesObject[], documents: readonly YamlDocument[]) {
    const own = new Set(documents);
    const around: KubernetesObject[] = [];
    for (const object of objects) {
      const { document, base } = object.origin;
      // An object comes right before those that it holds.
      while (around.length > 0 && !holds(around.at(-1), document, base)) around.pop();
      const outer = around.at(-1);
      if (outer !== undefined) this.#note(object, { outer, path: base.slice(outer.origin.base.length), text: false });
      else if (!own.has(document)) this.#noteText(object, objects, documents);
      around.push(object);
    }
  }

  /** The innermost of `objects` that holds the path of a document, or `undefined`. */
  static holderOf(
    objects: readonly KubernetesObject[],
    document: YamlDocument,
    path: DataPath,
  ): KubernetesObject | undefined {
    let found: KubernetesObject | undefined;
    for (const object of objects) {
      if (!holds(object, document, path)) continue;
      if (found === undefined || object.origin.base.length > found.origin.base.length) found = object;
    }
    return found;
  }

  /** Whether a piece of evidence of `object` stands in an object that it holds. */
  isInside(object: KubernetesObject, { path, range }: Evidence): boolean {
    return (this.#contents.get(object) ?? []).some((inner) => {
      const place = this.#inner.get(inner);
      if (place === undefined || !startsWith(path, place.path)) return false;
      const { root } = inner.origin.document;
      return !place.text || (range.start.offset < root.end && root.start < range.end.offset);
    });
  }

  /** The evidence of an inner object as evidence of all objects around it, the next one first. */
  outwards({ object, evidence }: WithEvidence): readonly WithEvidence[] {
    const place = this.#inner.get(object);
    if (place === undefined) return [];
    const { outer, path, text } = place;
    const moved = evidence.map((each) => ({ ...each, path: text ? path : [...path, ...each.path] }));
    return [{ object: outer, evidence: moved }, ...this.outwards({ object: outer, evidence: moved })];
  }

  #noteText(object: KubernetesObject, objects: readonly KubernetesObject[], documents: readonly YamlDocument[]): void {
    const { start } = object.origin.document;
    const document = documents.find((each) => start >= each.start && start < each.end);
    const scalar = document === undefined ? null : scalarAt(document, start);
    if (document === undefined || scalar === null) return;
    const outer = Nesting.holderOf(objects, document, scalar.path);
    if (outer !== undefined)
      this.#note(object, { outer, path: scalar.path.slice(outer.origin.base.length), text: true });
  }

  #note(object: KubernetesObject, place: Inner): void {
    this.#inner.set(object, place);
    const contents = this.#contents.get(place.outer);
    if (contents === undefined) this.#contents.set(place.outer, [object]);
    else contents.push(object);
  }
}

function holds(object: KubernetesObject | undefined, document: YamlDocument, path: DataPath): boolean {
  return object !== undefined && object.origin.document === document && startsWith(path, object.origin.base);
}

function startsWith(path: DataPath, base: DataPath): boolean {
  return base.length <= path.length && base.every((step, index) => step === path[index]);
}
