import { X509Certificate, type KeyObject } from "node:crypto";
import type { CertificateFacts } from "../../model/certificate.ts";
import { signatureOf } from "./signature.ts";

const CURVE_BITS: Readonly<Record<string, number>> = {
  secp192r1: 192,
  prime192v1: 192,
  secp224r1: 224,
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
};

/** Kinds of keys that are told by name, as Node calls them. */
const KEYS: ReadonlySet<string> = new Set(["rsa", "rsa-pss", "dsa", "ec", "ed25519", "ed448"]);

/** Reads a certificate with what Node is built on, OpenSSL; `null` for bytes that are none. */
export function readCertificate(der: Uint8Array): CertificateFacts | null {
  const certificate = parse(der);
  if (certificate === null) return null;
  const [notBefore, notAfter] = [certificate.validFrom, certificate.validTo].map((date) => Date.parse(date) / 1000);
  if (notBefore === undefined || notAfter === undefined || !Number.isSafeInteger(notBefore + notAfter)) return null;
  return {
    notBefore,
    notAfter,
    authority: certificate.ca,
    selfSigned: certificate.issuer === certificate.subject,
    signature: signatureOf(certificate.raw),
    ...keyOf(certificate),
  };
}

function parse(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

// A key that OpenSSL does not know is still one of a certificate that ends on a day.
function keyOf(certificate: X509Certificate): Pick<CertificateFacts, "key" | "bits"> {
  let key: KeyObject;
  try {
    key = certificate.publicKey;
  } catch {
    return { key: "other", bits: null };
  }
  const { asymmetricKeyType: kind = "", asymmetricKeyDetails: { modulusLength, namedCurve = "" } = {} } = key;
  return { key: KEYS.has(kind) ? kind : "other", bits: modulusLength ?? CURVE_BITS[namedCurve] ?? null };
}
