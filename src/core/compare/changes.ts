import { writtenUri } from "../charts/rendered-file.ts";
import { objectInput, type JudgedObject } from "../input/policy-input.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/** What a change did to an object. */
export interface ObjectChange {
  /** The object as it was; `null` where the change adds it. */
  readonly before: JudgedObject | null;
  /** Whether another secret stands in it, as it is or encrypted. */
  readonly content: boolean;
}

/** What a change did to each object that it touched; those that are as they were are not in it. */
export type Changes = ReadonlyMap<JudgedObject, ObjectChange>;

/**
 * Follows objects from one state of the repository to another: in the same file, whatever Git says that
 * it is called now (`renames`: base path to head path), in any other file, or under another name where all
 * else is the same. What is found nowhere was added.
 */
export function changesSince(
  base: readonly JudgedObject[],
  head: readonly JudgedObject[],
  renames: ReadonlyMap<string, string>,
): Changes {
  const was = new Map<JudgedObject, JudgedObject>();
  const free = new Set(base);
  const pair = (keyOf: (judged: JudgedObject, uri: string) => string): void => {
    const waiting = new Map<string, JudgedObject[]>();
    for (const old of free) {
      const uri = old.object.origin.source.uri;
      const key = keyOf(old, renames.get(uri) ?? uri);
      waiting.set(key, [...(waiting.get(key) ?? []), old]);
    }
    for (const now of head) {
      if (was.has(now) || waiting.size === 0) continue;
      const found = waiting.get(keyOf(now, now.object.origin.source.uri))?.shift();
      if (found === undefined) continue;
      was.set(now, found);
      free.delete(found);
    }
  };
  // What was read once for both is the same object.
  for (const now of head) {
    if (!free.has(now)) continue;
    was.set(now, now);
    free.delete(now);
  }
  pair((judged, uri) => JSON.stringify([uri, identityOf(judged)]));
  pair((judged, uri) => JSON.stringify([writtenUri(uri), identityOf(judged)]));
  pair((judged) => identityOf(judged));
  pair((judged) => JSON.stringify(contentOf(judged)));
  return new Map(
    head.flatMap((now): [JudgedObject, ObjectChange][] => {
      const before = was.get(now) ?? null;
      if (before === now) return [];
      if (before === null) return [[now, { before, content: true }]];
      const content = secretsIn(before) !== secretsIn(now);
      return content || JSON.stringify(before.redacted) !== JSON.stringify(now.redacted)
        ? [[now, { before, content }]]
        : [];
    }),
  );
}

/**
 * What the policy is told of a change to these objects: which were added, what the others were before,
 * under the ids that they have now, and in which another secret stands. Empty where none was touched.
 */
export function changeFacts(objects: readonly JudgedObject[], changes: Changes): JsonObject {
  const touched = objects.flatMap((judged) => {
    const change = changes.get(judged);
    return change === undefined ? [] : [{ id: judged.object.id, ...change }];
  });
  if (touched.length === 0) return {};
  const known = touched.flatMap(({ id, before }) => (before === null ? [] : [{ id, before }]));
  const before = known.map(({ id, before: old }) => ({ ...objectInput(old, false), id }));
  const kinds = new Map<string, number[]>();
  for (const [index, { before: old }] of known.entries())
    kinds.set(old.object.kind, [...(kinds.get(old.object.kind) ?? []), index]);
  return {
    changes: {
      added: touched.filter((each) => each.before === null).map(({ id }) => id),
      contents: touched.filter((each) => each.before !== null && each.content).map(({ id }) => id),
      before: { objects: before, kinds: Object.fromEntries(kinds) },
    },
  };
}

/** What tells an object from all others of a repository, as text. */
export function identityOf({ object: { apiVersion, kind, namespace, name } }: JudgedObject): string {
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

/** The object without what a new name changes. */
export function contentOf({ redacted, object }: JudgedObject): Json {
  if (!isJsonObject(redacted) || !isJsonObject(redacted["metadata"])) return null;
  const { name: _, namespace: __, ...metadata } = redacted["metadata"];
  return [object.apiVersion, object.kind, { ...redacted, metadata }];
}

// Where Secrets, SealedSecrets and files under SOPS hold secrets. Compared, and never kept.
function secretsIn({ object: { value } }: JudgedObject): string {
  if (!isJsonObject(value)) return "";
  const spec = isJsonObject(value["spec"]) ? value["spec"] : {};
  return JSON.stringify([value["data"], value["stringData"], spec["encryptedData"]]);
}
