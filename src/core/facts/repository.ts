import { writtenUri } from "../charts/rendered-file.ts";
import { CODE_OWNERS_PATHS, ownershipOf, readCodeOwners, type CodeOwners } from "../input/code-owners.ts";
import { CHART_FILE_KIND, PSEUDO_API } from "../input/pseudo-objects.ts";
import { folderOf } from "../input/reference-path.ts";
import type { KubernetesObject, SourceText } from "../../model/document.ts";
import { isJsonArray, isJsonObject, valueAt, type DataPath, type Json, type JsonObject } from "../../model/json.ts";

/** A file with the objects in it. */
export interface RepositoryFile {
  readonly source: SourceText;
  readonly context: boolean;
  readonly objects: readonly KubernetesObject[];
}

/**
 * What the policy cannot see in the objects that it is given about the repository around them:
 *
 * - `codeowners`: `{file, object, sections, files}`: the CODEOWNERS file that counts (`null` where there is
 *   none), the id of the object that stands for it, whether it has sections (GitLab), and by file of the
 *   given objects `{owners, entry}`: who owns it, and the key of the entry that says so (`null` for none).
 * - `deployed`: by the folder that an Argo CD Application or a Flux Kustomization among the objects names
 *   (empty for the root), the kinds of the objects in it, sorted; a folder without any is absent.
 * - `repository`: where the repository itself lies, as `host/path`; empty where nobody knows.
 * - `renderings`: by the folder of a chart among the objects, the values files that it is rendered with.
 */
export class RepositoryFacts {
  readonly #addresses: readonly string[];
  readonly #owners: { readonly file: string; readonly object: number; readonly read: CodeOwners } | null;
  readonly #deployed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #renderings: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #known = new Map<string, Json>();

  constructor(files: readonly RepositoryFile[], addresses: readonly string[]) {
    this.#addresses = addresses;
    this.#owners = ownersIn(files);
    const judged = files.filter(({ context }) => !context);
    this.#deployed = deployedIn(judged);
    this.#renderings = renderingsIn(judged);
  }

  /** The facts for an evaluation of these objects. */
  of(objects: readonly KubernetesObject[]): JsonObject {
    const uris = new Set(objects.map(({ origin }) => writtenUri(origin.source.uri)));
    const named = new Set(objects.flatMap(foldersNamed));
    const charts = objects.filter(({ kind, apiVersion }) => kind === CHART_FILE_KIND && apiVersion === PSEUDO_API);
    return {
      codeowners: {
        file: this.#owners?.file ?? null,
        object: this.#owners?.object ?? null,
        sections: this.#owners?.read.sections ?? false,
        files: Object.fromEntries([...uris].map((uri) => [uri, this.#ownership(uri)])),
      },
      deployed: pick(this.#deployed, named),
      repository: this.#addresses,
      renderings: pick(this.#renderings, new Set(charts.map(({ name }) => folderOf(name)))),
    };
  }

  #ownership(uri: string): Json {
    const known = this.#known.get(uri);
    if (known !== undefined || this.#owners === null) return known ?? { owners: [], entry: null };
    const { owners, entry } = ownershipOf(uri, this.#owners.read);
    const ownership = { owners, entry: entry?.key ?? null };
    this.#known.set(uri, ownership);
    return ownership;
  }
}

function ownersIn(files: readonly RepositoryFile[]): { file: string; object: number; read: CodeOwners } | null {
  for (const path of CODE_OWNERS_PATHS) {
    const file = files.find(({ source }) => source.uri === path);
    const object = file?.objects[0];
    if (file !== undefined && object !== undefined)
      return { file: path, object: object.id, read: readCodeOwners(file.source.text) };
  }
  return null;
}

function deployedIn(files: readonly RepositoryFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { objects } of files)
    for (const object of objects) for (const folder of foldersNamed(object)) found.set(folder, new Set());
  if (found.size === 0) return found;
  for (const { source, objects } of files) {
    const kinds = new Set(objects.filter(({ apiVersion }) => apiVersion !== PSEUDO_API).map(({ kind }) => kind));
    if (kinds.size === 0) continue;
    for (let folder = folderOf(writtenUri(source.uri)); ; folder = folderOf(folder)) {
      for (const kind of kinds) found.get(folder)?.add(kind);
      if (folder === "") break;
    }
  }
  return found;
}

const SOURCES: Readonly<Record<string, readonly DataPath[]>> = {
  Application: [["spec"]],
  ApplicationSet: [["spec", "template", "spec"]],
};

// Where the objects that an object makes the cluster take from Git are, relative to the root of their source.
function foldersNamed({ kind, apiVersion, value }: KubernetesObject): readonly string[] {
  if (kind === "Kustomization" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/"))
    return [folderIn(valueAt(value, ["spec", "path"]) ?? "")].flatMap((folder) => folder ?? []);
  const places = apiVersion.startsWith("argoproj.io/") ? (SOURCES[kind] ?? []) : [];
  return places.flatMap((place) => {
    const sources = valueAt(value, [...place, "sources"]);
    return [valueAt(value, [...place, "source"]), ...(isJsonArray(sources) ? sources : [])]
      .filter((source) => source !== undefined && isJsonObject(source))
      .flatMap((source) => folderIn(valueAt(source, ["path"])) ?? []);
  });
}

function folderIn(path: Json | undefined): string | null {
  if (typeof path !== "string") return null;
  return path
    .split("/")
    .filter((step) => step !== "" && step !== ".")
    .join("/");
}

// A rendering is known by the unit of its objects: `chart:<folder> with <values files>`.
function renderingsIn(files: readonly RepositoryFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const units = new Set(files.flatMap(({ objects }) => objects.flatMap((object) => object.units)));
  for (const unit of units) {
    const [, written = "", values = ""] = /^chart:(.*?)(?: with (.*))?$/s.exec(unit) ?? [];
    if (written === "") continue;
    const folder = written === "." ? "" : written;
    found.set(folder, (found.get(folder) ?? new Set()).add(values));
  }
  return found;
}

function pick(sets: ReadonlyMap<string, ReadonlySet<string>>, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const set = sets.get(key);
      return set === undefined || set.size === 0 ? [] : [[key, [...set].sort()] as const];
    }),
  );
}

/**
 * Addresses of a repository as `host/path`, without what logs in to it: `git@host:a/b.git` and
 * `https://user:token@host/a/b` are both `host/a/b`. What is a path on this machine is left out.
 */
export function repositoryAddresses(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.flatMap(addressOf))].sort();
}

function addressOf(url: string): readonly string[] {
  const scp = /^(?:[^@/\s]+@)?([\w.-]{2,}):(?!\/\/)([^\s]+)$/.exec(url);
  const full = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/\s]*@)?([\w.-]+)(?::\d+)?\/([^\s?#]+)/i.exec(url);
  const [, host, path] = full ?? scp ?? [];
  if (host === undefined || path === undefined || /^file:/i.test(url)) return [];
  const steps = path
    .replace(/\.git\/?$/, "")
    .split("/")
    .filter((step) => step !== "");
  return steps.length === 0 || path.includes("@") ? [] : [`${host}/${steps.join("/")}`.toLowerCase()];
}
