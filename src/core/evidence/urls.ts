import type { ValueClass } from "../../model/evidence.ts";
import { entropyOf, isRandomToken } from "./entropy.ts";
import { classifyName, type NamePatterns } from "./names.ts";
import { findUserInfo, type UserInfo } from "./url-parts.ts";
import { classifyValue } from "./values.ts";

/** A credential inside a URL or connection string: `[start, end)` in UTF-16 offsets. */
export interface UrlSpan {
  /** `url/userinfo`, `url/query`, `url/sas`, `url/webhook`, `connection-string/password`, `connection-string/account-key`. */
  readonly detector: string;
  /** The parameter or the kind of URL. */
  readonly keyName: string;
  readonly class: ValueClass;
  readonly start: number;
  readonly end: number;
}

/** What `findUrlCredentials` goes by. */
export interface UrlOptions {
  /**
   * Whether `password` and placeholder words in a URL count as a weak password in use; without it
   * they are documentation and left out.
   */
  readonly placeholdersAreWeak?: boolean;
  readonly weakValues?: ReadonlySet<string>;
  readonly patterns?: NamePatterns;
}

/**
 * Credentials in the URLs and connection strings of a text. Left out is what only stands for one:
 * variables, template expressions, `%s`, `***`, `<…>`, and the empty password.
 */
export function findUrlCredentials(text: string, options: UrlOptions = {}): readonly UrlSpan[] {
  const spans: UrlSpan[] = [];
  if (text.includes("://")) {
    for (const info of findUserInfo(text)) {
      const span = judgeUserInfo(info, options);
      if (span !== null) spans.push(span);
    }
    findWebhooks(text, spans);
    findParameters(text, options, spans);
  }
  findConnectionStrings(text, options, spans);
  return spans;
}

function judgeUserInfo(info: UserInfo, options: UrlOptions): UrlSpan | null {
  const { start, end, user, password } = info;
  if (password === null) {
    // A token in the place of the user, as in `https://<token>@github.com`.
    const token =
      user.length >= 20 && /^https?$/i.test(info.scheme) && !info.host.includes("sentry") && isRandomToken(user, 3.2);
    return token ? { detector: "url/userinfo", keyName: "user", class: "likely", start, end } : null;
  }
  const found = judgePassword(decodePercent(password), decodePercent(user), options);
  return found === null ? null : { detector: "url/userinfo", keyName: "password", class: found, start, end };
}

