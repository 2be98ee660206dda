/** What a binary keystore is. */
export interface Keystore {
  readonly kind: "private-key" | "encrypted-private-key";
  readonly detector: "key/pkcs12" | "key/jks" | "key/der";
}

// DER of object identifiers, from their tag on.
const PKCS7_DATA = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const KEY_BAG = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01];
const RSA_ENCRYPTION = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const EC_PUBLIC_KEY = [0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const ED25519 = [0x06, 0x03, 0x2b, 0x65, 0x70];
const PBES2 = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];

/** How many bytes of a keystore are searched for its parts. */
const SEARCHED = 200_000;

/**
 * Whether bytes are a keystore or a bare key with a private part: PKCS#12 with a key bag (RFC 7292),
 * JKS or JCEKS with a key entry, PKCS#8 in DER (RFC 5958). Stores of certificates only are none.
 */
export function keystoreOf(bytes: Uint8Array): Keystore | null {
  if (bytes.length < 48) return null;
  const magic = ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  if (magic === (0xfeedfeed | 0) || magic === (0xcececece | 0))
    return hasJksKey(bytes) ? { kind: "private-key", detector: "key/jks" } : null;
  const body = sequenceStart(bytes);
  if (body === null) return null;
  const head = bytes.subarray(body, body + 48);
  if (head[0] === 2 && head[1] === 1 && head[2] === 3 && indexOf(head, PKCS7_DATA) !== -1) {
    return indexOf(bytes.subarray(0, SEARCHED), KEY_BAG) === -1
      ? null
      : { kind: "private-key", detector: "key/pkcs12" };
  }
  if (head[0] === 2 && head[1] === 1 && (head[2] === 0 || head[2] === 1) && head[3] === 0x30) {
    return [RSA_ENCRYPTION, EC_PUBLIC_KEY, ED25519].some((id) => indexOf(head, id) !== -1)
      ? { kind: "private-key", detector: "key/der" }
      : null;
  }
  if (head[0] === 0x30 && indexOf(head.subarray(0, 16), PBES2) !== -1)
    return { kind: "encrypted-private-key", detector: "key/der" };
  return null;
}

// Where the content of the outermost DER SEQUENCE starts (X.690, 8.1.3), or `null`.
function sequenceStart(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0x30) return null;
  const length = bytes[1] ?? 0;
  if (length <= 0x80) return 2;
  const octets = length & 0x7f;
  return octets <= 4 ? 2 + octets : null;
}

function indexOf(bytes: Uint8Array, part: readonly number[]): number {
  const first = part[0] ?? 0;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (part.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}

const KEY_ENTRY = 1;
const CERTIFICATE_ENTRY = 2;
const SECRET_KEY_ENTRY = 3;
const MOST_ENTRIES = 2000;

// Walks over the trusted certificates at the start of a Java keystore to the first key, if any.
function hasJksKey(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 12;
  for (let entry = 0; entry < MOST_ENTRIES && at + 6 < bytes.length; entry += 1) {
    const tag = view.getUint32(at);
    if (tag === KEY_ENTRY || tag === SECRET_KEY_ENTRY) return true;
    if (tag !== CERTIFICATE_ENTRY) return false;
    at += 4;
    at += 2 + view.getUint16(at) + 8;
    if (at + 2 > bytes.length) return false;
    at += 2 + view.getUint16(at);
    if (at + 4 > bytes.length) return false;
    at += 4 + view.getUint32(at);
  }
  return false;
}
