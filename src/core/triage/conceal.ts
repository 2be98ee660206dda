import type { Location } from "../../model/finding.ts";
import type { SecretRanges } from "../evidence/secret-ranges.ts";

/**
 * Cuts a location that touches a secret down to its first character: a report must not tell how long a
 * secret is, and the end of a range would.
 */
export function concealer(rangesOf: (uri: string) => SecretRanges): (location: Location) => Location {
  return (location) => {
    const { start, end } = location.range;
    if (end.offset - start.offset <= 1 || !touches(rangesOf(location.uri), start.offset, end.offset)) return location;
    const first = { line: start.line, column: start.column + 1, offset: start.offset + 1 };
    return { ...location, range: { start, end: first } };
  };
}

function touches(ranges: SecretRanges, start: number, end: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.[0] ?? Number.POSITIVE_INFINITY) < end;
}
