/** User information in a URL (RFC 3986, 3.2.1): offsets are those of the text it was found in. */
export interface UserInfo {
  readonly scheme: string;
  readonly user: string;
  /** As written, not percent-decoded; `null` where there is only a user. */
  readonly password: string | null;
  /** The password, or the user where there is no password. */
  readonly start: number;
  readonly end: number;
  readonly host: string;
}

/** How far behind `://` the end of the user information is looked for, in UTF-16 units. */
const LONGEST = 1024;
const LONGEST_SCHEME = 24;

/**
 * All URLs with user information in a text. Template expressions in it (`${VAR}`, `{{ … }}`, `<…>`)
 * belong to it whatever they hold; otherwise it ends at white space, quotes and the next `/`.
 */
export function findUserInfo(text: string): readonly UserInfo[] {
  const found: UserInfo[] = [];
  for (let at = text.indexOf("://"); at !== -1; at = text.indexOf("://", at + 3)) {
    const info = readUserInfo(text, at);
    if (info !== null) found.push(info);
  }
  return found;
}

function readUserInfo(text: string, at: number): UserInfo | null {
  const scheme = /[A-Za-z][A-Za-z0-9+.-]*$/.exec(text.slice(Math.max(0, at - LONGEST_SCHEME), at))?.[0];
  if (scheme === undefined) return null;
  const from = at + 3;
  const end = authorityEnd(text, from);
  const authority = text.slice(from, end);
  const sign = authority.lastIndexOf("@");
  if (sign === -1) return null;
  const info = authority.slice(0, sign);
  const colon = info.indexOf(":");
  const host = authority.slice(sign + 1);
  if (colon === -1) return { scheme, user: info, password: null, start: from, end: from + sign, host };
  return {
    scheme,
    user: info.slice(0, colon),
    password: info.slice(colon + 1),
    start: from + colon + 1,
    end: from + sign,
    host,
  };
}

const GROUPS: readonly (readonly [string, string])[] = [
  ["{{", "}}"],
  ["${", "}"],
  ["$(", ")"],
  ["<", ">"],
  ["#{", "}"],
];

function authorityEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + LONGEST);
  let index = from;
  while (index < limit) {
    const past = groupEnd(text, index, limit);
    if (past !== null) {
      index = past;
      continue;
    }
    if (/[\s"'`/?#<>\\]/.test(text[index] ?? "")) return index;
    index += 1;
  }
  return limit;
}

function groupEnd(text: string, index: number, limit: number): number | null {
  for (const [open, close] of GROUPS) {
    if (!text.startsWith(open, index)) continue;
    const end = text.slice(index, limit).indexOf(close);
    return end === -1 ? null : index + end + close.length;
  }
  return null;
}
