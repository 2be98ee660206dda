const LONGEST_REGEX = 1000;
/** RE2 refuses longer repetitions (https://github.com/google/re2/wiki/Syntax). */
const MOST_REPEATS = 1000;

/**
 * Why the policy engine would refuse `source` as a regular expression, or `null`. The engine has
 * RE2's syntax: neither looking around nor back-references. What only RE2 knows is rewritten, and
 * JavaScript's parser then judges the rest.
 */
export function regexProblem(source: string): string | null {
  if (source === "") return "is empty";
  if (source.length > LONGEST_REGEX) return `is longer than ${LONGEST_REGEX} characters`;
  const escapes = /\\[\s\S]?/g;
  const plain = source.replaceAll(escapes, "__").replaceAll(/\[\^?\]?[^\]]*\]/g, "_");
  if (/\(\?<?[=!]/.test(plain)) return "looks ahead or behind, which RE2 does not know";
  if ((source.match(escapes) ?? []).some((escape) => /^\\[1-9k]$/.test(escape)))
    return "refers back to a group, which RE2 does not know";
  const repeats = [...plain.matchAll(/\{(\d{1,9})(?:,(\d{0,9}))?\}/g)].flatMap(([, from, to]) => [
    Number(from),
    Number(to ?? 0),
  ]);
  if (repeats.some((count) => count > MOST_REPEATS)) return `repeats more than ${MOST_REPEATS} times`;
  return compileRegex(source) === null ? "is no valid regular expression" : null;
}

/**
 * A regular expression of the config for use outside of the policy engine, or `null` where it does
 * not compile. Flags in front (`(?i)`) become the expression's own.
 */
export function compileRegex(source: string): RegExp | null {
  const flags = new Set(/^\(\?([ims]{1,3})\)/.exec(source)?.[1] ?? "");
  try {
    return new RegExp(asJavaScript(source), [...flags].join(""));
  } catch {
    return null;
  }
}

function asJavaScript(source: string): string {
  return source
    .replaceAll(/\\[\s\S]?/g, (escape) => (escape === "\\A" ? "^" : escape === "\\z" ? "$" : escape))
    .replaceAll(/\(\?[imsU-]{1,8}\)/g, "")
    .replaceAll(/\(\?[imsU-]{1,8}:/g, "(?:")
    .replaceAll("(?P<", "(?<");
}
