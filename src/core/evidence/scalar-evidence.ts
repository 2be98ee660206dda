import type { ScalarNode } from "../../model/document.ts";
import type { EvidenceContext, NameClass, ValueClass } from "../../model/evidence.ts";
import { scanArgv, scanScript, type ArgvSpan } from "./argv.ts";
import { classifyBasic } from "./docker-config.ts";
import { findHeaders, headerCredentialStart } from "./headers.ts";
import { findKeysInValue } from "./keys.ts";
import type { Place, Sink } from "./sink.ts";
import { findUrlCredentials } from "./urls.ts";
import { classifyValue } from "./values.ts";

/** Classes that are told of wherever they are found; the others only of entries of a Secret. */
export function isTelling(found: ValueClass): boolean {
  return found === "likely" || found === "weak" || found === "hash";
}

/** What `seeValue` is told besides the value. */
export interface ValueOptions {
  readonly context: EvidenceContext;
  /** Offsets of the value in the scalar's text; the whole scalar by default. */
  readonly start?: number;
  readonly end?: number;
  /** The value, where it differs from the stretch of text (quotes inside a script). */
  readonly value?: string;
}

/** Judges a value by its name and form, and adds what is found to the sink. Returns the class. */
export function seeValue(
  sink: Sink,
  node: ScalarNode,
  keyName: string,
  place: Place,
  options: ValueOptions,
): ValueClass {
  const { context, start = 0, end = node.text.length } = options;
  const value = options.value ?? node.text.slice(start, end);
  if (sink.nameClass(keyName) !== "sensitive" && !mayTellWithoutName(value)) return "plain";
  const valueContext = sink.context(keyName, place);
  const found = classifyValue(value, valueContext);
  if (isTelling(found) && (valueContext.nameClass !== "not-sensitive" || found === "hash")) {
    addCredential(sink, node, found, keyName, valueContext.nameClass, place, { context, start, end });
  }
  return found;
}

/**
 * Whether a value may be telling where no name announces it: what has the marks of a hash or a reference,
 * or a run that may be random. Most values of most objects have neither, and are done with this.
 */
