import { distance } from "fastest-levenshtein";

const LONGEST_WORD = 100;

/**
 * The candidate that `word` is most likely a slip of, or `null`: one edit away for up to three
 * characters, two for up to eight, else three, upper and lower case counting as the same. Of equally
 * near candidates the first wins.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > LONGEST_WORD) return null;
  const lower = word.toLowerCase();
  const allowed = word.length <= 3 ? 1 : word.length <= 8 ? 2 : 3;
  let best: string | null = null;
  let bestDistance = allowed + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const edits = distance(lower, candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

/**
 * The rule, or `<rule>/<variant>`, that `word` most likely means: a slip of one of `ids`, or the
 * last part of one alone (`wildcard-grant` for `rbac/wildcard-grant`), or one with another category.
 */
export function nearestRule(word: string, ids: readonly string[]): string | null {
  const direct = nearest(word, ids);
  if (direct !== null) return direct;
  const ending = nearest(
    nameOf(word),
    ids.map((id) => nameOf(id)),
  );
  return ending === null ? null : (ids.find((id) => nameOf(id) === ending) ?? null);
}

function nameOf(id: string): string {
  const slash = id.indexOf("/");
  return slash < 0 ? id : id.slice(slash + 1);
}
