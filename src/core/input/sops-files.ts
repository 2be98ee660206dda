import type { SourceText, YamlDocument, YamlNode } from "../../model/document.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { parseYaml } from "../yaml/parse.ts";
import { lineSettings } from "./line-settings.ts";
import { documentOf } from "./pseudo-objects.ts";
import { hasManifestExtension } from "./text-kinds.ts";

/** Whether this is the file in which SOPS looks for its rules. */
export function isSopsConfig(uri: string): boolean {
  return uri.slice(uri.lastIndexOf("/") + 1) === ".sops.yaml";
}

/** Where SOPS names those who can decrypt (SOPS, "Encryption protocol"). */
const KEY_FIELDS = ["kms", "pgp", "age", "gcp_kms", "azure_kv", "hc_vault", "hckms", "key_groups"];

/** Whether an object carries what SOPS writes about what it encrypted: who can decrypt it, and when it did. */
export function isEncryptedValue(value: Json): boolean {
  const metadata = isJsonObject(value) ? value["sops"] : undefined;
  return isJsonObject(metadata) && isMetadata(Object.keys(metadata));
}

function isMetadata(keys: readonly string[]): boolean {
  return (
    KEY_FIELDS.some((field) => keys.includes(field)) &&
    ["mac", "lastmodified", "version"].some((field) => keys.includes(field))
  );
}

/** The documents of a file that SOPS encrypted (YAML, JSON, dotenv, INI); empty where it did not. */
export function sopsDocuments(source: SourceText): readonly YamlDocument[] {
  const { uri, text } = source;
  if (!text.includes("sops")) return [];
  if (hasManifestExtension(uri)) {
    const parsed = parseYaml(text);
    return parsed.kind === "documents" ? parsed.documents.filter(({ root }) => isEncrypted(root)) : [];
  }
  // The fields of the metadata are flattened: `sops_mac` in dotenv, `mac` of the section `sops` in INI.
  if (!/^[ \t]*sops_(?:mac|lastmodified)[ \t]*=/m.test(text) && !/^\[sops\][ \t\r]*$/m.test(text)) return [];
  return [documentOf(text, lineSettings(text))];
}

function isEncrypted(root: YamlNode): boolean {
  const metadata = root.kind === "mapping" ? root.entries.find(({ key }) => key === "sops")?.value : undefined;
  return metadata?.kind === "mapping" && isMetadata(metadata.entries.map(({ key }) => key));
}
