import { collectEvidence, type EvidenceOptions } from "../../../../src/core/evidence/collect.ts";
import { lineIndex } from "../../../../src/core/yaml/lines.ts";
import { parseYaml } from "../../../../src/core/yaml/parse.ts";
import { toValue } from "../../../../src/core/yaml/value.ts";
import type { KubernetesObject, SourceText, YamlDocument } from "../../../../src/model/document.ts";
import type { Evidence } from "../../../../src/model/evidence.ts";
import { isJsonArray, isJsonObject, type DataPath, type Json } from "../../../../src/model/json.ts";

/** A manifest, read as the program reads it. */
export interface Manifest {
  readonly source: SourceText;
  readonly documents: readonly YamlDocument[];
  readonly objects: readonly KubernetesObject[];
}

/** Reads a manifest; items of a `List` are objects of their own. */
export function manifest(text: string, uri = "app.yaml"): Manifest {
  const parsed = parseYaml(text);
  if (parsed.kind !== "documents") throw new Error(`the test's manifest cannot be read: ${parsed.message}`);
  const source = { uri, text };
  const objects: KubernetesObject[] = [];
  const add = (document: YamlDocument, value: Json, base: DataPath) => {
    if (!isJsonObject(value)) return;
    const { apiVersion, kind, items } = value;
    if (kind === "List" && isJsonArray(items)) {
      for (const [index, item] of items.entries()) add(document, item, [...base, "items", index]);
    } else if (typeof apiVersion === "string" && typeof kind === "string") {
      objects.push({
        id: objects.length,
        origin: { source, document, base },
        value,
        apiVersion,
        kind,
        name: "x",
        namespace: "",
        units: ["loose"],
        partial: false,
      });
    }
  };
  for (const document of parsed.documents) add(document, toValue(document.root), []);
  return { source, documents: parsed.documents, objects };
}

/** All evidence of a manifest's objects. */
export function evidenceOf(read: Manifest, options: EvidenceOptions = {}): readonly Evidence[] {
  let id = 0;
  const lines = lineIndex(read.source.text);
  return read.objects.flatMap((object) => collectEvidence(object, lines, options, () => id++));
}

/** `line:class context keyName ⟨source text⟩` of each credential, or `line:kind …` of other kinds. */
export function summary(read: Manifest, evidence: readonly Evidence[]): readonly string[] {
  return evidence.map(({ kind, class: found, context, keyName, range, decoded }) => {
    const text = read.source.text.slice(range.start.offset, range.end.offset);
    const what = kind === "credential" ? found : kind;
    return `${range.start.line}:${what} ${context}${decoded ? " decoded" : ""} ${keyName} ⟨${text}⟩`;
  });
}

/** The same, from the text of a manifest. */
export function summaryOf(text: string, options: EvidenceOptions = {}): readonly string[] {
  const read = manifest(text);
  return summary(read, evidenceOf(read, options));
}
