import type { NameClass } from "../../model/evidence.ts";
import { splitName } from "./name-words.ts";

/** Whether a name fits. A regular expression must be free of the flags `g` and `y`. */
export type NameTest = Pick<RegExp, "test">;

/** The user's own words on names: both may be absent. */
export interface NamePatterns {
  /** Names that announce a credential, besides the built-in ones. */
  readonly sensitiveNameRegex?: NameTest | undefined;
  /** Names that do not, whatever else says so. */
  readonly notSensitiveNameRegex?: NameTest | undefined;
}

/**
 * What a sensitive name promises: a `password` may be made of words and still be one, a `key` (API
 * keys, tokens, secrets) made of words is usually the name of a Secret, `salt` (also of keys such as
 * `session_key`) is one where the value looks random.
 */
export type CredentialSort = "password" | "key" | "salt";

/** What a name says. `sort` is `null` unless the name is sensitive. */
export interface NameInfo {
  readonly class: NameClass;
  readonly sort: CredentialSort | null;
}

const NEUTRAL: NameInfo = { class: "neutral", sort: null };
const NOT_SENSITIVE: NameInfo = { class: "not-sensitive", sort: null };

const PASSWORD_WORDS = new Set(["password", "passwords", "passwd", "pwd", "passphrase", "passcode"]);
const KEY_WORDS = new Set(["secret", "token", "credential", "credentials", "creds", "cred", "bearer", "dsn", "sas"]);
/** Words that make a key or a token of the word after them a credential. */
const KEY_PAIRS = new Set([
  "api key",
  "api keys",
  "access key",
  "private key",
  "signing key",
  "encryption key",
  "master key",
  "license key",
  "auth key",
  "auth header",
  "shared key",
  "account key",
  "storage key",
  "app key",
  "application key",
  "hmac key",
  "unseal key",
  "recovery key",
  "connection string",
  "conn string",
  "webhook url",
  "basic auth",
  "master auth",
]);
/** The same where the value may as well be the name of something: only what looks random is one. */
const LOOSE_PAIRS = new Set([
  "session key",
  "cookie key",
  "fernet key",
  "crypt key",
  "cipher key",
  "aes key",
  "jwt key",
]);
const KEY_TRIPLES = new Set(["client key data"]);
/** `_auth` is what .npmrc calls base64 of user and password. */
const WHOLE_NAMES = new Set(["pin", "_auth"]);

/** Before `pass`: words that give it another meaning (`proxy_pass` in nginx). */
const NOT_BEFORE_PASS = new Set([
  "proxy",
  "fastcgi",
  "uwsgi",
  "scgi",
  "grpc",
  "memcached",
  "first",
  "second",
  "single",
  "multi",
  "by",
  "one",
  "two",
]);
/** Before `token`: page marks, marks of language models, counted tokens. */
const NOT_BEFORE_TOKEN = new Set([
  "continue",
  "continuation",
  "pagination",
  "page",
  "next",
  "cursor",
  "csrf",
  "xsrf",
  "max",
  "min",
  "per",
  "eos",
  "bos",
  "pad",
  "unk",
  "sep",
  "cls",
  "mask",
  "stop",
  "special",
  "input",
  "output",
  "prompt",
  "completion",
  "cancellation",
]);
/** Before `secret`: it is the name of a Secret object. */
const NOT_BEFORE_SECRET = new Set([
  "existing",
  "password",
  "credentials",
  "tls",
  "pull",
  "ca",
  "cert",
  "certificate",
  "ingress",
  "image",
]);
/** Before `key`: the name of an entry of a Secret. */
const NOT_BEFORE_KEY = new Set(["password", "passwd", "pass", "token", "credential", "credentials", "username"]);

/** The same for `secret key`. */
const NOT_BEFORE_SECRET_KEY = new Set(["password", "passwd", "username", "connection"]);
/** First words of lists of what counts: `requiredCredentials: [password]`. */
const WHAT_IS_ASKED_FOR = new Set(["required", "allowed", "supported", "accepted"]);

/** Last words after which the value is something about the credential, not the credential. */
const FINAL_WORDS = new Set(
  `file files filename path paths dir dirs directory folder mount mounts mountpath volume
  name names ref refs reference selector id ids kid arn role username user users account namespace owner group groups
  ttl expiry expires expire expiration lifetime interval period timeout age rotation refresh renewal duration validity
  seconds second sec secs minutes hours days ms at after before date time timestamp schedule leeway skew retention
  length size count limit limits max min policy strength regex regexp pattern budget rules rule complexity retries retry
  attempts iterations rounds cost bits quota threshold usage usages number index version versions checksum rate
  enabled enable disabled disable required require optional allowed mode type types format algorithm algorithms alg algo encryption
  method kind class source strategy scheme level encoding encoder style support supported reset change changed check checks
  verify verification validation validate placeholder prompt label hint help title description desc message text error errors page field
  fields column prefix suffix header headers cookie option options setting settings config configuration flag flags status state
  url uri urls uris endpoint endpoints host hosts hostname issuer audience scope scopes port server servers address addr domain
  region zone link callback redirect location
  public store provider providers backend engine manager service generator resolver handler filter validator verifier controller operator
  agent client plugin driver auth template templates property properties keys binding bindings request requests review reviews
  annotation annotations transform transformer projection module modules hasher hashing`.split(/\s+/),
);
/** The same for the last two words. */
const FINAL_PAIRS = new Set([
  "hash method",
  "key ref",
  "header name",
  "key name",
  "secret key ref",
  "key size",
  "key id",
  "key type",
  "key usage",
]);

