/** Object identifiers of signature algorithms (RFC 3279, 4055, 5758, 8410), by their DER in hexadecimal digits. */
const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ["2a864886f70d010102", "md2WithRSA"],
  ["2a864886f70d010104", "md5WithRSA"],
  ["2a864886f70d010105", "sha1WithRSA"],
  ["2b0e03021d", "sha1WithRSA"],
  ["2a864886f70d01010b", "sha256WithRSA"],
  ["2a864886f70d01010c", "sha384WithRSA"],
  ["2a864886f70d01010d", "sha512WithRSA"],
  ["2a864886f70d01010a", "rsassaPss"],
  ["2a8648ce380403", "dsaWithSHA1"],
  ["2a8648ce3d0401", "ecdsaWithSHA1"],
  ["2a8648ce3d040302", "ecdsaWithSHA256"],
  ["2a8648ce3d040303", "ecdsaWithSHA384"],
  ["2a8648ce3d040304", "ecdsaWithSHA512"],
  ["2b6570", "ed25519"],
  ["2b6571", "ed448"],
]);

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;

/**
 * The algorithm by which a certificate (DER) was signed, such as `sha256WithRSA`; `other` for one that is
 * not known. Node tells it only from version 24 on.
 */
export function signatureOf(certificate: Uint8Array): string {
  const body = elementAt(certificate, 0, SEQUENCE);
  const signed = body === null ? null : elementAt(certificate, body.start, SEQUENCE);
  const algorithm = signed === null ? null : elementAt(certificate, signed.end, SEQUENCE);
  const id = algorithm === null ? null : elementAt(certificate, algorithm.start, OBJECT_IDENTIFIER);
  if (id === null) return "other";
  return ALGORITHMS.get(Buffer.from(certificate.subarray(id.start, id.end)).toString("hex")) ?? "other";
}

// The content of the element of DER (ITU-T X.690) at an offset, where it has that tag and fits.
function elementAt(bytes: Uint8Array, at: number, tag: number): { start: number; end: number } | null {
  const first = bytes[at + 1];
  if (bytes[at] !== tag || first === undefined) return null;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4) return null;
  const length = more === 0 ? first : bytes.subarray(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
  const start = at + 2 + more;
  return start + length > bytes.length ? null : { start, end: start + length };
}
