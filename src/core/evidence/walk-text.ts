import type { MappingNode, ScalarNode } from "../../model/document.ts";
import { rangeWithin } from "../locate/within.ts";
import { lineIndex } from "../yaml/lines.ts";
import { ALL_FORMATS } from "./formats.ts";
import { isLanguageBundle, isShellScript } from "./nested-exempt.ts";
import { readNested } from "./nested.ts";
import { isTelling, seeScript, seeValue } from "./scalar-evidence.ts";
import type { Place, Sink } from "./sink.ts";
import { isProse, isWordyIdentifier } from "./words.ts";

/** Walks a mapping that a text holds. */
export type Walk = (sink: Sink, root: MappingNode, place: Place) => void;

/** Texts in texts in texts are no deeper looked into. */
const DEEPEST = 2;
const SCRIPT_KEYS = /^(?:script|source|run|command|cmd|userdata|user-data|cloud-init|entrypoint)$/i;

/** Looks into a scalar of any object: one that holds several lines, or a JSON text. */
export function seeText(sink: Sink, node: ScalarNode, key: string, place: Place, walk: Walk): void {
  const { text } = node;
  const lines = text.includes("\n") && text.trim().includes("\n");
  if (SCRIPT_KEYS.test(key) || (lines && isShellScript(text, key))) seeScript(sink, node, place);
  else if (lines || /^\s*(?:\{\s*"|\[\s*[{"]|- \{)/.test(text)) seeNested(sink, node, key, place, walk);
}

/** Looks into an entry of a ConfigMap or of a Secret's `stringData`, a file by its nature. */
export function seeEntryText(sink: Sink, node: ScalarNode, name: string, place: Place, walk: Walk): void {
  if (isShellScript(node.text, name)) seeScript(sink, node, place);
  if (/[\n={[:<]/.test(node.text)) seeNested(sink, node, name, place, walk);
}

function seeNested(sink: Sink, node: ScalarNode, name: string, place: Place, walk: Walk): void {
  if (place.depth >= DEEPEST) return;
  const { configFormats, proseIsPlain } = sink.settings;
  const nested = readNested(node.text, name, sink.patterns, place.config ? configFormats : ALL_FORMATS);
  if (nested.kind === "none") return;
  if (nested.kind === "entries") {
    const prose = (proseIsPlain || !place.config) && isLanguageBundle(name);
    for (const { keyName, value, valueStart: start, valueEnd: end } of nested.entries) {
      // Labels: `login.password=Password`.
      if (prose && (isProse(value) || isWordyIdentifier(value))) continue;
      // A script says where the value of an assignment ends.
      if (sink.hasCredentialAt(place.rangeOf(node, start, end).start.offset)) continue;
      const found = seeValue(sink, node, keyName, place, { context: "nested", start, end, value });
      // `OPTS="--password=…"`, a command in a unit file.
      if (!isTelling(found) && place.depth === 0 && value.includes(" --")) seeScript(sink, node, place);
    }
    return;
  }
  const inner: Place = {
    ...place,
    nested: true,
    depth: place.depth + 1,
    usernames: [],
    rangeOf: innerRange(node, place),
  };
  for (const { root } of nested.documents) {
    if (root.kind === "mapping") walk(sink, root, inner);
    else if (root.kind === "sequence") {
      for (const item of root.items) if (item.kind === "mapping") walk(sink, item, inner);
    }
  }
}

// A stretch of a scalar inside the text is a stretch of the text, which is a stretch of the source.
function innerRange(outer: ScalarNode, place: Place): Place["rangeOf"] {
  const lines = lineIndex(outer.text);
  return (node, start, end) => {
    const { start: from, end: to } = rangeWithin(outer.text, node, start, end, lines);
    return place.rangeOf(outer, from.offset, to.offset);
  };
}
