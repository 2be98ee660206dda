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

  constructor(seed: "a" | "b") {
    this.#seed = seed;
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

/** Every window of six characters of `secret` and of its base64 text, but for those that `other` has too. */
export function windowsOf({ text, other }: Planted): ReadonlySet<string> {
  const wanted = new Set(encodings(text).flatMap(windows));
  for (const shared of encodings(other).flatMap(windows)) wanted.delete(shared);
  return wanted;
}

function windows(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - WINDOW + 1) }, (_, index) => text.slice(index, index + WINDOW));
}

// What stands in front of it shifts base64 by one or two characters.
function encodings(text: string): string[] {
  const shifted = ["", "x", "xx"].map((front) => {
    const base64 = Buffer.from(front + text).toString("base64").replace(/=+$/, "");
    return base64.slice(front === "" ? 0 : 4, -1);
  });
  return [text, ...shifted, Buffer.from(text).toString("hex"), encodeURIComponent(text)];
}
