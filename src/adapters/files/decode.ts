/** A text as decoded, or why the bytes are none. */
export type Decoded =
  | { readonly kind: "text"; readonly text: string }
  /** `binary` is no text at all, `encrypted` is git-crypt's, `invalid` is in no encoding that we read. */
  | { readonly kind: "binary" | "encrypted" | "invalid" };

const UTF_8 = new TextDecoder("utf-8", { fatal: true });
const UTF_16 = {
  "utf-16le": new TextDecoder("utf-16le", { fatal: true }),
  "utf-16be": new TextDecoder("utf-16be", { fatal: true }),
};
// The byte order marks of UTF-8 and UTF-16, read as Latin-1.
const MARK = /^(?:\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)/;
// git-crypt puts this in front of what it encrypts (git-crypt, doc/INTERNALS).
const GIT_CRYPT = Buffer.from("\0GITCRYPT\0", "latin1");

/**
 * Decodes UTF-8, or UTF-16 with a byte order mark; the mark is left out. Nothing is replaced: what
 * does not decode is no text.
 */
export function decode(bytes: Buffer): Decoded {
  if (bytes.subarray(0, GIT_CRYPT.length).equals(GIT_CRYPT)) return { kind: "encrypted" };
  const encoding = utf16(bytes);
  if (encoding === null && bytes.includes(0)) return { kind: "binary" };
  try {
    const text = encoding === null ? UTF_8.decode(bytes) : UTF_16[encoding].decode(bytes);
    return text.includes("\0") ? { kind: "binary" } : { kind: "text", text };
  } catch {
    return { kind: encoding === null ? "invalid" : "binary" };
  }
}

/**
 * The ASCII characters of bytes in any encoding, each in its order: enough to see keys by. Other
 * bytes become other characters; a byte order mark in front is left out.
 */
export function decodeRoughly(bytes: Buffer): string {
  return bytes.toString("latin1").replaceAll("\0", "").replace(MARK, "");
}

/** Reads one byte as one character, as Latin-1 does; older `.properties` files are in it. */
export function decodeLatin1(bytes: Buffer): string {
  return bytes.toString("latin1");
}

function utf16(bytes: Buffer): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}
