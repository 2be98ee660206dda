import {
  COLLECTION_STYLE,
  EVENT_ID,
  type AliasEvent,
  type DocumentDirective,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import type { ScalarNode, YamlDocument } from "../../model/document.ts";
import {
  MappingFrame,
  SequenceFrame,
  weightOfText,
  type Anchor,
  type Built,
  type Frame,
  type YamlLimits,
} from "./frames.ts";
import { readScalar, unknownTag, type Indicator } from "./read-scalar.ts";
import { Refusal, TOO_MANY_DOCUMENTS } from "./refusal.ts";
import { keyOf } from "./resolve-scalar.ts";
import { afterClosingBracket } from "./scan-source.ts";
import { coreTag } from "./tags.ts";

const ABSENT = -1;
const MERGE_KEY = "<<";

/**
 * Builds the documents from parser events in one pass. Throws `Refusal` on what cannot be read.
 * Only offsets are stored; lines and columns are worked out for the few places that are shown.
 */
export class TreeBuilder {
  readonly #text: string;
  readonly #limits: YamlLimits;
  readonly #documents: YamlDocument[] = [];
  #frames: Frame[] = [];
  #anchors = new Map<string, Anchor>();
  #directives: readonly DocumentDirective[] = [];
  #root: Built | null = null;
  /** Where the last token ended. */
  #cursor = 0;
  /** What aliases have added so far. */
  #aliasWeight = 0;

  constructor(text: string, limits: YamlLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  /** All documents of the stream. */
  build(events: readonly Event[]): readonly YamlDocument[] {
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          this.#openDocument(event.directives);
          break;
        case EVENT_ID.SCALAR:
          this.#scalar(event);
          break;
        case EVENT_ID.SEQUENCE:
        case EVENT_ID.MAPPING:
          this.#open(event);
          break;
        case EVENT_ID.ALIAS:
          this.#alias(event);
          break;
        case EVENT_ID.POP:
          this.#close();
          break;
      }
    }
    return this.#documents;
  }

  #openDocument(directives: readonly DocumentDirective[]): void {
    if (this.#documents.length >= this.#limits.documents) {
      throw new Refusal("limit-exceeded", TOO_MANY_DOCUMENTS, this.#cursor);
    }
    this.#frames = [];
    this.#anchors = new Map();
    this.#directives = directives;
    this.#root = null;
  }

  #open(event: SequenceEvent | MappingEvent): void {
    const isMapping = event.type === EVENT_ID.MAPPING;
    this.#refuseComplexKey(event.start);
    this.#checkCollectionTag(event, isMapping ? "map" : "seq");
    const anchor = this.#anchor(event);
    // `[a: b]` makes a mapping of flow style that has no brackets of its own.
    const opener = isMapping ? "{" : "[";
    const flow = event.style === COLLECTION_STYLE.FLOW && this.#text[event.start] === opener;
    this.#frames.push(
      isMapping ? new MappingFrame(event.start, flow, anchor) : new SequenceFrame(event.start, flow, anchor),
    );
    this.#cursor = Math.max(this.#cursor, flow ? event.start + 1 : event.start);
  }

  #close(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) {
      this.#closeDocument();
      return;
    }
    if (frame.flow) this.#cursor = afterClosingBracket(this.#text, this.#cursor);
    const built = frame.close(this.#cursor);
    if (frame.anchor !== null) frame.anchor.built = built;
    this.#add(built);
  }

  #closeDocument(): void {
    if (this.#root === null) return;
    const { node } = this.#root;
    const index = this.#documents.length;
    this.#documents.push({ index, root: node, start: node.start, end: node.end });
  }

  #alias(event: AliasEvent): void {
    const start = event.anchorStart - 1;
    const anchor = this.#anchors.get(this.#text.slice(event.anchorStart, event.anchorEnd));
    if (anchor === undefined) {
      throw new Refusal("invalid-yaml", "An alias names an anchor that does not exist.", start);
    }
    const { built } = anchor;
    if (built === null) {
      throw new Refusal("unsupported-yaml", "An alias contains itself.", start);
    }
    this.#aliasWeight += built.weight;
    if (this.#aliasWeight > this.#limits.aliasNodes) {
      throw new Refusal("limit-exceeded", "Aliases expand to too much content.", start);
    }
    this.#cursor = event.anchorEnd;
    const frame = this.#frameWithoutKey();
    if (frame === null) {
      this.#add(built);
      return;
    }
    if (built.node.kind !== "scalar") throw complexKey(start);
    const key = this.#keyOf(built.node, start);
    frame.expect({ key, start, end: event.anchorEnd, merge: false });
  }

  #scalar(event: ScalarEvent): void {
    const node = readScalar(this.#text, event, this.#cursor, this.#indicator(), this.#directives);
    this.#cursor = node.end;
    const built: Built = { node, weight: 1 + weightOfText(node.text.length), height: 1 };
    if (event.anchorStart !== ABSENT) {
      this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), { built });
    }
    const frame = this.#frameWithoutKey();
    if (frame === null) {
      this.#add(built);
      return;
    }
    const merge = this.#isMergeKey(event, node);
    const key = merge ? MERGE_KEY : this.#keyOf(node, node.start);
    frame.expect({ key, start: node.start, end: node.end, merge });
  }

  #add(built: Built): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) this.#root = built;
    else frame.add(built, this.#limits.depth);
  }

  /** The innermost mapping where it waits for a key, else null. */
  #frameWithoutKey(): MappingFrame | null {
    const frame = this.#frames.at(-1);
    return frame?.kind === "mapping" && frame.pending === null ? frame : null;
  }

  #refuseComplexKey(offset: number): void {
    if (this.#frameWithoutKey() !== null) throw complexKey(offset);
  }

  #anchor(event: SequenceEvent | MappingEvent): Anchor | null {
    if (event.anchorStart === ABSENT) return null;
    const anchor: Anchor = { built: null };
    this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), anchor);
    return anchor;
  }

  #tag(event: ScalarEvent | SequenceEvent | MappingEvent): string | null {
    return coreTag(this.#text.slice(event.tagStart, event.tagEnd), this.#directives);
  }

  #checkCollectionTag(event: SequenceEvent | MappingEvent, fitting: string): void {
    if (event.tagStart === ABSENT) return;
    const tag = this.#tag(event);
    if (tag !== "!" && tag !== fitting) throw unknownTag(event.tagStart);
  }

  #isMergeKey(event: ScalarEvent, node: ScalarNode): boolean {
    if (node.text !== MERGE_KEY) return false;
    if (event.tagStart === ABSENT) return node.style === "plain";
    return this.#tag(event) === "merge";
  }

  #keyOf(node: ScalarNode, offset: number): string {
    const key = node.binary ? null : keyOf(node.value, node.text);
    if (key === null) {
      throw new Refusal("unsupported-yaml", "A mapping key is null or binary.", offset);
    }
    return key;
  }

  /** What stands before a value that is not written. */
  #indicator(): Indicator {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return "---";
    if (frame.kind === "sequence") return "-";
    return frame.pending === null ? "" : ":";
  }
}

function complexKey(offset: number): Refusal {
  return new Refusal("unsupported-yaml", "A mapping key is a collection (an unquoted '{{ … }}' reads as one).", offset);
}
