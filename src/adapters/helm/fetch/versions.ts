import { maxSatisfying, parse, validRange } from "semver";

/**
 * The newest of `versions` that fits a constraint as `Chart.yaml` writes it, or `null`. A version that
 * is written exactly so comes first, as in Helm. `undefined` where the constraint is not understood.
 */
export function newestFitting(constraint: string, versions: readonly string[]): string | null | undefined {
  if (versions.includes(constraint)) return constraint;
  const range = npmRange(constraint);
  // Helm lets a constraint that names a pre-release see all of them; npm only those of that version.
  const options = { loose: true, includePrerelease: /\d-[0-9A-Za-z]/.test(constraint.replaceAll(/ - /g, " ")) };
  if (range === null || validRange(range, options) === null) return undefined;
  return maxSatisfying(
    versions.filter((version) => parse(version, { loose: true }) !== null),
    range,
    options,
  );
}

/** Whether a version is written out, so that nothing has to be chosen. */
export function isExact(version: string): boolean {
  return /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]*)?$/.test(version) && parse(version, { loose: true }) !== null;
}

const LONGEST_CONSTRAINT = 200;

/** Helm's constraints are those of Masterminds/semver: a comma means and, `=>` is `>=`; npm has no `!=`. */
function npmRange(constraint: string): string | null {
  if (constraint.length > LONGEST_CONSTRAINT || constraint.includes("!=")) return null;
  return constraint.replaceAll(",", " ").replaceAll("=>", ">=").replaceAll("=<", "<=").trim() || "*";
}
