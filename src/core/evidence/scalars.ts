import { isWordyIdentifier, isWordyName } from "./words.ts";

const BOOLEAN = /^(?:true|false|yes|no|on|off|y|n|t|f)$/i;
const NUMBER =
  /^[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,4})?%?$|^0[xX][0-9a-fA-F]{1,8}$|^0[oO][0-7]{1,12}$/;
const QUANTITY = /^[+-]?\d{1,20}(?:\.\d{1,10})?(?:[kKMGTPE]i?[bB]?|m|u|n|[bB])$/;
const DURATION =
  /^(?:\d{1,12}(?:\.\d{1,6})?(?:ns|us|µs|ms|s|sec|secs|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|w|weeks?|mo|months?|y|years?)\s?)+$/;
const ISO_DURATION = /^P(?=.)(?:\d{1,6}[YMWD])*(?:T(?:\d{1,6}[HMS])+)?$/;
const CRON =
  /^(?:@(?:hourly|daily|weekly|monthly|yearly|annually|midnight)|[\d*/,?-]{1,40} (?:[\d*/,LW#?A-Za-z-]{1,40} ){3,4}[\d*/,LW#?A-Za-z-]{1,40})$/;
const PLAIN_URL = /^[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/[^\s@]*$/;
const PATH_START = /^(?:\/|\.{1,2}\/|~\/|[A-Za-z]:[\\/]|\\\\)/;
const FILE_NAME =
  /^[\w-]{1,80}(?:\.[\w-]{1,40}){0,3}\.(?:ya?ml|json|toml|ini|conf|cfg|properties|env|txt|pem|crt|cer|key|pub|p12|pfx|jks|db|sqlite|log|sh|py|js|ts|go|xml|html|csv|gz|tgz|zip|sock|pid|lock|so|jar|war)$/i;

/** Words that are settings, not secrets, whatever the name says. */
const ENUMERATED = new Set(
  `enabled disabled enable disable required optional auto automatic always never default defaults inherit include omit same-origin
  ifnotpresent debug info warn warning error fatal trace notice verbose quiet silent low medium high critical
  dev development stage staging prod production local qa uat sandbox preview
  vault kubernetes k8s aws gcp azure file env environment memory inmemory redis consul etcd kms local database ldap oidc oauth oauth2
  saml basic bearer digest plain plaintext jwt token apikey api-key api_key kerberos gssapi ntlm mtls tls ssl x509 cert certificate certificates iam irsa sts
  opaque hs256 hs384 hs512 rs256 rs384 rs512 es256 es384 es512 eddsa rsa ecdsa ed25519 aes aes128 aes192 aes256 aes-256-gcm aes-128-cbc sha1 sha256 sha-256 sha512 md5 bcrypt
  argon2 argon2id scrypt pbkdf2 scram-sha-256 scram-sha-512 scram-sha-1 md5sum trust peer ident reject crypt
  string str int integer number boolean bool object array any text select multiselect managed
  read write readonly read-only readwrite read-write admin-only allow deny permit forbid strict lax relaxed
  header query cookie form body json yaml xml csv client_secret_basic client_secret_post private_key_jwt authorization_code client_credentials refresh_token
  http https tcp udp grpc ws wss amqp smtp none generic static dynamic ephemeral internal external public private shared global cluster namespace namespaced manual rotate rotated
  serviceaccount service-account service_account workload-identity workloadidentity sigv4 sso www-authenticate authorization`.split(
    /\s+/,
  ),
);

/** Header fields that are named after what they carry: `X-Api-Key`. */
const HEADER_FIELD = /^X(?:-[A-Z][A-Za-z]{1,20}){1,5}$/;

/** Words of the list above that are passwords when they stand as one. */
const PASSWORDS_TOO = new Set([
  "token",
  "dev",
  "development",
  "default",
  "local",
  "prod",
  "production",
  "staging",
  "stage",
  "sandbox",
  "vault",
  "redis",
  "debug",
  "kubernetes",
  "k8s",
  "database",
  "ldap",
  "consul",
  "etcd",
  "qa",
  "uat",
  "public",
  "private",
  "memory",
  "internal",
  "global",
  "string",
  "admin-only",
  "ident",
  "trust",
]);

/** Longest value that is compared with these forms, in UTF-16 units. */
const LONGEST = 2048;

/** Whether a value is a setting: a boolean, number, quantity, duration, schedule, path or plain URL. */
export function isScalar(value: string): boolean {
  if (value.length > LONGEST) return false;
  return (
    BOOLEAN.test(value) ||
    NUMBER.test(value) ||
    QUANTITY.test(value) ||
    DURATION.test(value) ||
    ISO_DURATION.test(value) ||
    CRON.test(value) ||
    isPlainUrl(value) ||
    isPath(value)
  );
}

/** Whether a value is made of digits alone, as weak passwords and PINs are. */
export function isDigits(value: string): boolean {
  return /^\d{1,40}$/.test(value);
}

/** Whether a value is one of the words that settings take; `password` as the value of a password is none. */
export function isEnumerated(value: string, forPassword: boolean): boolean {
  const word = value.toLowerCase();
  if (forPassword) return ENUMERATED.has(word) && !PASSWORDS_TOO.has(word);
  return ENUMERATED.has(word) || HEADER_FIELD.test(value);
}

/** Whether a value is a URL without user information. */
function isPlainUrl(value: string): boolean {
  return PLAIN_URL.test(value);
}

/**
 * Whether a value is a path of the file system, or a relative one made of words (`secret/data/app`).
 * Base64 may begin with a slash as well, so no part may look random.
 */
function isPath(value: string): boolean {
  if (/\s/.test(value) || value.length > LONGEST) return false;
  const parts = value.split(/[\\/:]/);
  // Base64 may be padded, a path is not.
  if (value.endsWith("==")) return false;
  if (PATH_START.test(value)) return /^[\w.~@+,=%(){}*$\\/:#-]+$/.test(value) && !parts.some(looksRandom);
  if (FILE_NAME.test(value)) return !looksRandom(value.slice(0, value.indexOf(".")));
  return value.includes("/") && parts.length > 1 && parts.every((part) => isPathPart(part));
}

function isPathPart(part: string): boolean {
  return part === "" || /^[.*]+$/.test(part) || isWordyName(part) || isWordyIdentifier(part) || FILE_NAME.test(part);
}

function looksRandom(part: string): boolean {
  return part.length >= 16 && /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part);
}
