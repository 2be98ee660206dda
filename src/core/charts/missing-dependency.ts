import type { MissingDependency } from "../../model/chart-rendering.ts";

/**
 * What to do about a dependency that a chart declares and does not hold, with the exact command.
 * `folder` is the path of the chart's folder from where the command is run. `reason` says why fetching it
 * failed; `null` where that was not allowed.
 */
export function missingDependencyMessage(
  { name, version, repository }: MissingDependency,
  folder: string,
  reason: string | null = null,
): string {
  const what = `the dependency ${name}${version === "" ? "" : ` ${version}`} is declared but not in charts/`;
  if (repository === "") return `${what}, and it names no repository: put it there`;
  const command = `helm dependency build ${shellWord(folder)}`;
  if (reason !== null) return `${what}, and could not be fetched: ${reason}; run ${command}`;
  return `${what}; run ${command}`;
}

// A path that begins with a hyphen would be taken for a flag.
function shellWord(path: string): string {
  const word = path.startsWith("-") ? `./${path}` : path;
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