/**
 * Whether a name announces a credential. Names are compared word by word, so `monkey` holds no key
 * and `passenger` no pass; what the last words say about the value (`PASSWORD_FILE`, `TOKEN_TTL`)
 * is checked last and wins. The user's patterns win over both, the one for harmless names over all.
 */
export function classifyName(name: string, patterns?: NamePatterns): NameClass {
  return describeName(name, patterns).class;
}

/** As `classifyName`, and what sort of credential a sensitive name announces. */
export function describeName(name: string, patterns?: NamePatterns): NameInfo {
  if (patterns?.notSensitiveNameRegex?.test(name) === true) return NOT_SENSITIVE;
  const builtIn = builtInName(name);
  if (builtIn.class !== "sensitive" && patterns?.sensitiveNameRegex?.test(name) === true) {
    return { class: "sensitive", sort: "key" };
  }
  return builtIn;
}

/** Names repeat all over a repository; the memory is bounded, and a pure function has no other state. */
const memory = new Map<string, NameInfo>();
const MOST_REMEMBERED = 5000;

function builtInName(name: string): NameInfo {
  const known = memory.get(name);
  if (known !== undefined) return known;
  const info = judge(name);
  if (name.length <= 128) {
    if (memory.size >= MOST_REMEMBERED) memory.clear();
    memory.set(name, info);
  }
  return info;
}

function judge(name: string): NameInfo {
  if (WHOLE_NAMES.has(name.toLowerCase()))
    return { class: "sensitive", sort: name.toLowerCase() === "pin" ? "password" : "key" };
  const words = [...splitName(name)];
  while (words.length > 1 && /^\d+$/.test(words.at(-1) ?? "")) words.pop();
  // `checksum/secret`, `checksum/config`: annotations that make a workload roll.
  if (words.length === 0) return NEUTRAL;
  if (words[0] === "checksum") return NOT_SENSITIVE;
  const match = lastMatch(words);
  if (match === null) {
    return isAboutSomething(words, -1) || isTokenCount(words) || words.includes("public") ? NOT_SENSITIVE : NEUTRAL;
  }
  if (isAboutSomething(words, match.end) || isReferenceByName(words, match)) return NOT_SENSITIVE;
  return { class: "sensitive", sort: match.sort };
}

interface Match {
  readonly start: number;
  /** Index of the last word that belongs to it. */
  readonly end: number;
  readonly sort: CredentialSort;
}

// The last sequence of sensitive words; it is the one that says what the value is.
function lastMatch(words: readonly string[]): Match | null {
  for (let end = words.length - 1; end >= 0; end -= 1) {
    const word = words[end] ?? "";
    const before = words[end - 1];
    const pair = before === undefined ? "" : `${before} ${word}`;
    if (end >= 2 && KEY_TRIPLES.has(`${words[end - 2]} ${pair}`)) return { start: end - 2, end, sort: "key" };
    if (KEY_PAIRS.has(pair)) return { start: end - 1, end, sort: "key" };
    if (LOOSE_PAIRS.has(pair)) return { start: end - 1, end, sort: "salt" };
    if (pair === "secret key" || pair === "secret access") return { start: end - 1, end, sort: "key" };
    if (PASSWORD_WORDS.has(word)) return { start: end, end, sort: "password" };
    if (word === "pw" && end === words.length - 1) return { start: end, end, sort: "password" };
    if (word === "pass" && end === words.length - 1 && !(before !== undefined && NOT_BEFORE_PASS.has(before))) {
      return { start: end, end, sort: "password" };
    }
    if (KEY_WORDS.has(word)) return { start: end, end, sort: "key" };
    if ((word === "salt" || word === "pepper") && end === words.length - 1) return { start: end, end, sort: "salt" };
  }
  return null;
}

function isAboutSomething(words: readonly string[], matchEnd: number): boolean {
  const last = words.length - 1;
  if (matchEnd === last) return false;
  const word = words[last] ?? "";
  if (FINAL_WORDS.has(word)) return true;
  return FINAL_PAIRS.has(words.slice(-2).join(" "));
}

function isReferenceByName(words: readonly string[], { start, end }: Match): boolean {
  const word = words[end];
  const before = words[start - 1];
  if (words.includes("existing") || WHAT_IS_ASKED_FOR.has(words[0] ?? "")) return true;
  // `PASSWORD_SECRET_KEY`: the entry of a Secret that holds it.
  if (words[start] === "secret" && word === "key" && start > 0 && NOT_BEFORE_SECRET_KEY.has(before ?? "")) return true;
  if (before === "public" || before === "publishable") return true;
  if (word === "token" && start === end && before !== undefined && NOT_BEFORE_TOKEN.has(before)) return true;
  if (word === "secret" && before !== undefined && NOT_BEFORE_SECRET.has(before)) return true;
  const last = words.at(-1);
  const beforeLast = words.at(-2);
  return last === "key" && end === words.length - 2 && beforeLast !== undefined && NOT_BEFORE_KEY.has(beforeLast);
}

// `max_tokens`, `num_tokens`: what language models count.
function isTokenCount(words: readonly string[]): boolean {
  return words.at(-1) === "tokens" && words.length > 1;
}
