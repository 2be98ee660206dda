import { entropyOf } from "./entropy.ts";

/** A token format that can be told by its form alone. */
export interface TokenShape {
  /** `vault-token`, `gitlab-token` … */
  readonly name: string;
  /**
   * Source of a regular expression for the flags `gu`. Each starts at the edge of a word and has no
   * two ways to match one text, so that matching takes time linear in the text.
   */
  readonly source: string;
  /** A regular expression source that matches wherever `source` does, and is cheap to look for. */
  readonly hint: string;
}

const START = "(?<![A-Za-z0-9_-])";
const END = "(?![A-Za-z0-9_-])";

function shape(name: string, hint: string, body: string): TokenShape {
  return { name, hint, source: `${START}${body}${END}` };
}

/** Formats besides those that secretlint's recommended rules know, from their vendors' documentation. */
export const TOKEN_SHAPES: readonly TokenShape[] = [
  shape("aws-access-key-id", "AKIA|ASIA|A3T", "(?:AKIA|ASIA|A3T[A-Z0-9])[A-Z0-9]{16}"),
  shape("vault-token", "hv[sbr]\\.", "hv[sbr]\\.[A-Za-z0-9_-]{24,}"),
  {
    name: "vault-token",
    hint: "[sbr]\\.[A-Za-z0-9]{24}",
    source: "(?<=(?:[Tt]oken|TOKEN)[\"']?[ \\t]{0,4}[:=][ \\t]{0,4}[\"']?)[sbr]\\.[A-Za-z0-9]{24}(?![A-Za-z0-9.])",
  },
  shape("gitlab-token", "gl[a-z]{2,5}-", "gl(?:pat|dt|rt|soat|ptt|cbt|ft|oas|imt|agent)-[A-Za-z0-9_.-]{20,}"),
  shape("azure-client-secret", "Q~", "[A-Za-z0-9~._-]{3}[0-9]Q~[A-Za-z0-9~._-]{31,34}"),
  shape("stripe-key", "[sr]k_live_", "[sr]k_live_[A-Za-z0-9]{16,}"),
  shape("huggingface-token", "hf_", "hf_[A-Za-z0-9]{34,40}"),
  shape("databricks-token", "dapi", "dapi[a-f0-9]{32}(?:-[0-9])?"),
  shape(
    "doppler-token",
    "dp\\.[a-z]{2,5}\\.",
    "dp\\.(?:st|pt|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}",
  ),
  shape("pypi-token", "pypi-A", "pypi-A[A-Za-z0-9_-]{50,}"),
  shape("docker-hub-token", "dckr_", "dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}"),
  shape("telegram-bot-token", ":A[A-Za-z0-9_-]{34}", "[0-9]{8,10}:A[A-Za-z0-9_-]{34}"),
  shape("twilio-api-key", "SK[0-9a-f]{32}", "SK[0-9a-f]{32}"),
  shape("google-api-key", "AIza", "AIza[A-Za-z0-9_-]{35}"),
  shape("google-oauth-secret", "GOCSPX-", "GOCSPX-[A-Za-z0-9_-]{28}"),
  shape("digitalocean-token", "do[opr]_v1_", "do[opr]_v1_[a-f0-9]{64}"),
  shape("grafana-token", "gl(?:sa|c)_", "(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_eyJ[A-Za-z0-9+/=]{32,})"),
  shape("terraform-cloud-token", "\\.atlasv1\\.", "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,}"),
  shape("tailscale-key", "tskey-", "tskey-[a-z]{2,12}-[A-Za-z0-9]{8,32}-[A-Za-z0-9]{16,64}"),
  shape("atlassian-token", "ATATT3|ATCTT3", "AT[AC]TT3[A-Za-z0-9_=-]{60,}"),
  shape("new-relic-key", "NRAK-", "NRAK-[A-Z0-9]{27}"),
  shape("pulumi-token", "pul-", "pul-[a-f0-9]{40}"),
  // What lacks the mark in the middle, or the length, that secretlint asks for.
  shape(
    "openai-key",
    "sk-(?:proj|svcacct|admin)-",
    "sk-(?:proj|svcacct|admin)-(?![A-Za-z0-9_-]{1,200}T3BlbkFJ)[A-Za-z0-9_-]{40,}",
  ),
  shape("anthropic-key", "sk-ant-", "sk-ant-[a-z]{3,5}[0-9]{2}-(?![A-Za-z0-9_-]{90,128}AA)[A-Za-z0-9_-]{40,}"),
  shape("openrouter-key", "sk-or-v1-", "sk-or-v1-[a-f0-9]{64}"),
  shape("groq-key", "gsk_", "gsk_[A-Za-z0-9]{48,56}"),
  shape("langsmith-key", "lsv2_", "lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}"),
  shape("replicate-token", "r8_", "r8_[A-Za-z0-9]{37}"),
  shape("perplexity-key", "pplx-", "pplx-[A-Za-z0-9]{40,64}"),
  shape("jwt", "eyJ", "eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{16,}"),
  {
    name: "kubeadm-bootstrap-token",
    hint: "[a-z0-9]{6}\\.[a-z0-9]{16}",
    source: "(?<=[Tt]oken(?:ID)?[\"']?[ \\t:=]{1,4}[\"']?)[a-z0-9]{6}\\.[a-z0-9]{16}(?![a-z0-9._-])",
  },
];

