import { isJsonArray, isJsonObject, type DataPath, type Json } from "../../model/json.ts";
import { writtenUri } from "../charts/rendered-file.ts";
import { CHART_API } from "../charts/chart-sources.ts";
import type { GatheredFile } from "../gathered-file.ts";
import type { JudgedObject } from "../input/policy-input.ts";

/** An annotation or label that exempts an object from rules. */
export interface Exemption {
  readonly judged: JudgedObject;
  /** Way to the key, in the object. */
  readonly path: DataPath;
  /** The key without its prefix. */
  readonly name: string;
  readonly value: string;
  /** The file that somebody wrote. */
  readonly uri: string;
  /** Names it in another state of that file. */
  readonly key: string;
}

/**
 * What exempts from a rule, or has it speak more mildly, by the key behind the prefix: a value, or any. What merely declares (an
 * owner, an interval, a runbook) is what the rules ask for.
 */
const EXEMPTING: ReadonlyMap<string, string | null> = new Map([
  ["rotation", "static"],
  ["class", "non-credential"],
  ["edge", "public"],
  ["mesh", "strict"],
  ["zone", "sandbox"],
  ["egress-profile", null],
  ["pin-until", null],
  ["rollout-until", null],
  ["sync-reason", null],
]);

function isExempting(name: string, value: string): boolean {
  const wanted = EXEMPTING.get(name);
  return wanted === null || wanted === value;
}

/** The annotations and labels of objects in `files` that exempt them. */
export function exemptionsIn(files: readonly GatheredFile[], prefix: string): readonly Exemption[] {
  return files.flatMap(({ source, objects, context }) => {
    if (context || !source.text.includes(`${prefix}/`)) return [];
    if (![...EXEMPTING.keys()].some((name) => source.text.includes(`${prefix}/${name}`))) return [];
    return objects
      .filter(({ object }) => object.apiVersion !== CHART_API)
      .flatMap((judged) => exemptionsOf(judged, prefix, writtenUri(source.uri)));
  });
}

function exemptionsOf(judged: JudgedObject, prefix: string, uri: string): readonly Exemption[] {
  const { apiVersion, kind, namespace, name: called } = judged.object;
  const found: Exemption[] = [];
  const visit = (value: Json, path: DataPath): void => {
    if (isJsonArray(value)) {
      value.forEach((item, index) => visit(item, [...path, index]));
      return;
    }
    if (!isJsonObject(value)) return;
    for (const [key, item] of Object.entries(value)) {
      const name = key.startsWith(`${prefix}/`) ? key.slice(prefix.length + 1) : "";
      if (typeof item === "string" && isExempting(name, item) && isMeta(path)) {
        // A later day, or another profile, is another exemption.
        const identity = JSON.stringify([apiVersion, kind, namespace, called, path, name, item]);
        found.push({ judged, path: [...path, key], name, value: item, uri, key: identity });
      } else visit(item, [...path, key]);
    }
  };
  visit(judged.redacted, []);
  return found;
}

function isMeta(path: DataPath): boolean {
  return path.at(-1) === "annotations" || path.at(-1) === "labels";
}

/** The files as they are judged without `exemptions`. */
export function withoutExemptions(
  files: readonly GatheredFile[],
  exemptions: readonly Exemption[],
): readonly GatheredFile[] {
  if (exemptions.length === 0) return files;
  const paths = new Map<JudgedObject, DataPath[]>();
  for (const { judged, path } of exemptions) paths.set(judged, [...(paths.get(judged) ?? []), path]);
  return files.map((file) => {
    if (!file.objects.some((judged) => paths.has(judged))) return file;
    const objects = file.objects.map((judged) => {
      const redacted = (paths.get(judged) ?? []).reduce((value, path) => without(value, path), judged.redacted);
      return redacted === judged.redacted ? judged : { ...judged, redacted };
    });
    return { ...file, objects };
  });
}

function without(value: Json, [step, ...rest]: DataPath): Json {
  if (step === undefined) return value;
  if (isJsonArray(value)) return value.map((item, index) => (index === step ? without(item, rest) : item));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== step || rest.length > 0);
  return Object.fromEntries(entries.map(([key, item]) => [key, key === step ? without(item, rest) : item]));
}