const STANDS_FOR = /^(?:%[sdvq]|[*•x#.-]{3,}|\[[\w -]*\]|\{[^{}]*\}|<.*>|:+)$/i;
const DOCUMENTATION =
  /^(?:pass|passw|password|passwd|pwd|pw|secret|mypassword|my-password|your-?password|user|username|token|credentials?)$/i;

/** The class of a password that is written in a URL or connection string; `null` where it only stands for one. */
function judgePassword(password: string, user: string, options: UrlOptions): "likely" | "weak" | "hash" | null {
  if (password === "" || STANDS_FOR.test(password)) return null;
  if (DOCUMENTATION.test(password)) return options.placeholdersAreWeak === true ? "weak" : null;
  const found = classifyValue(password, {
    nameClass: "sensitive",
    keyName: "password",
    usernames: [user],
    // Nothing else can stand there, so what looks like prose or code is a password as well.
    secretData: true,
    ...(options.placeholdersAreWeak === undefined ? {} : { placeholdersAreWeak: options.placeholdersAreWeak }),
    ...(options.weakValues === undefined ? {} : { weakValues: options.weakValues }),
  });
  if (found === "likely" || found === "hash" || found === "weak") return found;
  return found === "scalar" || found === "public" ? "weak" : found === "plain" && password.length >= 4 ? "weak" : null;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const WEBHOOKS = [
  /https:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[A-Z0-9]{5,20}\/[A-Za-z0-9]{5,40}\/[A-Za-z0-9/]{10,80}/gi,
  /https:\/\/[a-z0-9.-]{1,80}\.webhook\.office\.com\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-z]{20,64}\/[0-9a-f-]{36}(?:\/[\w-]{1,80})?/gi,
  /https:\/\/outlook\.office(?:365)?\.com\/webhook\/[0-9a-f@-]{36,80}\/IncomingWebhook\/[0-9a-z]{20,64}\/[0-9a-f-]{36}/gi,
  /https:\/\/(?:[a-z]{1,10}\.)?discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{10,24}\/[\w-]{40,90}/gi,
  /https:\/\/chat\.googleapis\.com\/v1\/spaces\/[\w-]{5,40}\/messages\?key=[\w-]{20,60}&token=[\w%-]{20,90}/gi,
];

// The URL itself is the secret: whoever knows it may post.
function findWebhooks(text: string, spans: UrlSpan[]): void {
  if (!/hooks\.slack|webhook|chat\.googleapis/i.test(text)) return;
  for (const pattern of WEBHOOKS) {
    for (const { index, 0: match } of text.matchAll(pattern)) {
      if (!isSampleWebhook(match))
        spans.push({
          detector: "url/webhook",
          keyName: "webhook",
          class: "likely",
          start: index,
          end: index + match.length,
        });
    }
  }
}

/** Whether a webhook's URL is a sample: its secret part is made of `X`, zeros or a word. */
export function isSampleWebhook(url: string): boolean {
  const secret = url.split(/[/=]/).at(-1) ?? "";
  return entropyOf(secret) < 2.5 || /x{6,}|example|your/i.test(secret);
}

const PARAMETER = /[?&;]([A-Za-z][\w.-]{0,60})=([^&\s"'`<>;#\\]{1,2000})/g;

// Parameters of a URL: `sig` of a shared access signature (Azure), `access_token`, `api_key` …
function findParameters(text: string, options: UrlOptions, spans: UrlSpan[]): void {
  for (const { index, 0: match, 1: name = "", 2: value = "" } of text.matchAll(PARAMETER)) {
    const end = index + match.length;
    const start = end - value.length;
    if (name === "sig") {
      const around = text.slice(Math.max(0, index - 600), Math.min(text.length, end + 600));
      if (/[?&](?:se|sp|sv|sr)=/.test(around) && /^[A-Za-z0-9%+/=_-]{30,}$/.test(value) && entropyOf(value) >= 3.5) {
        spans.push({ detector: "url/sas", keyName: name, class: "likely", start, end });
      }
      continue;
    }
    const sensitive =
      classifyName(name, options.patterns) === "sensitive" ||
      (/^(?:key|auth)$/i.test(name) && isRandomToken(value, 3.2));
    if (!sensitive || !isInUrl(text, index)) continue;
    const password = /pass|pwd/i.test(name);
    const found = password
      ? judgePassword(decodePercent(value), "", options)
      : classifyValue(decodePercent(value), { nameClass: "sensitive", keyName: name });
    if (found === "likely" || (password && found === "weak"))
      spans.push({ detector: "url/query", keyName: name, class: found, start, end });
  }
}

// Whether the parameter belongs to a URL: its `://` stands before it with no blank between them.
function isInUrl(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 2048), index);
  return before.lastIndexOf("://") > before.search(/[\s"'`][^\s"'`]*$/);
}

const ACCOUNT_KEY = /\b(AccountKey|SharedAccessKey|SharedSecret)=([A-Za-z0-9+/]{40,120}={0,2})/gi;
const ADO_PASSWORD = /(?:^|[;"'\s])(password|pwd)\s{0,3}=\s{0,3}([^;"'\s{}][^;"'\n]{0,200}?)(?=[;"'\n]|$)/gi;
const LIBPQ_PASSWORD = /(?:^|[\s"'])(password)=([^\s"']{1,200})/g;

// Azure keys, ADO.NET (`Server=…;Password=…`) and libpq (`host=… password=…`) connection strings.
function findConnectionStrings(text: string, options: UrlOptions, spans: UrlSpan[]): void {
  if (!text.includes("=")) return;
  for (const { index, 0: match, 1: name = "", 2: value = "" } of text.matchAll(ACCOUNT_KEY)) {
    if (entropyOf(value) < 3.5) continue;
    const end = index + match.length;
    spans.push({
      detector: "connection-string/account-key",
      keyName: name,
      class: "likely",
      start: end - value.length,
      end,
    });
  }
  for (const [line, from] of linesOf(text)) {
    const ado =
      /(?:^|[;"'\s])(?:server|data source|host|initial catalog|database|user id|uid)\s{0,3}=[^;]{1,200};/i.test(line);
    const libpq = !ado && /(?:^|[\s"'])host=\S+/.test(line) && /\b(?:user|dbname)=/.test(line);
    if (!ado && !libpq) continue;
    for (const { index, 0: match, 2: value = "" } of line.matchAll(ado ? ADO_PASSWORD : LIBPQ_PASSWORD)) {
      const found = judgePassword(value, "", options);
      const end = from + index + match.length;
      if (found !== null)
        spans.push({
          detector: "connection-string/password",
          keyName: "password",
          class: found,
          start: end - value.length,
          end,
        });
    }
  }
}

const LONGEST_LINE = 4000;

// Lines that may hold a password, each with its offset.
function* linesOf(text: string): Generator<readonly [string, number]> {
  if (!/password|pwd/i.test(text)) return;
  let from = 0;
  while (from <= text.length) {
    const next = text.indexOf("\n", from);
    const end = next === -1 ? text.length : next;
    const line = text.slice(from, Math.min(end, from + LONGEST_LINE));
    if (/password|pwd/i.test(line)) yield [line, from];
    from = end + 1;
  }
}
