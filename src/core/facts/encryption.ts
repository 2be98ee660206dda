import type { KubernetesObject } from "../../model/document.ts";
import { isJsonArray, isJsonObject, valueAt, type Json } from "../../model/json.ts";
import { PSEUDO_API, SOPS_CONFIG_KIND, SOPS_FILE_KIND } from "../input/pseudo-objects.ts";
import { folderOf } from "../input/reference-path.ts";
import { isEncryptedValue } from "../input/sops-files.ts";
import { hasManifestExtension } from "../input/text-kinds.ts";
import { writtenUri } from "../charts/rendered-file.ts";

/** A file with the objects in it. */
export interface EncryptionSource {
  readonly uri: string;
  readonly objects: readonly KubernetesObject[];
}

/** Most files that are told of for one `.sops.yaml`. */
const MOST_FILES = 5000;

/**
 * What the policy cannot see in one object about files that are encrypted in Git:
 *
 * - `encrypted`: Kubernetes objects that SOPS encrypted, as `{file, units}`.
 * - `configs`: by the path of each `.sops.yaml`, the files that it is the nearest one of, as
 *   `{file, path, secret, encrypted}`: the path relative to it, as SOPS compares it, whether the file holds
 *   a Secret, and whether SOPS encrypted it. Manifests and those that SOPS encrypted are told of, no others.
 * - `decryptionPatched`: whether a patch speaks of decryption, so that an object that lacks it may get it.
 */
export function encryptionFacts(files: readonly EncryptionSource[]): Json {
  const written = files.filter(({ uri }) => writtenUri(uri) === uri);
  const objects = written.flatMap(({ uri, objects: all }) => all.map((object) => ({ uri, object })));
  const configs = new Map<string, Json[]>();
  for (const { uri, object } of objects) if (object.kind === SOPS_CONFIG_KIND) configs.set(uri, []);
  if (configs.size > 0) for (const file of written) noteGoverned(file, configs);
  return {
    encrypted: objects
      .filter(({ object }) => object.apiVersion !== PSEUDO_API && isEncryptedValue(object.value))
      .map(({ uri, object }) => ({ file: uri, units: [...object.units] })),
    configs: Object.fromEntries(configs),
    decryptionPatched: objects.some(({ object }) => patchesDecryption(object)),
  };
}

function noteGoverned({ uri, objects }: EncryptionSource, configs: ReadonlyMap<string, Json[]>): void {
  const encrypted = objects.some(({ kind, value }) => kind === SOPS_FILE_KIND || isEncryptedValue(value));
  if (configs.has(uri) || !(encrypted || hasManifestExtension(uri))) return;
  for (let folder = folderOf(uri); ; folder = folderOf(folder)) {
    const files = configs.get(folder === "" ? ".sops.yaml" : `${folder}/.sops.yaml`);
    if (files !== undefined) {
      const secret = objects.some(({ kind, apiVersion }) => kind === "Secret" && apiVersion === "v1");
      if (files.length < MOST_FILES)
        files.push({ file: uri, path: folder === "" ? uri : uri.slice(folder.length + 1), secret, encrypted });
      return;
    }
    if (folder === "") return;
  }
}

// A patch is text or a mapping: `path: /spec/decryption`, `spec: {decryption: …}`.
function patchesDecryption({ kind, partial, value }: KubernetesObject): boolean {
  if (kind !== "Kustomization") return false;
  if (partial) return valueAt(value, ["spec", "decryption"]) !== undefined;
  return ["patches", "patchesJson6902", "patchesStrategicMerge"].some(
    (key) => mentions(valueAt(value, [key]), 0) || mentions(valueAt(value, ["spec", key]), 0),
  );
}

function mentions(value: Json | undefined, depth: number): boolean {
  if (typeof value === "string") return value.includes("decryption");
  if (value === undefined || depth > 8) return false;
  if (isJsonArray(value)) return value.some((item) => mentions(item, depth + 1));
  return (
    isJsonObject(value) &&
    Object.entries(value).some(([key, item]) => key === "decryption" || mentions(item, depth + 1))
  );
}
