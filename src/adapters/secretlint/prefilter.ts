import { TOKEN_SHAPES } from "../../core/evidence/token-shapes.ts";

/**
 * For each rule of the recommended preset a text that stands in everything the rule finds; `null` for
 * rules that are switched off. A test compares the keys with the rules of the installed preset, so that
 * a rule that a new version brings cannot be lost.
 */
export const HINTS: { readonly [rule: string]: string | null } = {
  aws: "(?:SECRET|[Ss]ecret)_?(?:ACCESS|[Aa]ccess)_?(?:KEY|[Kk]ey)",
  gcp: null,
  privatekey: "PRIVATE KEY",
  npm: "x-oauth-basic@|_authToken=|npm_",
  basicauth: "(?:https?|ftps?)://[-a-zA-Z0-9_]{1,256}:",
  slack: "xox[a-z]-|xapp-|[Hh][Oo][Oo][Kk][Ss]\\.[Ss][Ll][Aa][Cc][Kk]",
  sendgrid: "SG\\.",
  shopify: "shp[a-z]{2}_",
  github: "gh[pousr]_|github_pat_",
  openai: "T3BlbkFJ",
  anthropic: "sk-ant-api0",
  linear: "lin_api_",
  "1password": "ops_ey",
  "database-connection-string": "(?:[Bb]|[Ll]|[Vv]|[Ss]|[Xx])://[^:/\\s]{1,100}:",
  "filter-comments": null,
};

const ANY = new RegExp(
  [...Object.values(HINTS).filter((hint) => hint !== null), ...new Set(TOKEN_SHAPES.map(({ hint }) => hint))].join("|"),
);

/** Whether a text may hold something that a rule finds; most texts do not, and are done with this. */
export function mayHoldToken(text: string): boolean {
  return ANY.test(text);
}
