import type { TokenDetector, TokenHit } from "../ports.ts";
import { isSampleToken } from "./token-shapes.ts";

/** A token format of the user's own. */
export interface ExtraPattern {
  readonly name: string;
  readonly pattern: RegExp;
}

/** Lines are searched one by one and no further than this, in UTF-16 units, whatever the pattern is like. */
const LONGEST_LINE = 4000;
/** Most hits of one pattern in one text; further ones are as good as the first. */
const MOST_HITS = 500;

/**
 * `detector`, and what the patterns find besides: tokens of the detector `pattern/<name>`. Samples
 * (`acme_xxxx`) are left out as they are for the formats that are built in.
 */
export function withExtraPatterns(detector: TokenDetector, patterns: readonly ExtraPattern[]): TokenDetector {
  if (patterns.length === 0) return detector;
  const prepared = patterns.map(({ name, pattern }) => ({
    name: `pattern/${name}`,
    pattern: new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, "")}g`),
  }));
  return {
    detect: async (text, uri) => {
      const hits = prepared.flatMap(({ name, pattern }) => hitsOf(name, pattern, text));
      return [...(await detector.detect(text, uri)), ...hits];
    },
  };
}

function hitsOf(detector: string, pattern: RegExp, text: string): readonly TokenHit[] {
  const hits: TokenHit[] = [];
  let from = 0;
  while (from <= text.length && hits.length < MOST_HITS) {
    const next = text.indexOf("\n", from);
    const end = next === -1 ? text.length : next;
    const line = text.slice(from, Math.min(end, from + LONGEST_LINE));
    for (const { index, 0: match } of line.matchAll(pattern)) {
      if (hits.length >= MOST_HITS) break;
      const start = from + index;
      if (match !== "" && !isSampleToken(match))
        hits.push({ detector, kind: "token", start, end: start + match.length });
    }
    from = end + 1;
  }
  return hits;
}
