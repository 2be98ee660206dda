import { isRandomToken } from "./entropy.ts";
import { isWordyIdentifier, isWordyName } from "./words.ts";

const REGEX_MARKS =
  /\\[sSdDwWbB](?![a-zA-Z]{3})|\(\?[:=!<P]|^\(\?[imsux]{1,5}\)|\[\^|\.\*|\.\+[)$]|\[(?:a-z|A-Z|0-9|a-f)/;
const CALL = /^(?:await |new |return )?[A-Za-z_$][\w.$]{0,100}(?:\([^]*\)|\[["'\w][^]*\])/;
const OPERATOR = /^[A-Za-z_][\w.]{0,100} ?(?:\+|\?\?|\|\||&&|==|=>|->) ?\S/;
/** Operators between blanks, as in a condition. */
const CONDITION = / (?:[!=]=|&&|\|\||<=|>=) /;
/** Where code keeps its values: `req.body.password`, `config.db.password`. */
const MEMBER =
  /^(?:this|self|req|request|res|body|ctx|context|config|settings|options|opts|args|params|props|state|values|module|each|session|process|data|user)(?:\.[A-Za-z_]\w{0,60}){0,5}\.\w{0,40}(?:password|passwd|pass|pwd|secret|token|key|credentials?)$/i;
const LOG_FORMAT = /%[-+0-9.]{0,6}(?:[sdvqxfnmptXc]\b|\{)|%d\{/;
const FLAG = /^--?[A-Za-z][\w-]*(?:[ =]|$)/;

const CODE = [REGEX_MARKS, CALL, OPERATOR, CONDITION, MEMBER, LOG_FORMAT, FLAG];

/** How much of a value is looked at, in UTF-16 units. */
const LOOKED_AT = 2048;

/** Whether a value is code, a regular expression, a log format or flags rather than a credential. */
export function looksLikeCode(value: string): boolean {
  const text = value.slice(0, LOOKED_AT);
  return !isBase64Token(text) && CODE.some((form) => form.test(text));
}

/** Whether a value is a list of names, separated by commas or blanks. */
export function looksLikeList(value: string): boolean {
  if (value.length > LOOKED_AT || !/[,;\s]/.test(value)) return false;
  const parts = value.split(/[,;\s]+/).filter((part) => part !== "");
  return parts.length > 1 && parts.every((part) => isWordyName(part) || isWordyIdentifier(part));
}

// Base64 has plus signs between letters, and its other form may begin with a dash.
function isBase64Token(text: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(text)) return false;
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && (/\d/.test(text) || text.endsWith("="));
  return mixed || isRandomToken(text, 3.2);
}
