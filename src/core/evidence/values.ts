import type { NameClass, ValueClass } from "../../model/evidence.ts";
import { decodeBase64Text } from "./base64.ts";
import { holdsRandomRun, isPasswordLike, isRandomToken } from "./entropy.ts";
import { holdsPrivateKey } from "./keys.ts";
import { describeName, type CredentialSort } from "./names.ts";
import { placeholderOf } from "./placeholders.ts";
import { isEncrypted, isNameOfSomething, isPasswordHash, isPublicValue } from "./public-values.ts";
import { isVaultPluginKey, withoutReferences } from "./references.ts";
import { isDigits, isEnumerated, isScalar } from "./scalars.ts";
import { looksLikeCode, looksLikeList } from "./shapes.ts";
import { hasVendorPrefix, isSampleValue } from "./token-shapes.ts";
import { findUserInfo } from "./url-parts.ts";
import { isCommonPassword, WEAK_VALUES } from "./weak-values.ts";
import { isProse, isWordyIdentifier } from "./words.ts";

/** What is known of a value besides itself. */
export interface ValueContext {
  readonly nameClass: NameClass;
  /** The name that announces the value. */
  readonly keyName: string;
  /** How often the value was base64-decoded already; two is the most. */
  readonly decoded?: number;
  /** Whether a placeholder word such as `changeme` counts as a password in use: not in example files. */
  readonly placeholdersAreWeak?: boolean;
  /** Guessable passwords in lower case; the built-in list by default. */
  readonly weakValues?: ReadonlySet<string>;
  /** Least length of a likely credential, in UTF-16 units; 6 by default. */
  readonly minLength?: number;
  /** Least entropy of a random token, in bits per character; 3.2 by default. */
  readonly minEntropy?: number;
  /** Names of the user that the value may be the password of: next to it or in the same URL. */
  readonly usernames?: readonly string[];
  /** Names of Secrets and ServiceAccounts that exist. */
  readonly knownNames?: ReadonlySet<string>;
  /** Whether Argo CD Vault Plugin replaces `<key>` in the object. */
  readonly vaultPlugin?: boolean;
  /** Whether the value is an entry of a Secret: what looks like a password there is one. */
  readonly secretData?: boolean;
  /** Whether sentences and labels for people are no credentials; true by default. */
  readonly proseIsPlain?: boolean;
}

const BUILT_IN_WEAK: ReadonlySet<string> = new Set(WEAK_VALUES);

/**
 * The class of a value; the first that fits wins: empty, encrypted, reference, placeholder, hash and
 * public, scalar, weak, likely. Runs in time linear in the length of the value, of which only the
 * beginning is inspected where it is long.
 */
export function classifyValue(value: string, context: ValueContext): ValueClass {
  const text = value.trim();
  if (text === "") return "empty";
  if (isEncrypted(text)) return "encrypted";
  // Hashes are full of dollar signs, which are no variables there.
  if (isPasswordHash(text)) return "hash";
  if (context.vaultPlugin === true && isVaultPluginKey(text)) return "reference";
  const references = withoutReferences(text);
  return references === null ? classifyLiteral(text, context) : classifyRest(references, context);
}

// What stands around references is judged as if it stood alone, but never more severely than then.
function classifyRest({ rest, literal }: { rest: string; literal: boolean }, context: ValueContext): ValueClass {
  const text = rest.trim();
  if (text === "" || isEncrypted(text) || withoutReferences(text) !== null) return "reference";
  const found = classifyLiteral(text, context);
  if (!literal) return found === "likely" || found === "hash" || found === "weak" ? found : "reference";
  // Next to a reference most text is a prefix, a path or a format: only what looks random counts.
  const strong = isPasswordLike(text) || isRandomToken(text, context.minEntropy ?? 3.2);
  const bareText = text.replace(/^[/:@=,;.-]+|[/:@=,;.-]+$/g, "");
  return found === "likely" && strong && classifyLiteral(bareText, context) === "likely" ? found : "reference";
}

function classifyLiteral(text: string, context: ValueContext): ValueClass {
  const sensitive = context.nameClass === "sensitive";
  const sort: CredentialSort | null = sensitive ? (describeName(context.keyName).sort ?? "key") : null;
  if (context.knownNames?.has(text) === true && !(sort === "password" && isPasswordOf(text, context)))
    return "reference";
  if (isSampleValue(text)) return "placeholder";
  if (sort === "password" && MICROSOFT_SAMPLE.test(text))
    return context.placeholdersAreWeak === true ? "weak" : "placeholder";
  const placeholder = placeholderOf(text);
  if (placeholder !== null) {
    const password = sensitive || (isSecretEntry(context) && /^(?:change|replace)/i.test(text));
    return placeholder === "word" && password && context.placeholdersAreWeak === true ? "weak" : "placeholder";
  }
  if (holdsPrivateKey(text)) return "likely";
  if (isPasswordHash(text)) return "hash";
  if (isPublicValue(text, context.keyName, sensitive)) return "public";
  if (sort !== null && sort !== "password" && SAYS_SECRET.test(text)) return "weak";
  if (sort !== "password" && !(sort !== null && hasVendorPrefix(text)) && isNameOfSomething(text)) return "public";
  const url = classifyUserInfo(text, context);
  if (url !== null) return url;
  const digits = sort === "password" && isDigits(text) && text.length >= 3;
  if (!digits && (isScalar(text) || (sensitive && isEnumerated(text, sort === "password")))) return "scalar";
  return sort === null ? classifyUnnamed(text, context) : classifyNamed(text, sort, context);
}

