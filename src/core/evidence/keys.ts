import { decodeBase64, textOf } from "./base64.ts";
import { keystoreOf } from "./keystores.ts";

/** Private key material in a text: `[start, end)` in UTF-16 offsets. */
export interface KeySpan {
  readonly kind: "private-key" | "encrypted-private-key";
  /** `key/pem`, `key/jwk`, `key/age`, `key/gcp-service-account`, `key/pkcs12`, `key/jks`, `key/der`, `key/putty`. */
  readonly detector: string;
  readonly start: number;
  readonly end: number;
}

// The label of RFC 7468, and the older ones of OpenSSL, OpenSSH and PGP.
const PEM_BEGIN = /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,3})PRIVATE KEY( BLOCK)?-----/g;
const AGE = /(?<![A-Z0-9-])AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{50,}/g;
const PUTTY = /PuTTY-User-Key-File-[23]:/g;
/** Longest PEM block that is measured; an RSA key of 16,384 bits has about 12,500 characters. */
const LONGEST_BLOCK = 40_000;
/** Least base64 of a real key: a PKCS#8 Ed25519 key has 64 characters. */
const LEAST_BODY = 56;

/** All private key material that is written out in a text. */
export function findKeys(text: string): readonly KeySpan[] {
  const keys: KeySpan[] = [];
  if (text.includes("PRIVATE KEY")) findPem(text, keys);
  if (text.includes("AGE-SECRET-KEY-")) {
    for (const { index, 0: match } of text.matchAll(AGE)) {
      if (new Set(match.slice(-40)).size > 8)
        keys.push({ kind: "private-key", detector: "key/age", start: index, end: index + match.length });
    }
  }
  if (text.includes("PuTTY-User-Key-File-")) findPutty(text, keys);
  if (text.includes('"kty"')) findJwk(text, keys);
  return keys;
}

/**
 * Private key material in a whole value: written out, or base64-encoded once or twice. `decoded` says
 * which; encoded material has the span of the whole value. Keystores and keys in DER are binary once
 * decoded, and left alone without `binary`.
 */
export function findKeysInValue(
  value: string,
  binary = true,
): { readonly keys: readonly KeySpan[]; readonly decoded: boolean } {
  const plain = findKeys(value);
  if (plain.length > 0) return { keys: plain, decoded: false };
  const kind = encodedKey(value, 0, binary);
  if (kind === null) return { keys: [], decoded: false };
  const start = value.length - value.trimStart().length;
  return { keys: [{ ...kind, start, end: value.trimEnd().length }], decoded: true };
}

/** Whether a text holds private key material, written out. */
export function holdsPrivateKey(text: string): boolean {
  return /PRIVATE KEY|AGE-SECRET-KEY-|"kty"|PuTTY-User-Key-File-/.test(text) && findKeys(text).length > 0;
}

/** Private key material in the bytes of a Secret's or ConfigMap's entry; `binary` as for `findKeysInValue`. */
export function keyInBytes(bytes: Uint8Array, binary = true): Pick<KeySpan, "kind" | "detector"> | null {
  return keyInDecoded(bytes, 0, binary);
}

// How base64 of what is looked for begins: `-----BEGIN`, twice encoded; DER; JKS and JCEKS; JSON; age; PuTTY; a comment or a newline.
const ENCODED_START =
  /^\s*(?:LS0tL|TFMwd|M[CDEGHI]|\/u3\+7|zs7Ozg|ey|ewo|QUdFL|UHVUV|IyB|Ci0t|Q2kw|VFVs|L3Uz|ZXl|QmFn|LXMt|DQot)/;

function encodedKey(value: string, depth: number, binary: boolean): Pick<KeySpan, "kind" | "detector"> | null {
  if (depth >= 2 || value.length < 64 || !ENCODED_START.test(value)) return null;
  const bytes = decodeBase64(value);
  return bytes === null ? null : keyInDecoded(bytes, depth, binary);
}

function keyInDecoded(bytes: Uint8Array, depth: number, binary: boolean): Pick<KeySpan, "kind" | "detector"> | null {
  const store = binary ? keystoreOf(bytes) : null;
  if (store !== null) return store;
  const text = textOf(bytes);
  if (text === null) return null;
  const [first] = findKeys(text);
  return first === undefined ? encodedKey(text, depth + 1, binary) : { kind: first.kind, detector: first.detector };
}

