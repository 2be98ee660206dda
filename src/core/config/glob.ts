import picomatch from "picomatch";

const LONGEST_GLOB = 500;
const MOST_GLOBSTARS = 3;
/** Of `*` beside other characters, over the first one in each segment. */
const MOST_FURTHER_STARS = 2;

/**
 * Why `glob` cannot be used, or `null` where it can. Globs are picomatch's, matched against paths or
 * names from the root of the repository. Regular expression groups are refused and
 * stars are counted, since the time that matching takes grows with the power of their number: a star
 * that stands alone, or is the only one of its segment, can match in one way only and is free.
 */
export function globProblem(glob: string): string | null {
  if (glob.trim() === "") return "is empty";
  if (glob.length > LONGEST_GLOB) return `is longer than ${LONGEST_GLOB} characters`;
  if (glob.startsWith("!")) return "cannot begin with an exclamation mark: what it names is left out already";
  if (glob.includes("\\")) return "cannot hold a backslash: folders are separated by /";
  if (/[()]/.test(glob)) return "cannot hold parentheses";
  if (glob.startsWith("/") || /^[A-Za-z]:/.test(glob)) return "must be relative to the root, without a leading /";
  const segments = glob.split("/");
  if (segments.includes("..")) return "cannot leave the root";
  if (segments.filter((segment) => segment === "**").length > MOST_GLOBSTARS)
    return `cannot hold ** more than ${MOST_GLOBSTARS} times`;
  const further = segments.map((segment) => Math.max(0, (segment.match(/\*+/g) ?? []).length - 1));
  if (further.reduce((sum, stars) => sum + stars, 0) > MOST_FURTHER_STARS) return "has too many * between slashes";
  if (/\{[^{}]*\.\.[^{}]*\}/.test(glob)) return "cannot hold a range in braces";
  try {
    picomatch.makeRe(glob, { dot: true, strictBrackets: true });
    return null;
  } catch {
    return "has an opening bracket or brace that is not closed, or the other way round";
  }
}

/** Why `pattern` does not name objects, or `null`: `Kind/name` or `Kind/namespace/name`, with globs. */
export function objectPatternProblem(pattern: string): string | null {
  const problem = globProblem(pattern);
  if (problem !== null) return problem;
  const parts = pattern.split("/");
  const named = parts.length === 2 || parts.length === 3;
  return named && parts.every((part) => part !== "") ? null : "must be Kind/name or Kind/namespace/name";
}

/** Why `name` is no pattern for the name of a namespace, or `null`. */
export function namespacePatternProblem(name: string): string | null {
  return globProblem(name) ?? (name.includes("/") ? "must be the name of a namespace, without /" : null);
}
