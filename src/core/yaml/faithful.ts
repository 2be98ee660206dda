import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, type Event, type ScalarEvent } from "js-yaml";
import type { Loosened } from "./loosen-flow.ts";

/**
 * Whether the parser, given the loosened text, found a flow collection or quoted scalar exactly
 * where each change was made, and no blanked comment inside a scalar. White space of that kind
 * means nothing there, so the events then describe the original text too.
 */
export function isFaithful(events: readonly Event[], loosened: Loosened): boolean {
  const confirmed = new Set<number>();
  /** End of the region that each open collection is, or null. */
  const open: (number | null)[] = [];
  let closedUpTo = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      closedUpTo = open.pop() ?? closedUpTo;
      continue;
    }
    const start = startOf(event);
    if (start !== null && start < closedUpTo) return false;
    const outermost = open.find((end) => end !== null) ?? null;
    // Everything between a region's brackets must have been read as its content.
    if (outermost !== null && start !== null && start >= outermost) return false;
    if (event.type === EVENT_ID.SCALAR) {
      if (hidesComment(event, loosened.comments)) return false;
      if (isQuoted(event) && loosened.regions.get(event.valueStart - 1) === event.valueEnd + 1) {
        confirmed.add(event.valueStart - 1);
      }
    } else if (event.type !== EVENT_ID.ALIAS) {
      const isFlow = event.type !== EVENT_ID.DOCUMENT && event.style === COLLECTION_STYLE.FLOW;
      const end = isFlow && start !== null ? (loosened.regions.get(start) ?? null) : null;
      if (end !== null && start !== null) confirmed.add(start);
      open.push(end);
    }
  }
  return confirmed.size === loosened.regions.size;
}

function startOf(event: Event): number | null {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart === -1 ? null : event.valueStart;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING ? event.start : null;
}

function isQuoted(event: ScalarEvent): boolean {
  return event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
}

function hidesComment(event: ScalarEvent, comments: readonly number[]): boolean {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle] ?? 0) < event.valueStart) low = middle + 1;
    else high = middle;
  }
  const first = comments[low];
  return first !== undefined && first < event.valueEnd;
}
