/**
 * File names, object names and source lines come from a stranger's repository. These functions take
 * the power out of them before they reach a terminal, a log or a page; what a format itself gives a
 * meaning to (`|`, `<`, `%`) is escaped by the reporter of that format.
 */

const LONE_SURROGATE = /\p{Surrogate}/gu;

// Controls; format characters, which reorder or hide text; line and paragraph separators. The two
// joiners stay: emoji and several scripts need them, and they neither hide nor reorder.
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

const SHORT_ESCAPES: { readonly [character: string]: string } = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The same text with lone surrogates as U+FFFD: they have no UTF-8 and break strict JSON readers. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, "\uFFFD");
}

/**
 * One line of text in which every invisible character is written out (`\n`, `\x1b`, `\u{202e}`), so
 * that it can neither drive a terminal nor reorder or hide what stands next to it.
 */
export function showInvisible(text: string): string {
  return wellFormed(text).replace(INVISIBLE, (character) => {
    const short = SHORT_ESCAPES[character];
    if (short !== undefined) return short;
    const code = character.codePointAt(0) ?? 0;
    return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}

/**
 * Stops continuous integration from taking a line of output for a command: GitHub's runner reads
 * `::command` at the start of a line and the older `##[command]` anywhere in it; Azure Pipelines reads
 * `##vso[`, TeamCity `##teamcity[`. A zero-width space breaks the mark and keeps columns aligned.
 */
export function defuseCommands(lines: string): string {
  return lines.replace(/#(?=#[A-Za-z]{0,32}\[)/g, "#\u200b").replace(/^([^\S\n]*):(?=:)/gm, "$1\u200b:");
}

/** At most `longest` UTF-16 units; what was cut off is shown by an ellipsis, never inside a character. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${wellFormed(text.slice(0, longest - 1)).replace(/\uFFFD$/, "")}…`;
}

/**
 * JSON text of a value, indented, with a line end. Characters that a terminal or a log might obey are
 * written as escapes, which changes nothing for a JSON reader.
 */
export function stringify(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === "string" ? wellFormed(item) : item), 2);
  const visible = text.replace(/[\u007f-\u009f\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join(""),
  );
  return `${visible.replace(/#(?=#[A-Za-z]{0,32}\[)/g, "\\u0023")}\n`;
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
