import { ALL_FORMATS, readsSettings, type TextFormat } from "./formats.ts";
import { classifyName, type NamePatterns } from "./names.ts";

/** A value that a text gives to a name: `[valueStart, valueEnd)` in UTF-16 offsets of the text. */
export interface NestedEntry {
  readonly keyName: string;
  /** Where it stands, for people: the section or element around it, and the name. */
  readonly label: string;
  /** The value as written, without quotes. */
  readonly value: string;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Whether the value is base64 of `user:password`, as the `auth` of a registry is. */
  readonly basic?: boolean;
}

/** Longest line that is read, and most lines. */
const LONGEST_LINE = 8000;
const MOST_LINES = 100_000;

/**
 * The entries of a text that announces a credential by name, line by line: INI, properties, dotenv,
 * TOML, XML, .npmrc, .netrc, .pgpass, redis.conf, SQL, and code that assigns. Comments are left out, and
 * so is what stands in a format that is not among `formats`.
 */
export function nestedLines(
  text: string,
  name: string,
  patterns?: NamePatterns,
  formats: ReadonlySet<TextFormat> = ALL_FORMATS,
): readonly NestedEntry[] {
  const entries: NestedEntry[] = [];
  const read = lineReader(name, patterns, formats);
  let from = 0;
  let section = "";
  for (let count = 0; count < MOST_LINES && from <= text.length; count += 1) {
    const next = text.indexOf("\n", from);
    const end = next === -1 ? text.length : next;
    const line = text.slice(from, Math.min(end, from + LONGEST_LINE)).replace(/\r$/, "");
    const header = /^\s*\[+([^\]]{1,100})\]+\s*$/.exec(line);
    if (header !== null) section = header[1] ?? "";
    else if (!/^\s*(?:#|;|\/\/(?!\S{1,300}:_)|--\s|\/\*|\*\s|<!--|rem\s)/i.test(line)) {
      for (const entry of read(line)) entries.push(moved(entry, from, section));
    }
    from = end + 1;
  }
  if (formats.has("xml") && text.includes("</")) entries.push(...hadoopProperties(text, patterns));
  return entries;
}

type LineReader = (line: string) => readonly NestedEntry[];

const NOTHING: LineReader = () => [];

function lineReader(name: string, patterns: NamePatterns | undefined, formats: ReadonlySet<TextFormat>): LineReader {
  const sensitive = (key: string) => classifyName(key, patterns) === "sensitive";
  const pgpass = formats.has("pgpass") ? pgpassLine : NOTHING;
  const netrc = formats.has("netrc") ? netrcLine : NOTHING;
  if (/(?:^|[./_-])pgpass(?:\.conf)?$/i.test(name)) return pgpass;
  if (/(?:^|[./_])netrc$/i.test(name)) return netrc;
  const settings = readsSettings(name, formats);
  return (line) => {
    if (PGPASS.test(line)) return pgpass(line);
    if (/\bmachine\s+\S+\s+login\s/.test(line)) return netrc(line);
    return [
      ...((isNpmLine(line) ? formats.has("npmrc") : settings) ? assignment(line, sensitive) : []),
      ...(formats.has("xml") ? xmlValues(line, sensitive) : []),
      ...(settings ? [...defined(line, sensitive), ...sqlPassword(line), ...directive(line, sensitive)] : []),
    ];
  };
}

/** In .npmrc the registry stands in front of the name; `_auth=…` is for all registries. */
const NPM_SETTING = /^\s*(?:\/\/\S{1,300}:)?(_(?:auth|authToken|password))\s*=\s*(.*)$/;

function isNpmLine(line: string): boolean {
  return NPM_SETTING.test(line);
}

