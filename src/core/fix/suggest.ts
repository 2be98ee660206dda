import type { KubernetesObject } from "../../model/document.ts";
import type { SuggestedFix } from "../../model/finding.ts";
import type { DataPath, Json } from "../../model/json.ts";
import type { Fix } from "../../model/rule.ts";
import type { LineIndex } from "../yaml/lines.ts";
import { parseYaml } from "../yaml/parse.ts";
import { toValue } from "../yaml/value.ts";
import { removeEntry, setValue, type TextEdit } from "./edit.ts";

/** A longer document is not parsed again to see what an edit does. */
const LONGEST_DOCUMENT = 256 * 1024;

/**
 * The first of a variant's fixes that applies to the place `path` of an object, on the text that a person wrote: comments
 * and quoting stay. It is given only where the edited document, read again, is the old one but for that place.
 */
export function suggestFix(
  { origin: { source, document, base } }: KubernetesObject,
  path: DataPath,
  fixes: readonly Fix[],
  lines: LineIndex,
): SuggestedFix | null {
  const key = path.at(-1);
  const full = [...base, ...path];
  for (const fix of fixes) {
    if (fix.key !== key) continue;
    const edit =
      fix.set === undefined ? removeEntry(source.text, document, full) : setValue(source.text, document, full, fix.set);
    if (edit === null || document.end - document.start > LONGEST_DOCUMENT) continue;
    if (!isFaithful(source.text, document, full, fix, edit)) continue;
    const range = lines.rangeOf(edit.start, edit.end);
    return {
      uri: source.uri,
      start: edit.start,
      end: edit.end,
      text: edit.text,
      ...wholeLines(source.text, edit),
      startLine: range.start.line,
    };
  }
  return null;
}

// The lines that an edit touches, as they are afterwards.
function wholeLines(
  text: string,
  { start, end, text: replacement }: TextEdit,
): { endLine: number; replacement: string } {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  // Where whole lines go, the last line break is not part of the last line.
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const next = text.indexOf("\n", last);
  const to = next === -1 ? text.length : next;
  const endLine = text.slice(0, last).split("\n").length;
  const after = `${text.slice(from, start)}${replacement}${text.slice(end, Math.max(end, to))}`;
  return { endLine, replacement: after.replace(/\r?\n$/, "") };
}

function isFaithful(
  text: string,
  { start, end, root }: KubernetesObject["origin"]["document"],
  path: DataPath,
  fix: Fix,
  edit: TextEdit,
): boolean {
  const from = Math.min(start, edit.start);
  const to = Math.max(end, edit.end);
  const parsed = parseYaml(`${text.slice(from, edit.start)}${edit.text}${text.slice(edit.end, to)}\n`);
  if (parsed.kind === "invalid" || parsed.documents.length !== 1 || parsed.documents[0] === undefined) return false;
  const after = toValue(parsed.documents[0].root);
  return JSON.stringify(sorted(after)) === JSON.stringify(sorted(withValue(toValue(root), path, fix)));
}

function withValue(value: Json, path: DataPath, fix: Fix): Json {
  const copy = structuredClone(value) as Record<string | number, Json>;
  const [step, ...rest] = path;
  if (step === undefined) return fix.set ?? null;
  const target = typeof copy === "object" && copy !== null ? copy : {};
  if (rest.length === 0 && fix.set === undefined) delete target[step];
  else target[step] = withValue(target[step] ?? null, rest, fix);
  return target;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
