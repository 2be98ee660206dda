import { isDay } from "./dates.ts";

/** What a comment waives, as it is written. */
export interface Directive {
  /** `<rule>` or `<rule>/<variant>`. */
  readonly rules: readonly string[];
  readonly until: string | null;
  readonly reason: string;
  /** Where the reason begins in the text that was read. */
  readonly reasonAt: number;
}

/** The word that a comment begins with. */
export const KEYWORD = "portcullis-ignore";

/**
 * Reads what follows the keyword: `<rule>[, <rule>…] [until YYYY-MM-DD] -- reason`. What is wrong comes back in words that quote
 * nothing.
 */
export function readDirective(text: string): Directive | { readonly problem: string } {
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(text);
  const reason = dashes === null ? "" : text.slice(dashes.index + dashes[0].length).trim();
  if (dashes === null || reason === "") return { problem: "it gives no reason; write ` -- ` and why behind the rule" };
  const [, names = "", until] = /^(.*?)(?:\s+until(?:\s+(\S.*))?)?$/.exec(text.slice(0, dashes.index).trim()) ?? [];
  const isDated = /(?:^|\s)until(?:\s|$)/.test(text.slice(0, dashes.index));
  if (isDated && (until === undefined || !isDay(until)))
    return { problem: "`until` is followed by no day; write it as 2026-01-31" };
  const rules = names.split(",").map((name) => name.trim());
  if (names.trim() === "" || rules.includes("")) return { problem: "it names no rule" };
  if (rules.some((name) => /\s/.test(name))) return { problem: "rules are to be separated by commas" };
  return { rules: [...new Set(rules)], until: until ?? null, reason, reasonAt: text.indexOf(reason, dashes.index) };
}
