import { isWordyIdentifier, isWordyName } from "./words.ts";

const REGEX_MARKS = /\\[sSdDwWbB](?![a-zA-Z]{3})|\(\?[:=!<P]|\[\^|\.\*|\.\+[)$]|\[(?:a-z|A-Z|0-9|a-f)/;
const CALL = /^(?:await |new |return )?[A-Za-z_$][\w.$]{0,100}(?:\(|\[["'\w])/;
const OPERATOR = /^[A-Za-z_][\w.]{0,100} ?(?:\+|\?\?|\|\||&&|==|=>|->) ?\S/;
const LOG_FORMAT = /%[-+0-9.]{0,6}(?:[sdvqxfnmptXc]\b|\{)|%d\{/;
const FLAG = /^--?[A-Za-z][\w-]*(?:[ =]|$)/;

/** How much of a value is looked at, in UTF-16 units. */
const LOOKED_AT = 2048;

/** Whether a value is code, a regular expression, a log format or flags rather than a credential. */
export function looksLikeCode(value: string): boolean {
  const text = value.slice(0, LOOKED_AT);
  return REGEX_MARKS.test(text) || CALL.test(text) || OPERATOR.test(text) || LOG_FORMAT.test(text) || FLAG.test(text);
}

/** Whether a value is a list of names, separated by commas or blanks. */
export function looksLikeList(value: string): boolean {
  if (value.length > LOOKED_AT || !/[,;\s]/.test(value)) return false;
  const parts = value.split(/[,;\s]+/).filter((part) => part !== "");
  return parts.length > 1 && parts.every((part) => isWordyName(part) || isWordyIdentifier(part));
}
