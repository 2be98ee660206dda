import type { KubernetesObject, MappingEntry, SourceText, YamlDocument } from "../../model/document.ts";
import { ownerPattern } from "./owner-patterns.ts";
import { CODE_OWNERS_KIND, documentOf, entryOf, pseudoObject } from "./pseudo-objects.ts";

/** Where GitHub looks for the file, in its order; the first that is there counts. GitLab knows one place more. */
export const CODE_OWNERS_PATHS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"] as const;

/** A line that gives files an owner, or takes it from them. */
export interface OwnerEntry {
  /** Names the entry in its file: the pattern, and which one it is where it is written more than once. */
  readonly key: string;
  readonly matches: (uri: string) => boolean;
  readonly owners: readonly string[];
  /** Entries of one section compete, and the last wins; those of another are asked as well (GitLab). */
  readonly section: string;
  readonly start: number;
  readonly end: number;
}

/** A CODEOWNERS file. */
export interface CodeOwners {
  readonly entries: readonly OwnerEntry[];
  /** It has sections, so GitLab reads it. */
  readonly sections: boolean;
}

/** Who has to review a file. */
export interface Ownership {
  readonly owners: readonly string[];
  /** The entry that decides; `null` where none names the file. */
  readonly entry: OwnerEntry | null;
}

// GitHub takes up to 3 MB; nobody writes so many lines.
const MOST_ENTRIES = 5_000;
const SECTION = /^\^?\[([^\]]+)\](?:\[\d+\])?(?=\s|$)/;
const OWNER = /^(?:@@?[\w.-]+(?:\/[\w.-]+)*|[^@\s]+@[^@\s]+)$/;

/**
 * Reads a CODEOWNERS file as GitHub does: a line that is not valid, such as one with a negation (`!`), a
 * range of characters (`[a-z]`), an escaped `#` or something that is no owner, is skipped. Sections are
 * GitLab's, and their owners are those of entries that name none; optional ones (`^`) ask nobody.
 */
export function readCodeOwners(text: string): CodeOwners {
  const entries: OwnerEntry[] = [];
  const seen = new Map<string, number>();
  let section: { readonly name: string; readonly owners: readonly string[] } | null = { name: "", owners: [] };
  let sections = false;
  let from = 0;
  while (from < text.length && entries.length < MOST_ENTRIES) {
    const next = text.indexOf("\n", from);
    const end = next === -1 ? text.length : next;
    const line = text.slice(from, end);
    const start = from + line.length - line.trimStart().length;
    from = end + 1;
    const words = wordsOf(line);
    const heading = SECTION.exec(line.trim());
    if (heading !== null) {
      sections = true;
      const owners = line.trim().slice(heading[0].length).split(/\s+/).filter(isOwner);
      section = heading[0].startsWith("^") ? null : { name: (heading[1] ?? "").toLowerCase(), owners };
      continue;
    }
    const [pattern, ...owners] = words;
    if (pattern === undefined || section === null || !isPattern(pattern) || !owners.every(isOwner)) continue;
    const count = (seen.get(pattern) ?? 0) + 1;
    seen.set(pattern, count);
    entries.push({
      key: count === 1 ? pattern : `${pattern} (${count})`,
      matches: ownerPattern(pattern),
      owners: owners.length === 0 ? section.owners : owners,
      section: section.name,
      start,
      end: start + line.trim().length,
    });
  }
  return { entries, sections };
}

/** Who owns a file: of each section, those of the last entry that names it. */
export function ownershipOf(uri: string, { entries }: CodeOwners): Ownership {
  const decided = new Set<string>();
  const found: OwnerEntry[] = [];
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry === undefined || decided.has(entry.section) || !entry.matches(uri)) continue;
    decided.add(entry.section);
    found.push(entry);
  }
  const owners = found.flatMap((entry) => entry.owners);
  return { owners: [...new Set(owners)], entry: found.find((entry) => entry.owners.length > 0) ?? found[0] ?? null };
}

/** The file as the policy sees it: an object whose values are the lines, by their keys. */
export function codeOwnersObject(
  source: SourceText,
  nextId: () => number,
): { documents: readonly YamlDocument[]; objects: readonly KubernetesObject[] } {
  const lines = readCodeOwners(source.text).entries.map(({ key, start, end }): MappingEntry =>
    entryOf(source.text, key, start, start, end),
  );
  const document = documentOf(source.text, lines);
  return { documents: [document], objects: [pseudoObject(source, document, CODE_OWNERS_KIND, nextId)] };
}

// Words of a line up to a comment; a blank that belongs to a name is written `\ `.
function wordsOf(line: string): readonly string[] {
  const words = line.trim().match(/(?:\\.|[^\s\\])+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith("#"));
  return (comment === -1 ? words : words.slice(0, comment)).map((word, index) =>
    index === 0 ? word.replaceAll("\\ ", " ") : word,
  );
}

function isPattern(pattern: string): boolean {
  return !/^!|^\\#|[[\]]/.test(pattern);
}

function isOwner(word: string): boolean {
  return OWNER.test(word);
}
