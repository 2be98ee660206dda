import type { KubernetesObject, SourceText } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import { isJsonArray, isJsonObject, valueAt, type DataPath, type Json } from "../../model/json.ts";
import { MASK, type Redacted } from "../../model/redacted.ts";
import { maskTokens } from "./token-shapes.ts";

/** What stands in the place of a secret in a value. */
const REDACTED = "[redacted]";

/** Whether what the evidence points at may be a secret and must not be shown. */
export function mayBeSecret(evidence: Evidence): boolean {
  if (evidence.kind !== "credential") return true;
  switch (evidence.class) {
    case "empty":
    case "encrypted":
    case "reference":
    case "placeholder":
    case "public":
      return false;
    // `plain` and `scalar` are only ever told of entries of a Secret.
    case "plain":
    case "scalar":
    case "hash":
    case "weak":
    case "likely":
      return true;
  }
}

/**
 * A source text with everything that may be a secret masked. Lines stay lines, and what stands in
 * front of a secret keeps its column; the mask tells nothing of the length of what it hides, so
 * columns behind it on the same line are lost. `ranges` are those of all that was found in the text.
 */
export function maskText(source: SourceText, ranges: readonly (readonly [number, number])[]): Redacted {
  const { text } = source;
  let masked = "";
  let done = 0;
  for (const [start, end] of ranges) {
    masked += text.slice(done, start) + maskSpan(text.slice(start, end));
    done = end;
  }
  // What is short is searched more closely, also inside of words such as the tag of an image.
  const known = maskTokens(masked + text.slice(done), MASK);
  return known.replaceAll(SHORT, (part) => maskTokens(part, MASK)) as Redacted;
}

const SHORT = /[^\r\n]{1,500}/g;

// A secret over several lines keeps its line breaks and the blanks that its lines start with, the
// indentation of a block scalar.
function maskSpan(span: string): string {
  return span
    .split(/(\r\n|\r|\n)/)
    .map((part, index) => {
      if (index % 2 === 1 || part.trim() === "") return part.trim() === "" ? part : "";
      return (/^[ \t]*/.exec(part)?.[0] ?? "") + MASK;
    })
    .join("");
}

/**
 * An object's value with everything that may be a secret replaced by `[redacted]`: the stretch of a
 * scalar that the evidence points at where it can be told apart, else the whole scalar. What holds no
 * secret is shared with the original. `evidence` is all that was found in the object.
 */
export function redactValue(object: KubernetesObject, evidence: readonly Evidence[]): Json {
  const byPath = new Map<string, { path: DataPath; evidence: Evidence[] }>();
  for (const each of evidence) {
    if (!mayBeSecret(each) || each.path.length === 0) continue;
    const key = JSON.stringify(each.path);
    const place = byPath.get(key);
    if (place === undefined) byPath.set(key, { path: each.path, evidence: [each] });
    else place.evidence.push(each);
  }
  const changes: Changes = { children: new Map() };
  for (const { path, evidence: found } of byPath.values()) {
    const value = valueAt(object.value, path);
    if (value === undefined || value === null) continue;
    let node = changes;
    for (const step of path) {
      const next: Changes = node.children.get(step) ?? { children: new Map() };
      node.children.set(step, next);
      node = next;
    }
    node.replacement = typeof value === "string" ? redactScalar(value, found, object.origin.source.text) : REDACTED;
  }
  return applyChanges(object.value, changes);
}

interface Changes {
  readonly children: Map<string | number, Changes>;
  replacement?: string;
}

function applyChanges(value: Json, { children, replacement }: Changes): Json {
  if (replacement !== undefined) return replacement;
  if (children.size === 0) return value;
  if (isJsonArray(value)) {
    return value.map((item, index) => {
      const change = children.get(index);
      return change === undefined ? item : applyChanges(item, change);
    });
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const change = children.get(key);
    return [key, change === undefined ? item : applyChanges(item, change)] as const;
  });
  // `fromEntries` makes an own property of every key, `__proto__` too.
  return Object.fromEntries(entries);
}

// Evidence tells source offsets; the stretch is looked up by its text, which differs from the value's
// where there are escapes or folded lines. Then the whole scalar goes.
function redactScalar(value: string, evidence: readonly Evidence[], text: string): string {
  let redacted = value;
  const spans = evidence.map(({ range, decoded }) => (decoded ? "" : text.slice(range.start.offset, range.end.offset)));
  for (const span of [...new Set(spans)].sort((a, b) => b.length - a.length)) {
    if (span === "" || !value.includes(span)) return REDACTED;
    redacted = redacted.replaceAll(span, () => REDACTED);
  }
  return redacted;
}

/** Longest name or message that is shown, in UTF-16 units. */
const LONGEST_SHOWN = 2000;

/**
 * Text made of names from the repository (keys, paths, object names), fit for a message: known token
 * formats are masked, and control characters, line breaks and marks that reverse or hide text are
 * replaced by `\ufffd`. Not for values: a secret of no known format passes.
 */
export function safeText(text: string): Redacted {
  const short = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  // oxlint-disable-next-line no-control-regex
  return maskTokens(short, MASK).replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu,
    "\ufffd",
  ) as Redacted;
}
