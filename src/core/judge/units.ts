import { LOOSE, type Unit, type Unreadable } from "../../model/document.ts";
import type { RawFinding } from "../../model/finding.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import type { EvaluationResult } from "../evaluate.ts";
import type { GatheredFile } from "../gathered-file.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import type { JudgedUnit } from "../memory.ts";
import { applicable, factsOf, groupBy, recall, type JudgeRun } from "./run.ts";

/**
 * Kinds that a reference from a unit may still resolve to among the loose objects: what a cluster has
 * for everybody. Workloads and Secrets of others say nothing about a unit.
 */
export const SHARED_KINDS: ReadonlySet<string> = new Set([
  "ClusterRole",
  "Role",
  "CustomResourceDefinition",
  "Namespace",
  "ServiceAccount",
  "CronJob",
  "Certificate",
]);

/** Evaluates set rules, once on each unit. */
export async function judgeUnits(
  gathered: readonly GatheredFile[],
  rules: readonly RuleMetadata[],
  { evaluate, memory, share, told: toldOf }: JudgeRun,
): Promise<EvaluationResult> {
  const findings: RawFinding[] = [];
  const unreadable: Unreadable[] = [];
  const kinds = new Set(rules.flatMap((rule) => rule.kinds));
  const everything = gathered
    .flatMap((file) => file.objects)
    .filter(({ object }) => kinds.has("*") || kinds.has(object.kind));
  const shared = everything.filter(({ object }) => object.units.includes(LOOSE) && SHARED_KINDS.has(object.kind));
  for (const [unit, members] of byUnit(everything)) {
    if (!share.ownsUnit(unit)) continue;
    const context = unit === LOOSE ? [] : shared;
    const known = memory.units.get(unit);
    const host = toldOf(members);
    const told = JSON.stringify(host);
    const changed = known === undefined ? null : changedKinds(known, { members, context });
    const wanted = applicable(rules, members).filter(({ kinds: read, id, needs }) => {
      if ((needs.includes("repository") || needs.includes("diff")) && known?.told !== told) return true;
      const untouched = changed !== null && !read.some((kind) => (kind === "*" ? changed.size > 0 : changed.has(kind)));
      return !(untouched && recall(known?.findings.get(id), findings));
    });
    const result = await evaluate({
      rules: wanted.map(({ id }) => id),
      objects: members,
      context,
      files: [],
      facts: wanted.length === 0 ? {} : factsOf([...members, ...context], host),
      unit,
    });
    findings.push(...result.findings);
    unreadable.push(...result.unreadable);
    if (result.unreadable.length === 0) {
      const byRule = groupBy(result.findings, ({ rule }) => rule);
      const kept = new Map(known?.findings);
      for (const { id } of wanted) kept.set(id, byRule.get(id) ?? []);
      memory.units.set(unit, { members, context, told, findings: kept });
    }
  }
  return { findings, unreadable };
}

/** Kinds of the objects that one of two states of a unit has and the other has not. */
function changedKinds(
  before: Pick<JudgedUnit, "members" | "context">,
  now: Pick<JudgedUnit, "members" | "context">,
): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const list of ["members", "context"] as const) {
    const [old, fresh] = [new Set(before[list]), new Set(now[list])];
    for (const { object } of [
      ...before[list].filter((each) => !fresh.has(each)),
      ...now[list].filter((each) => !old.has(each)),
    ])
      kinds.add(object.kind);
  }
  return kinds;
}

function byUnit(objects: readonly JudgedObject[]): ReadonlyMap<Unit, readonly JudgedObject[]> {
  const units = new Map<Unit, JudgedObject[]>();
  for (const judged of objects) {
    for (const unit of judged.object.units) {
      const members = units.get(unit);
      if (members === undefined) units.set(unit, [judged]);
      else members.push(judged);
    }
  }
  return units;
}
