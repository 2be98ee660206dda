import picomatch from "picomatch";

const SUGGESTED = /^(?:values[-.][^/]+|ci\/[^/]*-values)\.ya?ml$/;
const SCHEMA = /\.schema\.ya?ml$/;

/**
 * The further values files that a chart's folder suggests, of its chart-relative `paths`, sorted:
 * `values-*.yaml`, `values.*.yaml`, and `ci/*-values.yaml`, which chart-testing (`ct`) installs a chart
 * with; `.yml` too. `values.yaml` itself is the chart's own, and a schema holds no values.
 */
export function suggestedValues(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => SUGGESTED.test(path) && !SCHEMA.test(path)).toSorted((a, b) => (a < b ? -1 : 1));
}

/** Whether a file is values of a chart because it is named as such, or matches one of `globs`. */
export function namedValues(globs: readonly string[], names: readonly string[]): (uri: string) => boolean {
  const known = new Set(names);
  const matches = globs.length === 0 ? () => false : picomatch([...globs], { dot: true });
  return (uri) => known.has(uri) || matches(uri);
}
