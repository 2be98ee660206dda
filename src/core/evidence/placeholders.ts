/**
 * What a placeholder is: `word` is one that works as a password where nobody replaces it
 * (`changeme`); `mark` cannot be meant as a value (`<password>`, `***`, `your-token`).
 */
export type PlaceholderSort = "word" | "mark";

const WORDS =
  /^(?:change[-_ ]?(?:me|it|this)(?:[-_ ]?(?:please|now|later|before[-_ ].{1,30}))?\d{0,4}[!.]?|replace(?:[-_ ]?(?:me|this|it|with[-_ ].{1,60}))?|todo|tbd|fixme|example|dummy|sample|placeholder)$/i;
const MARKS =
  /^(?:x{3,}|\*{3,}|\.{3,}|…|-{3,}|_{3,}|•{3,}|[x*#-]+(?:[-_ ][x*#]+)+|<[^<>]{1,200}>|\[[A-Za-z_ -]{1,60}\]|your[-_ .].*|my[-_]?(?:password|secret|token|api[-_]?key)[-_]?here|.{0,60}(?:goes|put)[-_ ]here|insert.{0,60}here|enter[-_ ].{1,60}here|redacted|\[redacted\]|\(redacted\)|masked|hidden|omitted|none|null|nil|undefined|n\/a|na|unset|not[-_ ]?set|empty)$/i;
/** `example-token`, `FAKE_KEY`: the first word says that nobody means it. */
const FIRST_WORDS = /^(?:example|dummy|sample|placeholder|fake|mock|todo|fixme|replace|insert|redacted)[-_ .:]/i;

/** `sk-...`, `eyJhbGci…`: the beginning of a token, and marks that the rest is left out. */
const LEFT_OUT = /^(?:(?:[A-Za-z]{1,8}[-_]){1,3}|AKIA|ASIA|AIza|eyJ)[A-Za-z0-9]{0,12}(?:\.{3,6}|…)$/;
/** What says in brackets that there is nothing. */
const NOTHING = /^\((?:none|empty|unset|not set|null|hidden|secret|optional)\)$/i;

/** Longest value that is compared with the placeholders, in UTF-16 units. */
const LONGEST = 256;

/** Whether a value asks to be replaced, and of what sort it is; `null` where it does not. */
export function placeholderOf(value: string): PlaceholderSort | null {
  if (value.length > LONGEST || value.includes("\n")) return null;
  const bare = value.replace(/^(?:[*_]{1,3}|@)(.{1,200}?)(?:[*_]{1,3}|@)$/, "$1");
  if (WORDS.test(bare)) return "word";
  if (MARKS.test(value) || MARKS.test(bare) || FIRST_WORDS.test(bare)) return "mark";
  if (LEFT_OUT.test(value) || NOTHING.test(value)) return "mark";
  return /^your[A-Z]/.test(bare) ? "mark" : null;
}
