/**
 * Made-up secrets for fixtures and tests, put together at run time, so that no file of the repository
 * holds a text that looks like a real token. `@@github-token@@` in a fixture stands for one.
 */

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LETTERS.toUpperCase();
const DIGITS = "0123456789";
const WORD = LETTERS + UPPER + DIGITS;
const HEX = "0123456789abcdef";
const BASE64 = `${WORD}+/`;

// A fixed linear congruential generator: the same names give the same texts in every run.
function text(seed: string, length: number, alphabet: string): string {
  let state = [...seed].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7);
  let made = "";
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    made += alphabet[(state >>> 8) % alphabet.length];
  }
  return made;
}

const base64Url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

const MAKERS: Readonly<Record<string, (seed: string) => string>> = {
  "aws-access-key": (s) => `${"AK"}IA${text(s, 16, `${UPPER}234567`)}`,
  "aws-secret-key": (s) => text(s, 40, BASE64),
  "github-token": (s) => `gh${"p"}_${text(s, 36, WORD)}`,
  "gitlab-token": (s) => `gl${"pat"}-${text(s, 20, WORD)}`,
  "slack-token": (s) => `xo${"xb"}-${text(s, 12, DIGITS)}-${text(`${s}1`, 12, DIGITS)}-${text(`${s}2`, 24, WORD)}`,
  "slack-webhook": (s) =>
    `https://hooks.${"slack"}.com/services/T${text(s, 8, UPPER + DIGITS)}/B${text(`${s}1`, 8, UPPER + DIGITS)}/${text(`${s}2`, 24, WORD)}`,
  "teams-webhook": (s) =>
    `https://acme.webhook.${"office"}.com/webhookb2/${text(s, 8, HEX)}-1111-4111-8111-${text(`${s}1`, 12, HEX)}@${text(`${s}2`, 8, HEX)}-1111-4111-8111-${text(`${s}3`, 12, HEX)}/IncomingWebhook/${text(`${s}4`, 32, HEX)}/${text(`${s}5`, 8, HEX)}-1111-4111-8111-${text(`${s}6`, 12, HEX)}`,
  "discord-webhook": (s) => `https://discord.com/api/${"webhooks"}/${text(s, 18, DIGITS)}/${text(`${s}1`, 68, WORD)}`,
  "vault-token": (s) => `hv${"s"}.${text(s, 28, WORD)}`,
  "npm-token": (s) => `np${"m"}_${text(s, 36, WORD)}`,
  "stripe-key": (s) => `sk_${"live"}_${text(s, 24, WORD)}`,
  "sendgrid-key": (s) => `S${"G"}.${text(s, 22, WORD)}.${text(`${s}1`, 43, WORD)}`,
  "openai-key": (s) => `s${"k"}-proj-${text(s, 74, WORD)}T3Blbk${"FJ"}${text(`${s}1`, 74, WORD)}`,
  "anthropic-key": (s) => `sk-${"ant"}-api03-${text(s, 93, WORD)}AA`,
  "huggingface-token": (s) => `h${"f"}_${text(s, 34, LETTERS + UPPER)}`,
  "databricks-token": (s) => `da${"pi"}${text(s, 32, HEX)}`,
  "doppler-token": (s) => `dp.${"st"}.prd.${text(s, 40, WORD)}`,
  "pypi-token": (s) => `py${"pi"}-AgEIcHlwaS5vcmc${text(s, 70, WORD)}`,
  "dockerhub-token": (s) => `dck${"r"}_pat_${text(s, 27, WORD)}`,
  "telegram-token": (s) => `${text(s, 9, "123456789")}:${"AA"}${text(`${s}1`, 33, WORD)}`,
  "twilio-key": (s) => `S${"K"}${text(s, 32, HEX)}`,
  "azure-client-secret": (s) => `${text(s, 3, WORD)}8${"Q"}~${text(`${s}1`, 34, WORD)}`,
  "azure-account-key": (s) => `${text(s, 86, BASE64)}==`,
  "age-secret-key": (s) => `AGE-${"SECRET"}-KEY-1${text(s, 58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")}`,
  "bootstrap-token": (s) => `${text(s, 6, LETTERS + DIGITS)}.${text(`${s}1`, 16, LETTERS + DIGITS)}`,
  "private-key": (s) => `MII${text(s, 61, BASE64)}`,
  password: (s) => `${text(s, 10, WORD)}-${text(`${s}1`, 8, WORD)}`,
  jwt: (s) =>
    [
      base64Url({ alg: "HS256", typ: "JWT" }),
      base64Url({ sub: "1", iss: "acme", exp: 4_102_444_800 }),
      text(s, 43, WORD),
    ].join("."),
  "service-account-jwt": (s) =>
    [
      base64Url({ alg: "RS256" }),
      base64Url({ iss: "kubernetes/serviceaccount", sub: "system:serviceaccount:a:b" }),
      text(s, 86, WORD),
    ].join("."),
};

/** A made-up secret of the named format. Throws where the name is unknown. */
export function makeToken(name: string, seed = name): string {
  const make = MAKERS[name];
  if (make === undefined) throw new Error(`unknown token format: ${name}`);
  return make(seed);
}

/**
 * Replaces each `@@name@@` by a made-up secret, each `@@name:seed@@` by another one, and each
 * `@@base64:name@@` by the base64 text of one.
 */
export function expandTokens(template: string): string {
  return template.replaceAll(
    /@@(base64:)?([a-z0-9-]+)(?::([a-z0-9-]+))?@@/g,
    (_, base64: string | undefined, name: string, seed: string | undefined) => {
      const token = makeToken(name, seed ?? name);
      return base64 === undefined ? token : Buffer.from(token).toString("base64");
    },
  );
}
