/** Schemes of secret stores and injectors: what begins so is a pointer (see each tool's documentation). */
const PREFIXES = [
  /^(?:>>)?vault:/i, // bank-vaults injector
  /^bao:/i,
  /^ref\+[a-z0-9]+:\/\//i, // vals
  /^secrets(?::\/\/|\+[a-z0-9-]+:\/\/)/i, // helm-secrets
  /^op:\/\//, // 1Password
  /^(?:awssm|awsps|awssecret|gcpsm|gsm|azkv|azurekv|akvs|keyvault|sm|ssm|doppler|infisical|bws?|conjur|keeper|lpass|pass|k8s|kubernetes|kubernetes-secret|env|file|secretref|secret-manager):(?=.)/i,
  /^(?:secretsmanager|parameterstore|configmap|secret):\/\//i,
  /^arn:aws[a-z-]*:[a-z0-9-]+:/i,
  /^projects\/[^/\s]+\/secrets\/(?=.)/,
  /^(?:\/\/)?secretmanager\.googleapis\.com\//,
  /^https:\/\/[a-z0-9-]+\.(?:vault\.azure\.net|vault\.azure\.cn|vault\.usgovcloudapi\.net|managedhsm\.azure\.net)\//i,
  /^@Microsoft\.KeyVault\(/,
  /^\{\{resolve:/, // CloudFormation dynamic reference
  /^!(?:Ref|ImportValue|GetAtt|Sub|vault|reference)\b/,
  /^\$__(?:file|env|vault)\{/, // Grafana
];

/** A whole value that names a variable or an entry of a Secret: `$VAR`, Argo CD's `$secret:key`. */
const WHOLE = [
  /^\$[A-Za-z_][\w.-]*(?::[\w.-]+)?$/,
  /^%[A-Za-z_]\w*%$/,
  /^\$\{?\{?(?:env|secrets?|vars?|inputs)[.:][\w.:-]+\}{0,2}$/,
  /^\$\{ENV:[A-Z_][A-Z0-9_]*\}$/,
  /^<path:[^<>\s]+#[^<>]+>$/, // Argo CD Vault Plugin, inline
  /^(?:process\.env|os\.environ|os\.getenv|System\.getenv|ENV)\b/,
];

const AVP_GENERIC = /^<[^<>\n]{1,200}>$/;

/** How much of a value is searched for references, in UTF-16 units. */
const LONGEST = 8192;
/** How often a default may itself be a reference with a default. */
const DEEPEST = 4;

/** What is left of a value without its references. */
export interface Rest {
  readonly rest: string;
  /** Whether something stands next to the references; the defaults of variables do not count. */
  readonly literal: boolean;
}

/**
 * What is left of a value when everything in it that points elsewhere is taken out; `null` where
 * there is no reference in it. The default of `${VAR:-default}` stays, since it is used where the
 * variable is not set.
 */
export function withoutReferences(value: string): Rest | null {
  if (PREFIXES.some((prefix) => prefix.test(value)) || WHOLE.some((whole) => whole.test(value)))
    return { rest: "", literal: false };
  if (value.length > LONGEST || !/[$`%]|\{\{|<%|#\{|<path:/.test(value)) return null;
  const found = { literal: false };
  const rest = strip(value, 0, found);
  return rest === value ? null : { rest, literal: found.literal };
}

/** Whether a value is a generic placeholder of Argo CD Vault Plugin: `<key>`. */
export function isVaultPluginKey(value: string): boolean {
  return AVP_GENERIC.test(value);
}

function strip(value: string, depth: number, found: { literal: boolean }): string {
  let rest = "";
  let index = 0;
  while (index < value.length) {
    const end = referenceEnd(value, index);
    if (end === null) {
      rest += value[index];
      if (depth === 0) found.literal = true;
      index += 1;
      continue;
    }
    const fallback = defaultOf(value.slice(index, end));
    if (fallback !== "" && depth < DEEPEST) rest += strip(fallback, depth + 1, found);
    index = end;
  }
  return rest;
}

// Past the end of the reference that starts at `index`, or `null`. Each closing mark is looked for
// once and near by, so that a text full of opening marks costs no more than its length.
function referenceEnd(value: string, index: number): number | null {
  const two = value.slice(index, index + 2);
  if (two === "{{") return past(value, "}}", index + 2);
  if (two === "<%") return past(value, "%>", index + 2);
  if (two === "#{" || two === "%{") return past(value, "}", index + 2);
  if (two === "${") return pastNested(value, "{", "}", index + 1);
  if (two === "$(") return pastNested(value, "(", ")", index + 1);
  if (value[index] === "`") return past(value, "`", index + 1);
  if (value.startsWith("<path:", index)) return past(value, ">", index + 6);
  if (two[0] === "%") {
    const name = /^%[A-Z_][A-Z0-9_]{0,126}%/.exec(value.slice(index, index + 130));
    return name === null ? null : index + name[0].length;
  }
  if (two[0] === "$") return pastVariable(value, index);
  return null;
}

// In the middle of a value `$` may be a sign of a password: a variable stands at the start or behind a
// sign, or has the usual upper-case name.
function pastVariable(value: string, index: number): number | null {
  const near = value.slice(index, index + 130);
  const free = index === 0 || /[\s/:@='",;|&?([{-]/.test(value[index - 1] ?? "");
  const name = (free ? /^\$[A-Za-z_]\w*/ : /^\$[A-Z_][A-Z0-9_]{2,}(?![a-z])/).exec(near);
  return name === null ? null : index + name[0].length;
}

const NEAR = 2000;
/** What opens a reference. */
const OPENERS = /\{\{|[$#%]\{|\$\(|<%|<path:/;

// A mark that closes another reference does not close this one as well: of `#{ ${VAR}` the inner is one.
function past(value: string, mark: string, from: number): number | null {
  const near = value.slice(from, from + NEAR);
  const at = near.indexOf(mark);
  return at === -1 || OPENERS.test(near.slice(0, at)) ? null : from + at + mark.length;
}

function pastNested(value: string, open: string, close: string, from: number): number | null {
  let depth = 0;
  for (let index = from; index < Math.min(value.length, from + NEAR); index += 1) {
    if (value[index] === open) depth += 1;
    if (value[index] === close) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return null;
}

// Shell parameter expansion (POSIX 2.6.2) and Spring's `${name:default}`.
function defaultOf(reference: string): string {
  const match = /^\$\{[A-Za-z_][\w.-]*(?::?[-=]|:(?![?+/]))([\s\S]*)\}$/.exec(reference);
  const fallback = match?.[1] ?? "";
  return /^\w+$/.test(fallback) && reference.startsWith("${env:") ? "" : fallback;
}
