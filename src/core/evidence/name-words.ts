/** Longest part of a name that is looked at, in UTF-16 units; what makes a name is at its end. */
const LONGEST_NAME = 256;

/** Words that people write in one piece, and how they read. */
const COMPOUNDS: ReadonlyMap<string, readonly string[]> = new Map(
  [
    "api key",
    "api keys",
    "api token",
    "api secret",
    "app key",
    "app secret",
    "access key",
    "access token",
    "account key",
    "auth key",
    "auth token",
    "auth pass",
    "basic auth",
    "bearer token",
    "client secret",
    "client token",
    "connection string",
    "cookie secret",
    "encryption key",
    "id token",
    "jwt secret",
    "license key",
    "master auth",
    "master key",
    "private key",
    "public key",
    "refresh token",
    "secret access key",
    "secret key",
    "secret name",
    "secret ref",
    "session secret",
    "session token",
    "shared key",
    "shared secret",
    "signing key",
    "signing secret",
    "token file",
    "token ttl",
    "user name",
    "webhook secret",
    "webhook token",
    "webhook url",
  ].map((words) => [words.replaceAll(" ", ""), words.split(" ")]),
);

/** Words so telling that a token which merely ends in one is taken apart: `pgpassword`, `htpasswd`. */
const TELLING_ENDS = [
  "password",
  "passwd",
  "passphrase",
  "passcode",
  "apikey",
  "secretkey",
  "accesskey",
  "authtoken",
  "accesstoken",
  "clientsecret",
];

/** Short forms that end in `pass` and mean a password; `bypass` and `compass` do not. */
const PASS_WORDS = new Set([
  "adminpass",
  "authpass",
  "bindpass",
  "dbpass",
  "keypass",
  "ldappass",
  "mailpass",
  "mysqlpass",
  "pgpass",
  "redispass",
  "requirepass",
  "rootpass",
  "smtppass",
  "sshpass",
  "storepass",
  "userpass",
]);

/**
 * The lower-case words of a name: split at everything that is no letter or digit and at the humps of
 * camelCase, acronyms kept whole (`APIKey` is `api`, `key`), trailing digits apart (`password1`).
 */
export function splitName(name: string): readonly string[] {
  const words: string[] = [];
  const pieces = name
    .slice(-LONGEST_NAME)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])(?!s?\b)/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  for (const piece of pieces) {
    if (piece !== "") words.push(...splitPiece(piece));
  }
  return words;
}

function splitPiece(piece: string): readonly string[] {
  const numbered = /^([a-z]{3,})(\d+)$/.exec(piece);
  const [word, digits] = numbered === null ? [piece, []] : [numbered[1] ?? "", [numbered[2] ?? ""]];
  return [...splitCompound(word), ...digits];
}

function splitCompound(word: string): readonly string[] {
  const compound = COMPOUNDS.get(word);
  if (compound !== undefined) return compound;
  if (PASS_WORDS.has(word)) return [word.slice(0, -4), "pass"];
  for (const end of TELLING_ENDS) {
    if (word.length > end.length && word.endsWith(end)) {
      return [word.slice(0, -end.length), ...(COMPOUNDS.get(end) ?? [end])];
    }
  }
  return [word];
}
