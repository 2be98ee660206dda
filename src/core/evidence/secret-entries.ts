import type { MappingNode, ScalarNode } from "../../model/document.ts";
import type { Evidence, ValueClass } from "../../model/evidence.ts";
import { decodeBase64, textOf } from "./base64.ts";
import { classifyDockerConfig } from "./docker-config.ts";
import { findKeys, keyInBytes } from "./keys.ts";
import { readNested } from "./nested.ts";
import { isEncrypted } from "./public-values.ts";
import { withoutReferences } from "./references.ts";
import type { Place, Sink } from "./sink.ts";
import { findUrlCredentials } from "./urls.ts";
import { classifyValue, type ValueContext } from "./values.ts";
import { worstOf } from "./worst-class.ts";
import { nestedValues } from "./nested-values.ts";

/** The scalar entries of a mapping, with the names of users that stand next to passwords. */
export function usernamesIn(node: MappingNode, textOfValue: (node: ScalarNode) => string | null): readonly string[] {
  return node.entries.flatMap(({ key, value }) => {
    if (value.kind !== "scalar" || !/(?:user(?:[-_]?name)?|login|account)$/i.test(key)) return [];
    const text = textOfValue(value);
    return text === null || text === "" ? [] : [text.trim()];
  });
}

/** Judges one entry of `data`: base64, decoded before it is judged. Each entry gives one piece of evidence. */
export function seeEncodedEntry(sink: Sink, node: ScalarNode, key: string, place: Place): void {
  const raw = node.text;
  const context = sink.context(key, place, { secretData: true });
  const bytes = isEncrypted(raw.trim()) || withoutReferences(raw.trim()) !== null ? null : decodeBase64(raw);
  if (bytes === null) {
    const whole = classifyWhole(raw, key, context);
    const found = whole === "plain" ? worstOf(["plain", ...nestedClasses(sink, raw, key, place, context)]) : whole;
    addEntry(sink, node, key, place, found, false);
    return;
  }
  const text = textOf(bytes);
  if (text === null) {
    const binary = keyInBytes(bytes, sink.settings.scanBinary);
    if (binary !== null) addForm(sink, node, key, place, binary.kind, binary.detector, "likely");
    addEntry(sink, node, key, place, binary === null ? classifyBinary(raw, bytes, context) : "likely", true);
    return;
  }
  const forms = seeDecodedForms(sink, node, key, place, text);
  const whole = classifyWhole(text, key, { ...context, decoded: 1 });
  const found =
    whole === "plain" ? worstOf(["plain", ...nestedClasses(sink, text, key, place, context), ...forms]) : whole;
  addEntry(sink, node, key, place, found, true);
}

/** Judges one entry of `stringData`, or of a Secret that a text holds. */
export function seeTextEntry(sink: Sink, node: ScalarNode, key: string, place: Place): ValueClass {
  const found = classifyWhole(node.text, key, sink.context(key, place, { secretData: true }));
  addEntry(sink, node, key, place, found, false);
  return found;
}

function classifyWhole(text: string, key: string, context: ValueContext): ValueClass {
  if (/^\.?dockerc(?:onfigjson|fg)$/.test(key))
    return classifyDockerConfig(text, context) ?? classifyValue(text, context);
  return classifyValue(text, context);
}

// Random bytes under a sensitive name are a key; other bytes may be anything. What is a placeholder
// before it is decoded was never encoded.
function classifyBinary(raw: string, bytes: Uint8Array, context: ValueContext): ValueClass {
  const found = classifyValue(raw, { ...context, decoded: 2 });
  if (found === "placeholder" || found === "weak") return found;
  return context.nameClass === "sensitive" && bytes.length >= 8 ? "likely" : "plain";
}

function seeDecodedForms(sink: Sink, node: ScalarNode, key: string, place: Place, text: string): readonly ValueClass[] {
  const { placeholdersAreWeak = false } = sink.context(key, place);
  const [url] = findUrlCredentials(text, {
    placeholdersAreWeak,
    weakValues: sink.settings.weakValues,
    patterns: sink.patterns,
  });
  if (url !== undefined) addForm(sink, node, key, place, "url-credential", url.detector, url.class);
  const found = findKeys(text)[0] ?? keyInBytes(new TextEncoder().encode(text), sink.settings.scanBinary);
  if (found !== undefined && found !== null) addForm(sink, node, key, place, found.kind, found.detector, "likely");
  return [
    ...(url === undefined ? [] : [url.class]),
    ...(found === undefined || found === null ? [] : ["likely" as const]),
  ];
}

function nestedClasses(
  sink: Sink,
  text: string,
  key: string,
  place: Place,
  context: ValueContext,
): readonly ValueClass[] {
  if (!/[\n={[:]/.test(text)) return [];
  const values = nestedValues(readNested(text, key, sink.patterns), sink.patterns);
  return values
    .map(({ keyName, value }) =>
      classifyValue(value, { ...context, ...sink.context(keyName, place), secretData: false }),
    )
    .filter((found) => found === "likely" || found === "weak" || found === "hash");
}

function addEntry(sink: Sink, node: ScalarNode, key: string, place: Place, found: ValueClass, decoded: boolean): void {
  add(sink, node, key, place, { kind: "credential", detector: "name-value", class: found, decoded });
}

function addForm(
  sink: Sink,
  node: ScalarNode,
  key: string,
  place: Place,
  kind: Evidence["kind"],
  detector: string,
  found: ValueClass,
): void {
  add(sink, node, key, place, { kind, detector, class: found, decoded: true });
}

function add(
  sink: Sink,
  node: ScalarNode,
  key: string,
  place: Place,
  seen: Pick<Evidence, "kind" | "detector" | "class" | "decoded">,
): void {
  sink.add({
    ...seen,
    context: place.nested ? "nested" : "value",
    keyName: key,
    nameClass: sink.nameClass(key),
    path: place.path,
    range: place.rangeOf(node, 0, node.text.length),
  });
}
