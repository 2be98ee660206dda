import type { YamlDocument, YamlNode } from "../../model/document.ts";
import { parseYaml } from "../yaml/parse.ts";
import { ALL_FORMATS, type TextFormat } from "./formats.ts";
import type { NamePatterns } from "./names.ts";
import { isAboutCredentials } from "./nested-exempt.ts";
import { nestedLines, type NestedEntry } from "./nested-lines.ts";

/**
 * What a text inside a scalar holds: documents of YAML or JSON, whose offsets are those of the text;
 * or entries found line by line; or nothing to look at.
 */
export type NestedText =
  | { readonly kind: "none" }
  | { readonly kind: "documents"; readonly documents: readonly YamlDocument[] }
  | { readonly kind: "entries"; readonly entries: readonly NestedEntry[] };

/** Limits for texts inside scalars, far below those of files. */
const LIMITS = { documents: 200, depth: 40, aliasNodes: 20_000 };
/** Longest text that is parsed; a longer one is read line by line. A ConfigMap holds 1 MiB at most. */
const LONGEST_PARSED = 1_100_000;

/**
 * Reads the text of a scalar as configuration. `name` is the name of the entry that holds it and helps
 * to tell the format. Texts that only talk about credentials give nothing, nor do those in a format that
 * is not among `formats`.
 */
export function readNested(
  text: string,
  name: string,
  patterns?: NamePatterns,
  formats: ReadonlySet<TextFormat> = ALL_FORMATS,
): NestedText {
  if (isAboutCredentials(text, name)) return { kind: "none" };
  if (looksLikeTree(text, name)) {
    const parsed = parseYaml(text, LIMITS);
    if (parsed.kind === "documents" && parsed.documents.some(({ root }) => root.kind !== "scalar")) {
      const documents = parsed.documents.filter(({ root }) => formats.has(formatOf(root, text)));
      return documents.length === 0 ? { kind: "none" } : { kind: "documents", documents };
    }
  }
  const entries = nestedLines(text, name, patterns, formats);
  return entries.length === 0 ? { kind: "none" } : { kind: "entries", entries };
}

function formatOf(root: YamlNode, text: string): TextFormat {
  if (root.kind === "mapping" && ["clusters", "users", "contexts"].every((name) => hasKey(root.entries, name)))
    return "kubeconfig";
  return /^\s*[{[]/.test(text) ? "json" : "yaml";
}

function hasKey(entries: readonly { readonly key: string }[], name: string): boolean {
  return entries.some(({ key }) => key === name);
}

function looksLikeTree(text: string, name: string): boolean {
  if (
    text.length > LONGEST_PARSED ||
    /\.(?:sh|properties|ini|env|conf|cfg|xml|sql|py|js|toml|lua|rb|php|groovy|html|md|txt)$/i.test(name)
  )
    return false;
  if (/^\s*[{[]/.test(text)) return /^\s*\{\s*["'}A-Za-z]|^\s*\[\s*[{["'\]]/.test(text);
  return /^[ \t]*(?:- (?:\{ ?)?)?["']?[\w./@-]{1,200}["']?:(?:[ \t]|\r?$)/m.test(text.slice(0, 20_000));
}