function mayTellWithoutName(value: string): boolean {
  return value.length >= 11 && /[A-Za-z0-9]{16}|[${*%`<]|pbkdf2|crypt|argon2|PRIVATE KEY|"kty"|PuTTY/.test(value);
}

interface Span {
  readonly context: EvidenceContext;
  readonly start: number;
  readonly end: number;
}

function addCredential(
  sink: Sink,
  node: ScalarNode,
  found: ValueClass,
  keyName: string,
  nameClass: NameClass,
  place: Place,
  { context, start, end }: Span,
): void {
  sink.add({
    kind: "credential",
    detector: "name-value",
    class: found,
    context: place.nested ? "nested" : context,
    keyName,
    nameClass,
    path: place.path,
    decoded: false,
    range: place.rangeOf(node, start, end),
  });
}

/** Finds what shows by its form alone in a scalar: credentials in URLs, private keys, headers. */
export function seeForms(sink: Sink, node: ScalarNode, keyName: string | null, place: Place): void {
  const { text } = node;
  if (text.length < 8) return;
  const nameClass = keyName === null ? "neutral" : sink.nameClass(keyName);
  const common = {
    context: place.nested ? ("nested" as const) : ("value" as const),
    keyName,
    nameClass,
    path: place.path,
  };
  for (const { detector, class: found, start, end } of urlsIn(sink, text, place)) {
    sink.add({
      ...common,
      kind: "url-credential",
      detector,
      class: found,
      decoded: false,
      range: place.rangeOf(node, start, end),
    });
  }
  const { keys, decoded } = findKeysInValue(text, sink.settings.scanBinary);
  for (const { kind, detector, start, end } of keys) {
    sink.add({ ...common, kind, detector, class: "likely", decoded, range: place.rangeOf(node, start, end) });
  }
  for (const { keyName: header, value, valueStart, valueEnd } of findHeaders(text)) {
    seeHeader(sink, node, header, value, place, { context: "header", start: valueStart, end: valueEnd });
  }
}

function urlsIn(sink: Sink, text: string, place: Place): ReturnType<typeof findUrlCredentials> {
  if (!text.includes("://") && !text.includes("=")) return [];
  const { placeholdersAreWeak = false } = sink.context("", place);
  return findUrlCredentials(text, {
    placeholdersAreWeak,
    weakValues: sink.settings.weakValues,
    patterns: sink.patterns,
  });
}

const ASSIGNMENT = /(?:^|[\s,;])([A-Za-z][\w.-]{0,80})=([^\s,;"']{6,2000})/g;

/**
 * A value that is a list of `name=value`: `api-key=…,x-tenant=…` as in `OTEL_EXPORTER_OTLP_HEADERS`. Many
 * such lists name things (`secret=db`), so only what is likely a credential counts.
 */
export function seeAssignments(sink: Sink, node: ScalarNode, place: Place): void {
  const { text } = node;
  if (text.length > 8000 || !/^\s*[A-Za-z][\w.-]{0,80}=\S/.test(text)) return;
  for (const { index, 0: match, 1: name = "", 2: value = "" } of text.matchAll(ASSIGNMENT)) {
    if (sink.nameClass(name) !== "sensitive") continue;
    const end = index + match.length;
    if (classifyValue(value, sink.context(name, place)) === "likely")
      addCredential(sink, node, "likely", name, "sensitive", place, {
        context: "assignment",
        start: end - value.length,
        end,
      });
  }
}

function seeHeader(sink: Sink, node: ScalarNode, name: string, value: string, place: Place, span: Span): void {
  const context = sink.context(name, place, { nameClass: "sensitive" });
  const basic =
    /^[A-Za-z0-9+/]{8,}={0,2}$/.test(value) &&
    /basic\s+$/i.test(node.text.slice(Math.max(0, span.start - 12), span.start));
  const found = basic ? classifyBasic(value, context) : classifyValue(value, context);
  if (isTelling(found)) addCredential(sink, node, found, name, "sensitive", place, span);
}

/** The value of an HTTP header that is written as a name and a value of its own. */
export function seeHeaderValue(sink: Sink, node: ScalarNode, name: string, place: Place): void {
  const start = headerCredentialStart(node.text);
  seeHeader(sink, node, name, node.text.slice(start).trimEnd(), place, {
    context: "header",
    start,
    end: node.text.trimEnd().length,
  });
}

/** A command line: one scalar per argument, each with its own place. */
export function seeArgv(sink: Sink, words: readonly { readonly node: ScalarNode; readonly place: Place }[]): void {
  const spans = scanArgv(
    words.map(({ node }) => node.text),
    { patterns: sink.settings.argvPatterns, cliFlagTable: sink.settings.cliRows },
  );
  for (const span of spans) {
    const word = words[span.element];
    if (word !== undefined) seeArgument(sink, word.node, span, word.place);
  }
}

/** A scalar that is, or may be, a shell script or a list of flags. */
export function seeScript(sink: Sink, node: ScalarNode, place: Place): void {
  for (const span of scanScript(node.text, {
    patterns: sink.settings.argvPatterns,
    cliFlagTable: sink.settings.cliRows,
  })) {
    seeArgument(sink, node, span, place);
  }
}

function seeArgument(sink: Sink, node: ScalarNode, span: ArgvSpan, place: Place): void {
  const { keyName, value, valueStart: start, valueEnd: end, context } = span;
  if (/^(?:-|@.*)$/.test(value)) return;
  if (context === "header") {
    seeHeader(sink, node, keyName, value, place, { context, start, end });
    return;
  }
  // Flags such as `-p` tell nothing by their name; the command says that a password follows.
  const judgedBy = /^-{1,2}[A-Za-z]?$|^-{1,2}(?:user|proxy-user|passin|passout|pass)$/.test(keyName)
    ? "password"
    : keyName;
  const found = classifyValue(value, { ...sink.context(judgedBy, place), nameClass: "sensitive" });
  if (isTelling(found)) addCredential(sink, node, found, keyName, "sensitive", place, { context, start, end });
}
