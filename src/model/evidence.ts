import type { DataPath } from "./json.ts";
import type { Range } from "./position.ts";

/**
 * What a value looks like, the first that fits (definitions of the rule catalogue):
 * `empty` null or blank; `encrypted` ciphertext made to live in Git; `reference` a pointer to a
 * secret or a template expression; `placeholder` a word that asks to be replaced; `public`
 * certificates, public keys, digests, ids; `hash` a password hash; `scalar` booleans, numbers,
 * durations, paths, plain URLs; `weak` a guessable password; `likely` what is probably a credential;
 * `plain` anything else.
 */
export type ValueClass =
  | "empty"
  | "encrypted"
  | "reference"
  | "placeholder"
  | "public"
  | "hash"
  | "scalar"
  | "weak"
  | "likely"
  | "plain";

/** Whether a name announces a credential. `neutral` names say nothing either way. */
export type NameClass = "sensitive" | "not-sensitive" | "neutral";

/**
 * What was found: `credential` a value judged by its name and shape; `token` a known token format;
 * `url-credential` user information or a secret inside a URL or connection string; `private-key`
 * private key or keystore material; `encrypted-private-key` one under a passphrase.
 */
export type EvidenceKind = "credential" | "token" | "url-credential" | "private-key" | "encrypted-private-key";

/**
 * How the value is written down: `value` a whole scalar below a key; `pair` the value of a
 * `{name, value}` item; `flag` behind a command-line flag; `assignment` `KEY=value` in a shell
 * string or argument; `header` an HTTP header; `nested` a key inside text that the scalar holds
 * (JSON, YAML, INI, properties, dotenv); `text` a span of raw text.
 */
export type EvidenceContext = "value" | "pair" | "flag" | "assignment" | "header" | "nested" | "text";

/**
 * One thing that a detector saw. It says where and what, never the value: the range points into the
 * source, and nothing here is derived from the characters of the secret.
 */
export interface Evidence {
  /** Unique in one run. */
  readonly id: number;
  readonly kind: EvidenceKind;
  /** Which detector saw it: `name-value`, `secretlint/aws`, `pattern/vault-token`, `key/pem` … */
  readonly detector: string;
  readonly class: ValueClass;
  readonly context: EvidenceContext;
  /** The name that announces the value (env name, flag, key), where there is one. */
  readonly keyName: string | null;
  readonly nameClass: NameClass;
  /** Path of the scalar in the object that holds it; empty for evidence outside of objects. */
  readonly path: DataPath;
  /** Whether the value was base64-decoded before it was judged. */
  readonly decoded: boolean;
  /** The exact stretch of source text, inside the scalar where only a part of it is meant. */
  readonly range: Range;
}
