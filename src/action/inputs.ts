import { nearest } from "../core/config/nearest.ts";
import { FAIL_ON } from "../core/config/schema.ts";
import { UsageError } from "../core/errors.ts";
import { parseShard } from "../core/shard.ts";
import type { Shard } from "../model/check-request.ts";
import type { Severity } from "../model/rule.ts";
import { formats, type Format } from "../reporters/index.ts";

/** How the Action's inputs are read: as the runner hands them over, trimmed. */
export interface InputReader {
  readonly input: (name: string) => string;
  readonly lines: (name: string) => readonly string[];
}

/** The Action's inputs, made typed. */
export interface ActionInputs {
  readonly paths: readonly string[];
  /** `null` for the configuration at the root, if any. */
  readonly config: string | null;
  /** `null` where the configuration decides. */
  readonly failOn: Severity | "never" | null;
  readonly outputs: readonly { readonly format: Format; readonly file: string }[];
  /** Empty for none. */
  readonly sarifFile: string;
  readonly fetchDependencies: boolean;
  /** Empty for none. */
  readonly githubToken: string;
  readonly onMissingBase: "error" | "all";
  /** `null` for everything. */
  readonly shard: Shard | null;
}

/** Reads the inputs that `action.yml` declares. Throws `UsageError` with the name of the input. */
export function readInputs({ input, lines }: InputReader): ActionInputs {
  const config = input("config");
  const failOn = input("fail-on");
  const onMissingBase = input("on-missing-base");
  return {
    paths: lines("paths"),
    config: config === "" ? null : config,
    failOn: failOn === "" ? null : oneOf("fail-on", failOn, FAIL_ON),
    outputs: lines("format").map(readOutput),
    sarifFile: input("sarif-file"),
    fetchDependencies: flag("fetch-dependencies", input("fetch-dependencies")),
    githubToken: input("github-token"),
    shard: readShard(input("shard")),
    onMissingBase: onMissingBase === "" ? "error" : oneOf("on-missing-base", onMissingBase, ["error", "all"]),
  };
}

function readShard(text: string): Shard | null {
  const shard = text === "" ? null : parseShard(text);
  if (text !== "" && shard === null) throw new UsageError("input shard: write index/count, such as 1/4");
  return shard;
}

function readOutput(line: string): { format: Format; file: string } {
  const equals = line.indexOf("=");
  if (equals <= 0 || equals === line.length - 1)
    throw new UsageError("input format: write format=file, such as json=report.json");
  return { format: oneOf("format", line.slice(0, equals).trim(), formats), file: line.slice(equals + 1).trim() };
}

/** As YAML 1.2 writes booleans, which is what the runner's own inputs take. */
function flag(name: string, value: string): boolean {
  if (/^(?:|false|False|FALSE)$/.test(value)) return false;
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  throw new UsageError(`input ${name}: write true or false`);
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  const suggestion = nearest(value, allowed);
  const hint = suggestion === null ? "" : `; did you mean ${suggestion}?`;
  throw new UsageError(`input ${name}: not one of ${allowed.join(", ")}${hint}`);
}
