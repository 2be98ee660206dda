/** Largest base64 text that is decoded, in UTF-16 units; a Secret may hold 1 MiB (Kubernetes, Secret size limit). */
const LONGEST = 2_000_000;

/**
 * The bytes of a base64 text (RFC 4648, standard or URL-safe alphabet, padding optional, white space
 * ignored), or `null` where it is no base64 or too long.
 */
export function decodeBase64(text: string): Uint8Array | null {
  if (text.length > LONGEST) return null;
  const compact = text
    .replace(/\s+/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/={1,2}$/, "");
  if (compact === "" || compact.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/.test(compact)) return null;
  const binary = atob(compact);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Bytes as UTF-8 text, or `null` where they are none or hold control characters that text does not. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // oxlint-disable-next-line no-control-regex
    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** The text that a base64 text stands for, or `null` where it stands for none. */
export function decodeBase64Text(text: string): string | null {
  const bytes = decodeBase64(text);
  return bytes === null ? null : textOf(bytes);
}