const ASSIGNMENT =
  /^\s*(?:-\s+)?(?:export\s+|set\s+|setenv\s+|ENV\s+|ARG\s+|(?:const|let|var|val|final|public|private|static|String)\s+){0,4}["']?([A-Za-z_/@.$](?:[\w.@/$[\]-]|:(?!\/\/)){0,200})["']?\s*(?::\s*[A-Za-z]\w{0,30}\s*)?(?:=>|:=|\?=|\+=|=|:)\s*(.*)$/;

function assignment(line: string, sensitive: (key: string) => boolean): readonly NestedEntry[] {
  const match = NPM_SETTING.exec(line) ?? ASSIGNMENT.exec(line);
  // `token://…` is a URL, whose credentials are found by its form.
  if (match === null || /^\s*["']?[A-Za-z][\w+.-]*:\/\//.test(line)) return [];
  const key = (match[1] ?? "").replace(/^.*:(?=[_A-Za-z])/, "");
  if (!sensitive(key)) return [];
  const rest = match[2] ?? "";
  const [value, offset] = unquote(rest);
  return value === "" ? [] : [entryAt(key, value, line.length - rest.length + offset)];
}

// The value without quotes, a comment behind it, or what ends a statement; and where it starts.
function unquote(rest: string): readonly [string, number] {
  const quote = /^(?:r|b|f|u)?(["'`])/.exec(rest);
  if (quote !== null) {
    const from = quote[0].length;
    const end = rest.indexOf(quote[1] ?? "", from);
    return end === -1 ? [rest.slice(from).trimEnd(), from] : [rest.slice(from, end), from];
  }
  return [rest.replace(/\s+(?:#|;|\/\/).*$/, "").replace(/[;,]?\s*$/, ""), 0];
}

function* matches(line: string, pattern: RegExp): Generator<readonly [string, string, number]> {
  for (const match of line.matchAll(pattern)) {
    const value = match[2] ?? "";
    const at = match[0].lastIndexOf(value);
    if (value !== "") yield [match[1] ?? "", value, match.index + at];
  }
}

const ELEMENT = /<([A-Za-z][\w.:-]{0,80})(?:\s[^<>]{0,500})?>([^<>]{1,2000})<\//g;
const ATTRIBUTE = /\s([A-Za-z][\w.:-]{0,80})="([^"]{1,2000})"/g;
const NAMED_VALUE = /\b(?:name|key)="([^"]{1,100})"[^<>]{0,200}?\bvalue="([^"]{1,2000})"/g;

// Elements and attributes: `<password>…</password>` of Maven's settings.xml, `<add key="…" value="…"/>`.
function xmlValues(line: string, sensitive: (key: string) => boolean): readonly NestedEntry[] {
  if (!line.includes("<")) return [];
  const found: NestedEntry[] = [];
  for (const pattern of [ELEMENT, ATTRIBUTE, NAMED_VALUE]) {
    for (const [key, value, at] of matches(line, pattern)) {
      if (sensitive(key)) found.push(entryAt(key, value, at));
    }
  }
  return found;
}

const PROPERTY = /<name>\s{0,20}([^<>]{1,200}?)\s{0,20}<\/name>\s{0,200}<value>([^<>]{1,2000})<\/value>/g;

// Hadoop's `<property><name>…</name><value>…</value></property>`.
function hadoopProperties(text: string, patterns: NamePatterns | undefined): readonly NestedEntry[] {
  return [...matches(text, PROPERTY)]
    .filter(([key]) => classifyName(key, patterns) === "sensitive")
    .map(([key, value, at]) => entryAt(key, value, at));
}

const DEFINE = /\bdefine\s{0,5}\(\s{0,5}["']([A-Za-z_]\w{0,80})["']\s{0,5},\s{0,5}["']([^"'\n]{1,200})["']/g;

// `define('DB_PASSWORD', '…')` of PHP.
function defined(line: string, sensitive: (key: string) => boolean): readonly NestedEntry[] {
  if (!line.includes("define")) return [];
  return [...matches(line, DEFINE)]
    .filter(([key]) => sensitive(key))
    .map(([key, value, at]) => entryAt(key, value, at));
}

const SQL = /\b(identified\s{1,5}(?:with\s{1,5}[\w']{1,40}\s{1,5})?by|password)\s{1,5}'([^'\n]{1,200})'/gi;

// `CREATE USER … IDENTIFIED BY '…'` of MySQL, `… PASSWORD '…'` of PostgreSQL.
function sqlPassword(line: string): readonly NestedEntry[] {
  return [...matches(line, SQL)].map(([, value, at]) => entryAt("password", value, at));
}

const DIRECTIVE = /^\s*([A-Za-z_][\w.-]{0,80})\s+("[^"]{1,500}"|'[^']{1,500}'|\S{1,500}?);?\s*$/;
const TELLING_DIRECTIVES = new Set(["requirepass", "masterauth", "auth-pass", "bindpw", "rootpw"]);

// `requirepass …` of Redis, `password …;` of nginx and fluentd: a name, blanks, a value, and no more.
function directive(line: string, sensitive: (key: string) => boolean): readonly NestedEntry[] {
  const match = DIRECTIVE.exec(line);
  if (match === null) return [];
  const key = match[1] ?? "";
  const written = match[2] ?? "";
  const value = written.replace(/^["'](.*)["']$/, "$1");
  const telling = TELLING_DIRECTIVES.has(key.toLowerCase());
  // Two words in a row are prose as often as a setting.
  if (!telling && !(sensitive(key) && value.length >= 8 && /\d/.test(value) && !/^[=:]|[()]/.test(value))) return [];
  const at = line.indexOf(written, line.indexOf(key) + key.length) + (written.length - value.length) / 2;
  return [entryAt(telling ? "password" : key, value, Math.floor(at))];
}

const PGPASS = /^[^:\s]{1,200}:(?:\d{1,5}|\*):[^:]{1,100}:[^:]{1,100}:[^:\s]+$/;

/** Whether a text begins with a line of a password file of PostgreSQL. */
export function isPgpass(text: string): boolean {
  return PGPASS.test(text.slice(0, LONGEST_LINE).trim().split("\n", 1)[0] ?? "");
}

// `host:port:database:user:password` (PostgreSQL, the password file).
function pgpassLine(line: string): readonly NestedEntry[] {
  const match = /^((?:\\.|[^:\\]){0,200}:){4}(.{1,500})$/.exec(line);
  return match === null ? [] : [entryAt("password", match[2] ?? "", line.length - (match[2] ?? "").length)];
}

const NETRC = /\b(password)\s{1,20}(\S{1,500})/g;

function netrcLine(line: string): readonly NestedEntry[] {
  return [...matches(line, NETRC)].map(([key, value, at]) => entryAt(key, value, at));
}

function entryAt(keyName: string, value: string, at: number): NestedEntry {
  return { keyName, label: keyName, value, valueStart: at, valueEnd: at + value.length };
}

function moved(entry: NestedEntry, by: number, section: string): NestedEntry {
  const label = section === "" ? entry.label : `${section}.${entry.label}`;
  return { ...entry, label, valueStart: entry.valueStart + by, valueEnd: entry.valueEnd + by };
}