function findPem(text: string, keys: KeySpan[]): void {
  let pastLast = 0;
  for (const { index, 0: begin, 1: label = "" } of text.matchAll(PEM_BEGIN)) {
    if (index < pastLast) continue;
    const from = index + begin.length;
    const window = untilNext(text.slice(from, from + LONGEST_BLOCK), "-----BEGIN");
    const ending = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.exec(window);
    const cut = ending?.index ?? bodyLength(window);
    const body = window.slice(0, cut);
    if (!isKeyBody(body)) continue;
    const end = from + cut + (ending?.[0].length ?? 0);
    pastLast = end;
    const encrypted = label.includes("ENCRYPTED") || /Proc-Type: ?4, ?ENCRYPTED/.test(body);
    keys.push({
      kind: encrypted ? "encrypted-private-key" : "private-key",
      detector: pemDetector(text, index),
      start: index,
      end,
    });
  }
}

// A text full of opening marks costs no more than its length.
function untilNext(window: string, mark: string): string {
  const next = window.indexOf(mark, 1);
  return next === -1 ? window : window.slice(0, next);
}

// A block that was cut off ends where its alphabet does.
function bodyLength(window: string): number {
  return /^(?:[A-Za-z0-9+/=\s]|\\[nr])*/.exec(window)?.[0].length ?? 0;
}

function isKeyBody(body: string): boolean {
  if (/\.\.\.|…|<|REDACTED|redacted|\*{3}|snip|\{\{|\$\{|xxxx/i.test(body.replace(/^.*(?:Comment|Version):.*$/gm, "")))
    return false;
  const letters = body
    .replace(/\\[nrt]/g, "\n")
    .replace(/^[ \t]*[A-Za-z][A-Za-z0-9-]{0,40}:.*$/gm, "")
    .replace(/[\s"'|>+,\\]/g, "");
  return (
    letters.length >= LEAST_BODY && /^[A-Za-z0-9+/=#-]+$/.test(letters) && new Set(letters.slice(0, 400)).size >= 10
  );
}

// The key file of a Google service account is JSON with the key in one string.
function pemDetector(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - 2000), index);
  return /["']?private_key["']?\s*:\s*["']?\s*$/.test(before.slice(-60)) &&
    /service_account|private_key_id/.test(before + text.slice(index, index + 8000))
    ? "key/gcp-service-account"
    : "key/pem";
}

function findPutty(text: string, keys: KeySpan[]): void {
  for (const { index } of text.matchAll(PUTTY)) {
    const window = untilNext(text.slice(index, index + LONGEST_BLOCK), "PuTTY-User-Key-File-");
    const body = /Private-Lines: ?\d{1,4}\s+([A-Za-z0-9+/=\s]{56,})/.exec(window);
    if (body === null) continue;
    const encrypted = /Encryption: ?aes/i.test(window.slice(0, 400));
    keys.push({
      kind: encrypted ? "encrypted-private-key" : "private-key",
      detector: "key/putty",
      start: index,
      end: index + body.index + body[0].trimEnd().length,
    });
  }
}

/** How far from its type the private part of a JSON Web Key may stand, in UTF-16 units. */
const JWK_SIZE = 4000;
/** How many JSON Web Keys one text may hold; further ones are as good as the first. */
const MOST_JWKS = 500;

// RFC 7517 and 7518: `d` is the private part of RSA, EC and OKP keys, `k` the symmetric key.
function findJwk(text: string, keys: KeySpan[]): void {
  const seen = new Set<number>();
  let looked = 0;
  for (const { index, 1: type } of text.matchAll(/"kty"\s{0,9}:\s{0,9}"(RSA|EC|OKP|oct)"/g)) {
    looked += 1;
    if (looked > MOST_JWKS) return;
    const earliest = Math.max(0, index - JWK_SIZE);
    const from = earliest + Math.max(0, text.slice(earliest, index).lastIndexOf("{"));
    const close = text.slice(index, index + JWK_SIZE).indexOf("}");
    const window = text.slice(from, close === -1 ? index + JWK_SIZE : index + close);
    const part = (
      type === "oct" ? /"k"\s{0,9}:\s{0,9}"([A-Za-z0-9_-]{16,})"/ : /"d"\s{0,9}:\s{0,9}"([A-Za-z0-9_-]{32,})"/
    ).exec(window);
    if (part === null) continue;
    const end = from + part.index + part[0].length - 1;
    const start = end - (part[1] ?? "").length;
    if (seen.has(start)) continue;
    seen.add(start);
    keys.push({ kind: "private-key", detector: "key/jwk", start, end });
  }
}
