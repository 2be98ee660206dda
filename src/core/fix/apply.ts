import type { SuggestedFix } from "../../model/finding.ts";

/** Fixes of one file, and what becomes of its text. */
export interface AppliedFixes<Item> {
  readonly text: string;
  readonly applied: readonly Item[];
  /** Touch what another one touches already; another run gets to them. */
  readonly left: readonly Item[];
}

/** Applies the fixes of one file to its text, those that come first first. Offsets are those of `text`. */
export function applyFixes<Item extends { readonly fix: SuggestedFix }>(
  text: string,
  items: readonly Item[],
): AppliedFixes<Item> {
  const applied: Item[] = [];
  const left: Item[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const item of items.toSorted((a, b) => a.fix.start - b.fix.start || a.fix.end - b.fix.end)) {
    const { start, end, text: replacement } = item.fix;
    const same = applied.at(-1)?.fix;
    // Two findings may ask for the same edit.
    if (same !== undefined && same.start === start && same.end === end && same.text === replacement) {
      applied.push(item);
    } else if (start < at || (same !== undefined && start === same.start && start === same.end)) {
      left.push(item);
    } else {
      parts.push(text.slice(at, start), replacement);
      at = end;
      applied.push(item);
    }
  }
  return { text: [...parts, text.slice(at)].join(""), applied, left };
}
