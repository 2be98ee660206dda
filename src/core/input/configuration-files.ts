import type { KubernetesObject, SourceText, YamlDocument } from "../../model/document.ts";
import { parseYaml } from "../yaml/parse.ts";
import { secretSource, type GeneratorUse } from "./generator-files.ts";
import { GATE_CONFIG_KIND, PSEUDO_API, pseudoObject, SOPS_CONFIG_KIND, SOPS_FILE_KIND } from "./pseudo-objects.ts";
import { isSopsConfig, sopsDocuments } from "./sops-files.ts";

/** What a file that holds no Kubernetes object is to the policy. */
export interface ConfigurationFile {
  readonly documents: readonly YamlDocument[];
  readonly objects: readonly KubernetesObject[];
}

/**
 * A file that is no manifest and that the policy judges all the same: SOPS's rules, what SOPS encrypted,
 * the configuration of this gate, and what a secret generator of a kustomization reads. `null` for all
 * other files.
 */
export function configurationFile(
  source: SourceText,
  use: GeneratorUse | undefined,
  nextId: () => number,
): ConfigurationFile | null {
  if (isSopsConfig(source.uri)) {
    const parsed = parseYaml(source.text);
    const documents = parsed.kind === "documents" ? parsed.documents.filter(({ root }) => root.kind === "mapping") : [];
    return asObjects(source, documents, SOPS_CONFIG_KIND, nextId);
  }
  if (isGateConfig(source.uri)) return gateConfig(source, nextId);
  const encrypted = sopsDocuments(source);
  if (encrypted.length > 0) return asObjects(source, encrypted, SOPS_FILE_KIND, nextId);
  if (use === undefined) return null;
  const { document, object } = secretSource(source, use, nextId);
  return { documents: [document], objects: [object] };
}

/** Whether a file at the root tells this gate what to check, or what to let pass. */
export function isGateConfig(uri: string): boolean {
  return /^\.portcullis(?:\.ya?ml|-baseline\.json)$/.test(uri);
}

// The policy is told that it is there, and nothing of what it says.
function gateConfig(source: SourceText, nextId: () => number): ConfigurationFile | null {
  const parsed = parseYaml(source.text);
  const document = parsed.kind === "documents" ? parsed.documents[0] : undefined;
  if (document === undefined) return null;
  const object = pseudoObject(source, document, GATE_CONFIG_KIND, nextId);
  return {
    documents: [document],
    objects: [{ ...object, value: { apiVersion: PSEUDO_API, kind: GATE_CONFIG_KIND } }],
  };
}

function asObjects(
  source: SourceText,
  documents: readonly YamlDocument[],
  kind: string,
  nextId: () => number,
): ConfigurationFile | null {
  if (documents.length === 0) return null;
  return { documents, objects: documents.map((document) => pseudoObject(source, document, kind, nextId)) };
}