/** `my-super-secret-key`, `django-insecure-…`: what a tutorial sets, made of words, and in use where nobody replaces it. */
const SAYS_SECRET =
  /^(?=[^\s]{8,100}$)(?:django-insecure-|(?:.{0,40}[-_.])?(?:(?:super|very|top|ultra)[-_.]?secret|not[-_.]?so[-_.]?secure|s3cr3t)(?:[-_.]|$))/i;

/** What the documentation of SQL Server sets; it satisfies the server, so it is in use. */
const MICROSOFT_SAMPLE = /^<?your_?strong[^a-z0-9]{0,5}passw[o0]rd\d{0,4}>?$/i;

function classifyNamed(text: string, sort: CredentialSort, context: ValueContext): ValueClass {
  const inner = classifyDecoded(text, context);
  if (inner !== null) return inner;
  if (!/[\p{L}\p{N}]/u.test(text.slice(0, 4096))) return "plain";
  const sentence = context.proseIsPlain !== false && !isPassphrase(text, context.keyName);
  const prose = sentence && isProse(text);
  const list = looksLikeList(text) && (sentence || /[,;]/.test(text));
  if (context.secretData !== true && (prose || list || looksLikeCode(text))) return "plain";
  // Nobody's passphrase: it says what should stand there.
  if (prose && /\b(?:password|secret|token|key|credentials?|your|here)\b/i.test(text.slice(0, 200)))
    return "placeholder";
  // In a Secret, what opens a bracket and closes none may be a password.
  const open = context.secretData === true && !/[}\]>]$/.test(text) && isPasswordLike(text);
  if (/\n/.test(text) || (/^[{[<]/.test(text) && !open)) return "plain";
  if (sort === "salt") return text.length >= 8 && !isWordyIdentifier(text) ? "likely" : "plain";
  if (text.length < 8 || isCommon(text, context) || isNamed(text, context)) return "weak";
  if (sort === "password" && isNameOfSomething(text)) return "weak";
  if (isWordyIdentifier(text)) {
    if (sort === "password" || (text.length >= 12 && /^[a-z]+$/.test(text))) return "weak";
    return "plain";
  }
  return text.length >= (context.minLength ?? 6) ? "likely" : "plain";
}

function classifyUnnamed(text: string, context: ValueContext): ValueClass {
  if (context.nameClass === "not-sensitive" || isWordyIdentifier(text)) return "plain";
  if (isSecretEntry(context) && TELLING_PASSWORD.test(text) && isCommon(text, context)) return "weak";
  const random = isRandomToken(text, context.minEntropy ?? 3.2);
  if (context.secretData !== true) return random && holdsRandomRun(text) ? "likely" : "plain";
  return random || (isPasswordLike(text) && !looksLikeCode(text)) ? "likely" : "plain";
}

/** Common passwords that are nothing else; `postgres` and `admin` are names as well. */
const TELLING_PASSWORD = /p[a@][s5$]{2}|secret|s3cr|letmein|welcome|qwer|hunter|trustno|admin.{0,3}\d/i;

// In a Secret even a key that says nothing holds a secret.
function isSecretEntry({ secretData, nameClass }: ValueContext): boolean {
  return secretData === true && nameClass !== "not-sensitive";
}

// A URL is as secret as its password.
function classifyUserInfo(text: string, context: ValueContext): ValueClass | null {
  if (!text.includes("://")) return null;
  const info = findUserInfo(text).find(({ password }) => password !== null);
  if (info === undefined || info.password === null) return null;
  if (context.nameClass !== "sensitive") return "plain";
  const found = classifyValue(info.password, {
    ...context,
    keyName: "password",
    nameClass: "sensitive",
    usernames: [info.user],
  });
  return found === "scalar" || found === "public" ? "weak" : found;
}

/** Least length of a base64 text under a sensitive name that is worth decoding. */
const WORTH_DECODING = 20;

function classifyDecoded(text: string, context: ValueContext): ValueClass | null {
  const depth = context.decoded ?? 0;
  if (text.length < WORTH_DECODING || depth >= 2) return null;
  const inner = decodeBase64Text(text);
  if (inner === null || inner.trim().length < 4) return null;
  const found = classifyValue(inner, { ...context, decoded: depth + 1 });
  return found === "plain" || found === "scalar" ? null : found;
}

function isCommon(text: string, { weakValues }: ValueContext): boolean {
  return isCommonPassword(text, weakValues ?? BUILT_IN_WEAK);
}

// Four words or more under `passphrase` are one, unless they talk about it.
function isPassphrase(text: string, keyName: string): boolean {
  return (
    /pass-?_?phrase\d{0,3}$/i.test(keyName.slice(-20)) &&
    /^[a-z]{2,12}(?: [a-z]{2,12}){3,23}$/.test(text) &&
    !/\b(?:an?|the|your|this|of|for|to|is|be|must|enter|used|which|that|pass\w*|key|secret)\b/.test(text)
  );
}

// Passwords are called like Secrets by accident or because they are guessable: those that stand as one in
// a Secret, everybody's, and the names of their users.
function isPasswordOf(text: string, context: ValueContext): boolean {
  return context.secretData === true || isCommon(text, context) || isNamed(text, context);
}

// The password is the name of the user, or the very name of the key.
function isNamed(text: string, { keyName, usernames }: ValueContext): boolean {
  const value = bare(text);
  return value === bare(keyName.slice(-256)) || usernames?.some((user) => user !== "" && bare(user) === value) === true;
}

function bare(name: string): string {
  return name
    .slice(0, 512)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
