import type { ValueClass } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { decodeBase64Text } from "./base64.ts";
import { worstOf } from "./worst-class.ts";
import { classifyValue, type ValueContext } from "./values.ts";

/**
 * The worst class of the credentials in a registry configuration (`.dockerconfigjson`, or the older
 * `.dockercfg` without `auths`); `null` where the text is none.
 */
export function classifyDockerConfig(text: string, context: ValueContext): ValueClass | null {
  let config: Json;
  try {
    config = JSON.parse(text) as Json;
  } catch {
    return null;
  }
  if (!isJsonObject(config)) return null;
  const registries = isJsonObject(config["auths"]) ? config["auths"] : config;
  const classes = Object.values(registries)
    .filter(isJsonObject)
    .flatMap((registry) => registryClasses(registry, context));
  return classes.length === 0 ? "empty" : worstOf(classes);
}

function registryClasses(registry: JsonObject, context: ValueContext): readonly ValueClass[] {
  const user = typeof registry["username"] === "string" ? [registry["username"]] : [];
  const classes: ValueClass[] = [];
  for (const field of ["password", "identitytoken", "registrytoken"]) {
    const value = registry[field];
    if (typeof value === "string")
      classes.push(classifyCredential(value, field === "password" ? field : "token", user, context));
  }
  if (typeof registry["auth"] === "string") classes.push(classifyBasic(registry["auth"], context));
  return classes;
}

/** The class of base64 of `user:password`; as it stands where it is none. */
export function classifyBasic(value: string, context: ValueContext): ValueClass {
  const pair = decodeBase64Text(value);
  const colon = pair?.indexOf(":") ?? -1;
  if (pair === null || colon === -1) return classifyCredential(value, "auth token", [], context);
  return classifyCredential(pair.slice(colon + 1), "password", [pair.slice(0, colon)], context);
}

function classifyCredential(
  value: string,
  keyName: string,
  usernames: readonly string[],
  context: ValueContext,
): ValueClass {
  const found = classifyValue(value, { ...context, keyName, nameClass: "sensitive", usernames, secretData: true });
  return found === "plain" || found === "public" || found === "scalar" ? "likely" : found;
}
