import { createHash } from "node:crypto";
import { makeToken } from "../../support/tokens.ts";

/** A made-up secret that was planted, and what may not be seen of it. */
export interface Planted {
  /** Where and what, for the message of a failing test. */
  readonly label: string;
  readonly text: string;
  /** The same kind of secret with other characters: what both share is public. */
  readonly other: string;
}

/** Kinds that are known by their form, wherever they stand. */
export const FORMATS = [
  "aws-access-key",
  "github-token",
  "gitlab-token",
  "slack-token",
  "slack-webhook",
  "discord-webhook",
  "vault-token",
  "npm-token",
  "stripe-key",
  "sendgrid-key",
  "openai-key",
  "anthropic-key",
  "azure-client-secret",
  "age-secret-key",
  "service-account-jwt",
] as const;

/** Kinds that only a name or a place tells. */
export const CONTEXTUAL = ["password", "aws-secret-key", "azure-account-key", "bootstrap-token", "jwt"] as const;

/**
 * Plants secrets and keeps record of them. Two planters with different `seed`s plant the same kinds at
 * the same places with other characters and, where the kind allows it, of another length.
 */
export class Planter {
  readonly planted: Planted[] = [];
  readonly #seed: string;
  readonly #kinds: readonly string[] | null;

  /** `kinds` are those that it plants; all where it is `null`. */
  constructor(seed: "a" | "b", kinds: readonly string[] | null = null) {
    this.#seed = seed;
    this.#kinds = kinds;
  }

  /** Whether what is said of its secrets is to be compared with what is said of others. */
  get comparing(): boolean {
    return this.#kinds !== null;
  }

  /** Those of `kinds` that this planter plants. */
  choose(kinds: readonly string[]): readonly string[] {
    return kinds.filter((kind) => this.#kinds?.includes(kind) ?? true);
  }

  /** A new secret of a kind, for the named place. */
  token(kind: string, place: string): string {
    const make = (seed: string): string => {
      const longer = kind === "password" && seed === "b" ? makeToken(kind, `${place}-more`).slice(0, 7) : "";
      return makeToken(kind, `${place}-${kind}-${seed}`) + longer;
    };
    const text = make(this.#seed);
    this.planted.push({ label: `${kind} in ${place}`, text, other: make(this.#seed === "a" ? "b" : "a") });
    return text;
  }
}

const WINDOW = 6;

/**
 * Looks for any six characters on end of the secrets, as they are, in base64 at any offset, in
 * hexadecimal or percent-encoded; and for their digests. What a secret shares with others of its kind is
 * public. Returns a function that names what of them a text holds, once each.
 */
export function leakFinder(planted: readonly Planted[]): (text: string) => readonly string[] {
  const wanted = new Map<string, string>();
  // Most places of a text begin nothing: one bit per hash of six characters tells which.
  const begins = new Uint8Array(1 << HASH_BITS);
  const want = (window: string, label: string): void => {
    wanted.set(window, label);
    begins[hashAt(window, 0)] = 1;
  };
  const digests = new Set<string>();
  for (const { label, text, other } of planted) {
    const common = new Set(encodings(other).flatMap(windows));
    for (const window of encodings(text).flatMap(windows)) if (!common.has(window)) want(window, label);
    for (const each of [text, Buffer.from(text).toString("base64")]) {
      for (const algorithm of ["md5", "sha1", "sha256", "sha512"]) {
        const digest = createHash(algorithm).update(each).digest("hex").slice(0, DIGEST);
        digests.add(digest);
        want(digest, `digest of ${label}`);
      }
    }
  }
  const leaksOf = (text: string, sizes: readonly number[], isMeant: (window: string) => boolean): string[] => {
    const labels: string[] = [];
    for (let index = 0; index + WINDOW <= text.length; index += 1) {
      if (begins[hashAt(text, index)] === 0) continue;
      for (const size of sizes) {
        const window = text.slice(index, index + size);
        const label = wanted.get(window);
        if (label !== undefined && isMeant(window)) labels.push(label);
      }
    }
    return labels;
  };
  return (text) => {
    // Six characters of a secret may happen to be six digits of a fingerprint.
    const withoutFingerprints = text.replaceAll(/\b[0-9a-f]{32}\b/g, "");
    return [
      ...new Set([
        ...leaksOf(text, [DIGEST], (window) => digests.has(window)),
        ...leaksOf(withoutFingerprints, [WINDOW, 2 * WINDOW], () => true),
      ]),
    ].sort();
  };
}

const DIGEST = 16;
const HASH_BITS = 24;
// Globals are slow to reach in the contexts that tests run in.
const { imul } = Math;

function hashAt(text: string, start: number): number {
  let hash = 0;
  for (let index = start; index < start + WINDOW; index += 1) hash = imul(hash, 31) + text.charCodeAt(index);
  return imul(hash, 0x9e3779b1) >>> (32 - HASH_BITS);
}

interface Encoded {
  readonly text: string;
  readonly window: number;
}

function windows({ text, window }: Encoded): string[] {
  return Array.from({ length: Math.max(0, text.length - window + 1) }, (_, index) => text.slice(index, index + window));
}

// What stands in front of a text shifts its base64 by one or two characters.
function encodings(text: string): Encoded[] {
  const shifted = ["", "x", "xx"].map((front) => {
    const base64 = Buffer.from(front + text)
      .toString("base64")
      .replace(/=+$/, "");
    return base64.slice(front === "" ? 0 : 4, -1);
  });
  return [
    ...[text, ...shifted, encodeURIComponent(text)].map((each) => ({ text: each, window: WINDOW })),
    // Two digits stand for a character; six digits would be found in any fingerprint.
    { text: Buffer.from(text).toString("hex"), window: 2 * WINDOW },
  ];
}