// What secretlint's recommended rules find, in a wider form: masking too much in a name does no harm.
const COMMON =
  "(?:gh[pousr]_[A-Za-z0-9_]{30,}|github_pat_[A-Za-z0-9_]{40,}|xox[a-z]-[A-Za-z0-9-]{12,}|xapp-[A-Za-z0-9-]{12,}|npm_[A-Za-z0-9]{30,}|sk-[A-Za-z0-9_-]{24,}|SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}|shp(?:ss|at|ca|pa)_[A-Za-z0-9]{30,}|lin_api_[A-Za-z0-9_]{30,}|ops_ey[A-Za-z0-9+/=]{60,}|AGE-SECRET-KEY-[A-Z0-9-]{50,})";

// The URL of a webhook is a secret as a whole: whoever knows it may post.
const WEBHOOK = `https://(?:${[
  "hooks\\.slack(?:-gov)?\\.com/[a-z]{1,20}/",
  "[a-z0-9.-]{1,80}\\.webhook\\.office\\.com/",
  "outlook\\.office(?:365)?\\.com/webhook/",
  "(?:[a-z]{1,10}\\.)?discord(?:app)?\\.com/api/(?:v[0-9]{1,2}/)?webhooks/",
  "chat\\.googleapis\\.com/v1/spaces/",
].join("|")})[A-Za-z0-9_./@?=&%-]{16,}`;

const ANY_TOKEN = new RegExp(
  [...TOKEN_SHAPES.map(({ source }) => source), `${START}${COMMON}`, `${START}${WEBHOOK}`].join("|"),
  "gu",
);
const ANY_HINT = new RegExp(
  [
    ...new Set(TOKEN_SHAPES.map(({ hint }) => hint)),
    "gh[pousr]_|github_pat_|xox|xapp-|npm_|sk-|SG\\.|shp|lin_api_|ops_ey|AGE-SECRET|hooks\\.slack|webhook|chat\\.googleapis",
  ].join("|"),
);

// In names other words stand around a token: `backup-<token>_old.yaml`. Here matching may start behind
// every `-` and `_`, which takes time that grows with the square of the length.
const TOKEN_IN_NAME = new RegExp(
  ANY_TOKEN.source.replaceAll(START, "(?<![A-Za-z0-9])").replaceAll(END, "(?![A-Za-z0-9])"),
  "gu",
);
/** Longest text that is taken for a name, in UTF-16 units. */
const LONGEST_NAME = 4000;

/** `text` with everything of a known token format replaced by `mask`; in names also inside of words. */
export function maskTokens(text: string, mask: string): string {
  if (!ANY_HINT.test(text)) return text;
  return text.replaceAll(text.length <= LONGEST_NAME ? TOKEN_IN_NAME : ANY_TOKEN, () => mask);
}

const MARKED =
  /EXAMPLE|example|SAMPLE|sample|(?:x{5,}|X{5,}|0{8,}|\*{4,}|\.{4,})|(?:placeholder|redacted|changeme|your[-_]|dummy|fake)/;
const COUNTING = /1234567890abcdef|abcdefghijklmnop|ABCDEFGHIJKLMNOP/;

/** Whether a text of a token format can't be a token: it says that it is a sample, or is made of one or two characters. */
export function isSampleToken(token: string): boolean {
  if (MARKED.test(token)) return true;
  const body = token.slice(Math.min(8, token.length >> 2));
  return body.length >= 8 && entropyOf(body) < 2.2;
}

/**
 * Whether a text of a token format counts up (`…abcdefghijklmnop…`), as tokens in documentation do. In prose that is a sample; where
 * a manifest sets it, nothing says so, and it is set.
 */
export function isCountingToken(token: string): boolean {
  return COUNTING.test(token);
}

const VENDOR_PREFIX =
  /^(?:sk[-_]|rk_|gh[pousr]_|github_pat_|xox[a-z]-|xapp-|gl(?:pat|dt|rt|agent)-|hf_|hv[sbr]\.|npm_|whsec_|dckr_pat_|pypi-|lsv2_|gsk_|r8_|pplx-|shp(?:ss|at|ca|pa)_|tskey-)[A-Za-z0-9_.-]*\d/;

/** Whether a value begins as a vendor's tokens do and goes on with digits, however short it is: no name does. */
export function hasVendorPrefix(value: string): boolean {
  return value.length <= LONGEST_SAMPLE && VENDOR_PREFIX.test(value);
}

const WHOLE_TOKEN = new RegExp(`^(?:${ANY_TOKEN.source})$`, "u");
/** Longest value that is compared with samples, in UTF-16 units. */
const LONGEST_SAMPLE = 500;

/**
 * Whether a whole value is a vendor's sample: a token of a known format that `isSampleToken` takes for
 * one, a key of AWS that ends in `EXAMPLE` or `EXAMPLEKEY`, or a prefix with nothing but `x` or `*`
 * behind it (`ghp_xxxx`). A password that merely holds "example" is none.
 */
export function isSampleValue(value: string): boolean {
  if (value.length < 8 || value.length > LONGEST_SAMPLE) return false;
  if (/^[A-Z0-9]{9,13}EXAMPLE$|^[A-Za-z0-9/+]{30}EXAMPLEKEY$/.test(value)) return true;
  if (/^(?:[A-Za-z0-9]{1,12}[-_.]){1,4}[xX*._-]{4,}$/.test(value) && /[xX*]{3}/.test(value)) return true;
  return ANY_HINT.test(value) && WHOLE_TOKEN.test(value) && isSampleToken(value);
}
