import { LOOSE, type KubernetesObject, type Unit } from "../../model/document.ts";
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
const MOST_FILES = 2000;

/**
 * What the policy cannot see in one object about files that are encrypted in Git:
 *
 * - `reconciled`: by the folder that a Flux Kustomization names (empty for the root), a file with an object
 *   that SOPS encrypted and that this Kustomization applies.
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
    reconciled: Object.fromEntries(encryptedByFolder(objects)),
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

interface Placed {
  readonly uri: string;
  readonly object: KubernetesObject;
}

// Flux builds the kustomization in the folder, or, where there is none, makes one of what lies in it. What
// lies in the folder of another Kustomization further down is that one's.
function encryptedByFolder(objects: readonly Placed[]): ReadonlyMap<string, string> {
  const folders = new Set(objects.flatMap(({ object }) => (isFluxKustomization(object) ? [folderNamed(object)] : [])));
  const found = new Map<string, string>();
  const note = (folder: string | null, uri: string): void => {
    if (folder === null || !folders.has(folder)) return;
    const known = found.get(folder);
    if (known === undefined || uri < known) found.set(folder, uri);
  };
  if (folders.size === 0) return found;
  for (const { uri, object } of objects) {
    if (object.apiVersion === PSEUDO_API || !isEncryptedValue(object.value)) continue;
    for (const unit of object.units) note(unitFolder(unit), uri);
    const nearest = nearestOf(folderOf(uri), folders);
    if (nearest !== null && object.units.every((unit) => unit === LOOSE || isInside(unitFolder(unit), nearest)))
      note(nearest, uri);
  }
  return found;
}

function isFluxKustomization({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === "Kustomization" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/");
}

// Paths are relative to the root of the source: `./apps`.
function folderNamed({ value }: KubernetesObject): string {
  const path = valueAt(value, ["spec", "path"]);
  const steps = typeof path === "string" ? path.split("/") : [];
  return steps.filter((step) => step !== "" && step !== ".").join("/");
}

function unitFolder(unit: Unit): string | null {
  if (!unit.startsWith("kustomization:")) return null;
  const folder = unit.slice("kustomization:".length);
  return folder === "." ? "" : folder;
}

function nearestOf(folder: string, folders: ReadonlySet<string>): string | null {
  for (let at = folder; ; at = folderOf(at)) {
    if (folders.has(at)) return at;
    if (at === "") return null;
  }
}

function isInside(folder: string | null, outer: string): boolean {
  return folder !== null && (outer === "" || folder === outer || folder.startsWith(`${outer}/`));
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
