import type { RawFinding } from "../../model/finding.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import type { EvaluationResult } from "../evaluate.ts";
import { collectFacts } from "../facts/facts.ts";
import type { Evaluation, JudgedObject } from "../input/policy-input.ts";
import type { Memory } from "../memory.ts";
import type { Progress } from "../ports.ts";
import type { Share } from "../shard.ts";

/** What judging objects and judging units have in common. */
export interface JudgeRun {
  readonly evaluate: (evaluation: Omit<Evaluation, "clock">) => Promise<EvaluationResult>;
  readonly progress: Progress;
  readonly memory: Memory;
  readonly share: Share;
  /** What the host tells of the repository and of the change, as far as it is about some objects. */
  readonly told: (objects: readonly JudgedObject[]) => JsonObject;
}

/** Adds what is known already; whether it was. */
export function recall(known: readonly RawFinding[] | undefined, findings: RawFinding[]): boolean {
  if (known !== undefined) findings.push(...known);
  return known !== undefined;
}

/** The rules that read any of the kinds that are there: the others have nothing to say. */
export function applicable(rules: readonly RuleMetadata[], objects: readonly JudgedObject[]): readonly RuleMetadata[] {
  const kinds = new Set(objects.map(({ object }) => object.kind));
  return rules.filter((rule) => rule.kinds.some((kind) => kind === "*" || kinds.has(kind)));
}

/** Items by their key, in their order. */
export function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** What the host computes for the policy from the texts of these objects, and `more`. */
export function factsOf(objects: readonly JudgedObject[], more: JsonObject = {}): Json {
  const facts = collectFacts(objects.map(({ object, redacted }) => ({ id: object.id, value: redacted })));
  return isJsonObject(facts) ? { ...facts, ...certificatesOf(objects), ...more } : facts;
}

function certificatesOf(objects: readonly JudgedObject[]): JsonObject {
  const holders = objects.filter(({ certificates }) => certificates.length > 0);
  if (holders.length === 0) return {};
  return { certificates: Object.fromEntries(holders.map(({ object, certificates }) => [object.id, certificates])) };
}
