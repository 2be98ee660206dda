import { EVENT_ID, parseEvents, YAMLException, type Event } from "js-yaml";
import type { UnreadableReason, YamlDocument } from "../../model/document.ts";
import type { Position } from "../../model/position.ts";
import { TreeBuilder } from "./build-tree.ts";
import { isFaithful } from "./faithful.ts";
import type { YamlLimits } from "./frames.ts";
import { LineIndex } from "./lines.ts";
import { loosenFlow } from "./loosen-flow.ts";
import { Refusal, refusalFor, TOO_DEEP, TOO_MANY_DOCUMENTS } from "./refusal.ts";
import { documentStartPast } from "./scan-source.ts";

export type { YamlLimits } from "./frames.ts";

/** The limits that `parseYaml` keeps to when it is given none. */
export const DEFAULT_YAML_LIMITS: YamlLimits = {
  documents: 10_000,
  depth: 100,
  aliasNodes: 1_000_000,
};

/** All documents of a text, or why it cannot be read and where. */
export type YamlResult =
  | { readonly kind: "documents"; readonly documents: readonly YamlDocument[] }
  | {
      readonly kind: "invalid";
      readonly reason: UnreadableReason;
      /** Fixed text; never quotes the input. */
      readonly message: string;
      readonly at: Position;
    };

/**
 * Reads a YAML stream or a JSON text (JSON is YAML). Never throws on bad input. Empty documents
 * are there as a null scalar and count in `index`; a text of white space and comments has no
 * document.
 *
 * Refused, beyond what is not YAML at all: duplicate keys (`duplicate-key`); keys that are
 * collections or null, tags outside YAML's core types and aliases that contain themselves
 * (`unsupported-yaml`); what goes over `limits` (`limit-exceeded`), with aliases counted as if
 * they were written out, before anything is.
 */
export function parseYaml(text: string, limits: YamlLimits = DEFAULT_YAML_LIMITS): YamlResult {
  try {
    const events = eventsOf(text, limits);
    return { kind: "documents", documents: new TreeBuilder(text, limits).build(events) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const at = new LineIndex(text).positionAt(error.offset);
    return { kind: "invalid", reason: error.reason, message: error.message, at };
  }
}

/** What the parser says where content of brackets or quotes is too far left. */
const DEFICIENT = "deficient indentation";

/** The parser counts its attempts at reading a key as nesting; the tree builder counts exactly. */
const PARSER_SLACK = 2;

function eventsOf(text: string, limits: YamlLimits): readonly Event[] {
  const surplus = documentStartPast(text, limits.documents);
  if (surplus !== null) {
    // Said before anything is parsed: a file of `---` lines would fill the memory with events.
    throw new Refusal("limit-exceeded", TOO_MANY_DOCUMENTS, surplus);
  }
  const source = withoutLeadingBreaks(text);
  try {
    return parse(source, limits);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const events = error.reason === DEFICIENT ? loosenedEvents(source, limits) : null;
    if (events !== null) return events;
    throw refusalFor(error.reason, error.mark?.position ?? 0);
  }
}

function parse(text: string, limits: YamlLimits): Event[] {
  try {
    return parseEvents(text, { maxDepth: limits.depth + PARSER_SLACK });
  } catch (error) {
    // The parser recurses; a depth limit beyond what the stack holds ends here.
    if (error instanceof RangeError) throw new Refusal("limit-exceeded", TOO_DEEP, 0);
    throw error;
  }
}

/** The events of a text that the parser refused for the indentation inside brackets or quotes. */
function loosenedEvents(text: string, limits: YamlLimits): readonly Event[] | null {
  const loosened = loosenFlow(text);
  if (loosened === null) return null;
  let events: Event[];
  try {
    events = parse(loosened.text, limits);
  } catch (error) {
    if (error instanceof YAMLException) throw refusalFor(error.reason, error.mark?.position ?? 0);
    throw error;
  }
  if (!isFaithful(events, loosened)) return null;
  for (const event of events) {
    // The scalar's text is read from the original, where lines may have to be folded.
    if (event.type === EVENT_ID.SCALAR) event.fast = false;
  }
  return events;
}

/**
 * The parser takes the column of a document's first token as its indentation, and then refuses a
 * JSON text that starts on an indented line and closes further left. White space in front of a
 * JSON text means nothing, so it becomes spaces on one line; offsets stay as they are.
 */
function withoutLeadingBreaks(text: string): string {
  const first = text.search(/[^ \t\r\n]/);
  if (first <= 0 || (text[first] !== "{" && text[first] !== "[")) return text;
  return " ".repeat(first) + text.slice(first);
}
