import type { DataPath, Json } from "../../model/json.ts";
import type { ConfigProblem } from "./translate.ts";
import { isJsonArray, isJsonObject, valueAt } from "../../model/json.ts";
import { globProblem, namespacePatternProblem, objectPatternProblem } from "./glob.ts";
import { hostProblem } from "./hosts.ts";
import { regexProblem } from "./regex.ts";
import { isDay } from "../waivers/dates.ts";
import { placeName } from "./translate.ts";

type Check = (text: string) => string | null;

/**
 * What the schema cannot say: globs and regular expressions that do not compile, paths that leave
 * the root, hosts that are none. `config` fits the schema. Parameters are regular expressions where their name ends in
 * `Regex` or `Regexes`, or as `pattern` of an item where it ends in `Patterns`; globs where in `Globs`.
 */
export function semanticProblems(config: Json): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const check = (path: DataPath, judge: Check): void => {
    for (const [place, text] of textsAt(config, path)) {
      const problem = judge(text);
      if (problem !== null)
        problems.push({ path: place, at: "value", message: `${placeName(place)} ${problem}`, suggestion: null });
    }
  };
  check(["paths"], globProblem);
  check(["exclude"], globProblem);
  check(["settings", "clock"], clockProblem);
  check(["dependency-hosts"], hostProblem);
  const charts = valueAt(config, ["charts"]);
  for (const index of isJsonArray(charts) ? charts.keys() : []) {
    check(["charts", index, "path"], globProblem);
    check(["charts", index, "values"], pathProblem);
  }
  const waivers = valueAt(config, ["waivers"]);
  for (const index of isJsonArray(waivers) ? waivers.keys() : []) {
    checkPlaces(["waivers", index], check);
    check(["waivers", index, "until"], (day) => (isDay(day) ? null : "must be a day such as 2026-01-31"));
    check(["waivers", index, "reason"], (reason) => (reason.trim() === "" ? "must not be an empty text" : null));
  }
  for (const name of keysAt(config, ["rules"])) {
    const exclusions = valueAt(config, ["rules", name, "exclude"]);
    for (const index of isJsonArray(exclusions) ? exclusions.keys() : []) {
      checkPlaces(["rules", name, "exclude", index], check);
    }
    for (const param of keysAt(config, ["rules", name, "params"])) {
      const path = ["rules", name, "params", param];
      if (/Regex(es)?$/.test(param)) check(path, regexProblem);
      if (/Globs?$/.test(param)) check(path, globProblem);
      const patterns = param.endsWith("Patterns") ? valueAt(config, path) : null;
      for (const index of isJsonArray(patterns) ? patterns.keys() : [])
        check([...path, index, "pattern"], regexProblem);
    }
  }
  return problems;
}

function checkPlaces(exclusion: DataPath, check: (path: DataPath, judge: Check) => void): void {
  check([...exclusion, "files"], globProblem);
  check([...exclusion, "namespaces"], namespacePatternProblem);
  check([...exclusion, "objects"], objectPatternProblem);
}

/** The schema's format also takes what JavaScript's `Date` does not read: leap seconds, short offsets, a space for `T`. */
function clockProblem(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:[0-5]\d(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? null
    : "must be an RFC 3339 time such as 2026-01-31T00:00:00Z";
}

function pathProblem(path: string): string | null {
  if (path.includes("\\")) return "cannot hold a backslash: folders are separated by /";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "must be relative to the root, without a leading /";
  return path.split("/").includes("..") ? "cannot leave the root" : null;
}

/** The text at `path`, or the texts in the list there. */
function textsAt(config: Json, path: DataPath): readonly (readonly [DataPath, string])[] {
  const value = valueAt(config, path);
  if (typeof value === "string") return [[path, value]];
  if (!isJsonArray(value)) return [];
  return value.flatMap((item, index) => (typeof item === "string" ? [[[...path, index], item] as const] : []));
}

function keysAt(config: Json, path: DataPath): readonly string[] {
  const value = valueAt(config, path);
  return isJsonObject(value) ? Object.keys(value) : [];
}
