import { isWordyName } from "./words.ts";

const PUBLIC_PEM =
  /-----BEGIN (?:TRUSTED |X509 |NEW |PKCS7 )?(?:CERTIFICATE(?: REQUEST)?|PKCS7|CMS|PUBLIC KEY|RSA PUBLIC KEY|EC PUBLIC KEY|X509 CRL|CRL|DH PARAMETERS|EC PARAMETERS|PGP PUBLIC KEY BLOCK|PGP SIGNATURE|SSH2 PUBLIC KEY)-----|-----BEGIN SSH2 PUBLIC KEY|---- BEGIN SSH2 PUBLIC KEY/;
const SSH_PUBLIC = /^(?:sk-)?(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3})(?:@openssh\.com)? AAAA/;
const KNOWN_HOST = /^(?:\|1\|\S+|[@\w.,:[\]*-]+) (?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}) AAAA/;
const DIGEST = /^(?:sha(?:1|224|256|384|512)[-:=]|md5[-:=]|h1:)[A-Za-z0-9+/=_-]{16,}$/i;
const IMAGE_DIGEST = /@sha(?:256|512):[0-9a-f]{64,128}$/;
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const VERSION = /^(?:[v=~^><]{1,3}\d{1,5}(?:\.\d{1,8}){0,3}|\d{1,5}\.\d{1,5}\.\d{1,8})(?:[-+][0-9A-Za-z.+-]{1,40})?$/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?::\d{1,5})?$/;
const IPV6 = /^\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}\]?(?:\/\d{1,3})?(?::\d{1,5})?$/i;
const EMAIL = /^[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/i;
const HOST =
  /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:local|internal|localhost|svc|cluster|com|net|org|io|dev|ai|app|cloud|co|eu|de|uk|us|fr|nl|ch|info|test|example|lan|corp|tech|sh|me|gov|edu)\.?(?::\d{1,5})?$/;
const HOST_PORT = /^[a-z](?:[a-z0-9.-]{0,200}[a-z0-9])?:\d{2,5}$/;
/** Sentry's client keys: they only let send events (Sentry, DSN explainer). */
const SENTRY_DSN = /^https?:\/\/[0-9a-f]{32}@[a-z0-9.-]{1,200}(?::\d{1,5})?\/(?:[\w-]{1,60}\/)?\d{1,20}$/;
const PUBLIC_AGE = /^age1[0-9a-z]{20,}$/;

/** Words of a name whose value may be a bare digest or an id without being a secret. */
const DIGEST_NAMES =
  /(?:revision|commit|sha|sha1|sha256|md5|digest|checksum|hash|fingerprint|thumbprint|etag|ref|version|tag|id|uid|uuid|guid)$/i;

/** Longest value whose form is compared, in UTF-16 units; certificates are found by their first line. */
const LONGEST = 1024;

/**
 * Whether a value is public by its form: certificates, public keys, digests, versions, dates,
 * addresses, e-mail. `keyName` decides on bare hexadecimal digests; `sensitive` takes UUIDs out,
 * since vendors use them as keys.
 */
export function isPublicValue(value: string, keyName: string, sensitive: boolean): boolean {
  if (isPublicPem(value) || SSH_PUBLIC.test(value) || KNOWN_HOST.test(value)) return true;
  if (value.length > LONGEST) return false;
  if (DIGEST.test(value) || IMAGE_DIGEST.test(value) || PUBLIC_AGE.test(value) || SENTRY_DSN.test(value)) return true;
  if (UUID.test(value)) return !sensitive;
  if (DIGEST_NAMES.test(keyName) && !sensitive && /^[0-9a-f]{7,128}$/i.test(value)) return true;
  return VERSION.test(value) || DATE.test(value) || isAddress(value);
}

/** Whether a value is an address of a machine or a person: IP, CIDR, host name, host and port, e-mail. */
export function isAddress(value: string): boolean {
  if (value.length > LONGEST) return false;
  if (value.includes(",") && value.length <= LONGEST)
    return value.split(",").every((part) => part !== "" && isOneAddress(part.trim()));
  return isOneAddress(value);
}

/** Whether a value is a Kubernetes name of two words or more, perhaps with the suffix that a generator appends, or an address. */
export function isNameOfSomething(text: string): boolean {
  if (isAddress(text)) return true;
  if (!/[-._/:]/.test(text)) return false;
  if (isWordyName(text)) return true;
  // What a generator appends is more than digits.
  const suffixed = /^([a-z0-9-]{3,200})-(?!\d+$)[a-z0-9]{4,10}$/.exec(text);
  return suffixed !== null && (suffixed[1] ?? "").includes("-") && isWordyName(suffixed[1] ?? "");
}

function isOneAddress(value: string): boolean {
  return (
    IPV4.test(value) ||
    IPV6.test(value) ||
    EMAIL.test(value) ||
    HOST.test(value) ||
    (HOST_PORT.test(value) && isWordyName(value.replace(/:\d+$/, "")))
  );
}

// A private key next to the certificate makes the whole a secret.
function isPublicPem(value: string): boolean {
  return value.includes("-----BEGIN") || value.includes("---- BEGIN")
    ? PUBLIC_PEM.test(value) && !value.includes("PRIVATE KEY")
    : false;
}

const HASHES = [
  /^\$(?:2[abxy]?|1|5|6|y|7|apr1|argon2(?:i|d|id)|scrypt|s0|s1|pbkdf2(?:-sha\d+)?|P|H|S)\$[^\s]{8,}/,
  /^pbkdf2[_:](?:sha\d+|hmac)/i,
  /^(?:bcrypt(?:_sha256)?|argon2|scrypt)[$:][^\s]{16,}/i,
  /^\{(?:SSHA|SHA|SMD5|MD5|SSHA256|SHA256|SSHA512|SHA512|CRYPT|PBKDF2(?:-SHA\d+)?|bcrypt|noop-hash|argon2|scrypt|pbkdf2)\}\S{8,}/i,
  /^SCRAM-SHA-(?:1|256|512)\$\d+:/,
  /^md5[0-9a-f]{32}$/,
  /^\*[0-9A-F]{40}$/,
  /^[^\s:]{1,100}:(?:\$(?:apr1|2[abxy]?|1|5|6|y|argon2(?:i|d|id))\$|\{SHA\})[^\s]{8,}/,
];

/** Whether a value is a password hash, or an htpasswd line that holds one. */
export function isPasswordHash(value: string): boolean {
  const line = value.slice(0, 512);
  return HASHES.some((hash) => hash.test(line));
}

const ENCRYPTED = [
  /^ENC\[[A-Z0-9_]{3,20},/, // SOPS
  /^-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE)-----/,
  /^age-encryption\.org\/v1/,
  /^\$ANSIBLE_VAULT;/,
  /^\0GITCRYPT\0/,
  /^ENC\[PKCS7,/, // hiera-eyaml
];

/** Whether a value is ciphertext that was made to live in a repository. */
export function isEncrypted(value: string): boolean {
  const start = value.slice(0, 64);
  return ENCRYPTED.some((mark) => mark.test(start));
}
