import type { JudgedObject } from "../input/policy-input.ts";
import type { Trace } from "../triage/assemble.ts";
import { contentOf, identityOf } from "./changes.ts";

/** The findings of one state of the repository, as they are recognised in another. */
export interface State {
  readonly traces: readonly Trace[];
  readonly objects: readonly JudgedObject[];
  /** The text of a file; `null` where there is none of that name. */
  readonly textOf: (uri: string) => string | null;
}

/** For each finding of the head, the index of the base's finding that it is, or `null`. */
export type Matches = readonly (number | null)[];

/**
 * Pairs the findings of two states, each at most once. Tried in this order, so that the surest pairs are
 * made first: the same rule, file, object, place and written text; the same without the text; the
 * same after Git's renames of files (`renames`: base path to head path); the same object in another
 * file; an object that is the same but for its name, where the old name is gone and the new one was
 * not there.
 */
export function matchFindings(base: State, head: State, renames: ReadonlyMap<string, string>): Matches {
  const matches: (number | null)[] = head.traces.map(() => null);
  const free = new Set(base.traces.keys());
  const pair = (keyOf: (trace: Trace, state: State) => string | null): void => {
    const waiting = new Map<string, number[]>();
    for (const index of free) {
      const trace = base.traces[index];
      const key = trace === undefined ? null : keyOf(trace, base);
      if (key !== null) waiting.set(key, [...(waiting.get(key) ?? []), index]);
    }
    for (const [index, trace] of head.traces.entries()) {
      if (matches[index] !== null || waiting.size === 0) continue;
      const key = keyOf(trace, head);
      const found = key === null ? undefined : waiting.get(key)?.shift();
      if (found === undefined) continue;
      matches[index] = found;
      free.delete(found);
    }
  };
  const uriIn = (uri: string, state: State): string => (state === base ? (renames.get(uri) ?? uri) : uri);
  const gone = withoutThoseOf(base, head);
  const fresh = withoutThoseOf(head, base);
  pair((trace, state) => keyOf(trace, trace.parts.uri, writtenText(trace, state)));
  pair((trace) => keyOf(trace, trace.parts.uri, ""));
  pair((trace, state) => keyOf(trace, uriIn(trace.parts.uri, state), ""));
  pair((trace) => (trace.parts.object === null ? null : keyOf(trace, null, "")));
  pair((trace, state) => {
    const { judged, parts } = trace;
    if (judged === null || !(state === base ? gone : fresh).has(identityOf(judged))) return null;
    return JSON.stringify([parts.rule, parts.variant, parts.path, contentOf(judged)]);
  });
  return matches;
}

/**
 * What is written where a finding stands, without white space and quotes, so that reformatting is no
 * change. Never to be shown or digested. Empty where the exact place is not known.
 */
export function writtenText({ location: { uri, range, precision } }: Trace, { textOf }: State): string {
  if (precision !== "exact") return "";
  return (textOf(uri) ?? "").slice(range.start.offset, range.end.offset).replaceAll(/[\s"']+/g, "");
}

function keyOf({ parts: { rule, variant, object, path } }: Trace, uri: string | null, text: string): string {
  return JSON.stringify([rule, variant, uri, object, path, text]);
}

function withoutThoseOf(one: State, other: State): ReadonlySet<string> {
  const there = new Set(other.objects.map(identityOf));
  return new Set(one.objects.map(identityOf).filter((identity) => !there.has(identity)));
}
