import { isJsonArray, isJsonObject, valueAt, type DataPath, type Json, type JsonObject } from "../../model/json.ts";
import type { JudgedObject } from "../input/policy-input.ts";

/** The text at a path of a value that may have any shape; empty where there is none. */
export function textAt(value: Json, path: DataPath): string {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : "";
}

/** The object at a path; an empty one where there is none. */
export function objectAt(value: Json, path: DataPath): JsonObject {
  const found = valueAt(value, path);
  return isJsonObject(found) ? found : {};
}

/** The items of the list at a path that are objects, each with its path. */
export function itemsAt(value: Json, path: DataPath): readonly { path: DataPath; item: JsonObject }[] {
  const found = valueAt(value, path);
  if (!isJsonArray(found)) return [];
  return found.flatMap((item, index) => (isJsonObject(item) ? [{ path: [...path, index], item }] : []));
}

/** The texts of the list at a path. */
export function textsAt(value: Json, path: DataPath): readonly string[] {
  const found = valueAt(value, path);
  return isJsonArray(found) ? found.filter((item) => typeof item === "string") : [];
}

/** The annotations of an object. */
export function annotationsOf({ redacted }: JudgedObject): JsonObject {
  return objectAt(redacted, ["metadata", "annotations"]);
}

/** Whether a value is true, as annotations write it. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || value === "true";
}

/** The API group of an object; empty for the core group. */
export function groupOf({ object: { apiVersion } }: JudgedObject): string {
  const slash = apiVersion.indexOf("/");
  return slash === -1 ? "" : apiVersion.slice(0, slash);
}

/** Whether a text can name a Secret; names that are empty or still templated cannot. */
export function isName(name: string): boolean {
  return name !== "" && !name.includes("{{");
}
