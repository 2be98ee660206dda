import type { Config } from "../../model/config.ts";
import type { Unreadable } from "../../model/document.ts";
import type { RawFinding } from "../../model/finding.ts";
import type { JsonObject } from "../../model/json.ts";
import type { RuleId, RuleMetadata } from "../../model/rule.ts";
import { changeFacts, type Changes } from "../compare/changes.ts";
import { ruleParams } from "../config/settings.ts";
import { evaluate } from "../evaluate.ts";
import { RepositoryFacts } from "../facts/repository.ts";
import type { GatheredFile } from "../gathered-file.ts";
import { Memory } from "../memory.ts";
import type { PolicyEngine, Progress } from "../ports.ts";
import { EVERYTHING, type Share } from "../shard.ts";
import { judgeObjects } from "./objects.ts";
import { applicable, type JudgeRun } from "./run.ts";
import { judgeUnits } from "./units.ts";

/** What the policy said about a run. */
export interface Judgement {
  readonly findings: readonly RawFinding[];
  readonly unreadable: readonly Unreadable[];
  /** The rules that had something to look at, besides what is only there for references. */
  readonly applied: readonly RuleId[];
}

/**
 * Evaluates object rules on all objects in batches, and set rules once on each unit. `clock` is in
 * seconds. What an earlier run with the same `memory` judged is not judged again.
 */
export async function judge(
  gathered: readonly GatheredFile[],
  rules: readonly RuleMetadata[],
  config: Config,
  clock: number,
  engine: PolicyEngine,
  { memory = new Memory(), share = EVERYTHING, addresses = [], changes = new Map(), progress }: JudgeOptions,
): Promise<Judgement> {
  const settings = settingsFor(config, rules);
  const repository = new RepositoryFacts(
    gathered.map(({ source, context, objects }) => ({
      source,
      context,
      objects: objects.map(({ object }) => object),
    })),
    addresses,
  );
  const run: JudgeRun = {
    evaluate: (evaluation) => evaluate({ ...evaluation, clock }, settings, engine),
    progress,
    memory,
    share,
    told: (some) => ({ ...repository.of(some.map(({ object }) => object)), ...changeFacts(some, changes) }),
  };
  const objects = await judgeObjects(
    gathered,
    rules.filter(({ scope }) => scope === "object"),
    run,
  );
  const units = await judgeUnits(
    gathered,
    rules.filter(({ scope }) => scope === "set"),
    run,
  );
  // What is no manifest is looked at too: by the rules that read any kind.
  const own = gathered.filter(({ context }) => !context);
  const looked =
    own.length > 0
      ? applicable(
          rules,
          own.flatMap((file) => file.objects),
        )
      : [];
  return {
    findings: [...objects.findings, ...units.findings],
    unreadable: [...objects.unreadable, ...units.unreadable],
    applied: looked.map(({ id }) => id),
  };
}

/** How a run judges. */
export interface JudgeOptions {
  readonly progress: Progress;
  /** That of an earlier run over almost the same files. */
  readonly memory?: Memory;
  readonly share?: Share;
  /** Addresses of the repository, as `host/path`. */
  readonly addresses?: readonly string[];
  /** What a change did to the objects; empty without a comparison. */
  readonly changes?: Changes;
}

function settingsFor(config: Config, rules: readonly RuleMetadata[]): JsonObject {
  const { prefix, completeness, profile } = config;
  return {
    prefix,
    completeness,
    profile,
    params: Object.fromEntries(rules.map((rule) => [rule.id, ruleParams(config, rule)])),
  };
}
