import { getScalarValue, SCALAR_STYLE, type DocumentDirective, type ScalarEvent } from "js-yaml";
import type { ScalarNode, ScalarStyle } from "../../model/document.ts";
import { Refusal } from "./refusal.ts";
import { resolvePlain, resolveTagged } from "./resolve-scalar.ts";
import { afterDocumentStart, afterIndicator, blockContentEnd, blockHeaderStart, skipTrivia } from "./scan-source.ts";
import { coreTag } from "./tags.ts";

const ABSENT = -1;

const STYLES: Readonly<Record<ScalarEvent["style"], ScalarStyle>> = {
  [SCALAR_STYLE.PLAIN]: "plain",
  [SCALAR_STYLE.SINGLE_QUOTED]: "single",
  [SCALAR_STYLE.DOUBLE_QUOTED]: "double",
  [SCALAR_STYLE.LITERAL_BLOCK]: "literal",
  [SCALAR_STYLE.FOLDED_BLOCK]: "folded",
};

/** What stands in front of a scalar, nothing before a key; it places what is not written. */
export type Indicator = ":" | "-" | "---" | "";

/**
 * The node for a scalar event. `cursor` is where the token before it ended. Throws `Refusal` for
 * a tag that is unknown or does not fit.
 */
export function readScalar(
  source: string,
  event: ScalarEvent,
  cursor: number,
  indicator: Indicator,
  directives: readonly DocumentDirective[],
): ScalarNode {
  const text = getScalarValue(source, event);
  const style = STYLES[event.style];
  const start = startOf(source, event, cursor, indicator);
  const end = event.valueStart === ABSENT ? start : endOf(source, event);
  if (event.tagStart === ABSENT) {
    const value = style === "plain" ? resolvePlain(text) : text;
    return { kind: "scalar", value, text, style, binary: false, start, end };
  }
  const tag = coreTag(source.slice(event.tagStart, event.tagEnd), directives);
  const resolved = resolveTagged(tag, text);
  if ("failure" in resolved) {
    if (resolved.failure === "unknown-tag") throw unknownTag(event.tagStart);
    throw new Refusal("invalid-yaml", "A value does not fit its tag.", event.tagStart);
  }
  const { value, binary } = resolved;
  return { kind: "scalar", value, text, style, binary, start, end };
}

/** The refusal of a tag that stands at `offset`. */
export function unknownTag(offset: number): Refusal {
  return new Refusal("unsupported-yaml", "A tag is not supported.", offset);
}

function startOf(source: string, event: ScalarEvent, cursor: number, indicator: Indicator): number {
  const { valueStart, tagEnd, anchorEnd } = event;
  if (valueStart === ABSENT) {
    if (tagEnd !== ABSENT || anchorEnd !== ABSENT) return Math.max(tagEnd, anchorEnd);
    if (indicator === "---") return afterDocumentStart(source, cursor);
    if (indicator === "") return skipTrivia(source, cursor);
    return afterIndicator(source, cursor, indicator);
  }
  if (event.style === SCALAR_STYLE.PLAIN) return valueStart;
  if (!isBlock(event)) return valueStart - 1;
  return blockHeaderStart(source, Math.max(cursor, tagEnd, anchorEnd), valueStart);
}

function endOf(source: string, event: ScalarEvent): number {
  if (event.style === SCALAR_STYLE.PLAIN) return event.valueEnd;
  if (!isBlock(event)) return event.valueEnd + 1;
  return blockContentEnd(source, event.valueStart, event.valueEnd);
}

function isBlock(event: ScalarEvent): boolean {
  return event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
}
