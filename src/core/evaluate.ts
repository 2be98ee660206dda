import type { Unreadable } from "../model/document.ts";
import type { RawFinding } from "../model/finding.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { RuleId } from "../model/rule.ts";
import { writtenUri } from "./charts/rendered-file.ts";
import { policyInput, type Evaluation } from "./input/policy-input.ts";
import { readRawFinding } from "./input/raw-findings.ts";
import { PolicyError, type PolicyEngine } from "./ports.ts";

/** What evaluating gave: findings, and what could not be judged. */
export interface EvaluationResult {
  readonly findings: readonly RawFinding[];
  readonly unreadable: readonly Unreadable[];
}

/**
 * Evaluates the policy on `evaluation`. Where it fails, the rules are run one by one and the objects
 * halved until what fails is known; that is reported as not judged, and all else is judged. An input
 * can so never take other findings down with it.
 */
export async function evaluate(
  evaluation: Evaluation,
  settings: JsonObject,
  engine: PolicyEngine,
): Promise<EvaluationResult> {
  if (evaluation.rules.length === 0 || evaluation.objects.length + evaluation.files.length === 0) {
    return { findings: [], unreadable: [] };
  }
  try {
    return read(await engine.evaluate(policyInput(evaluation), settings), evaluation);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const parts = split(evaluation);
    if (parts === null) return { findings: [], unreadable: notJudged(evaluation, error.message) };
    const results: EvaluationResult[] = [];
    for (const part of parts) results.push(await evaluate(part, settings, engine));
    return {
      findings: results.flatMap(({ findings }) => findings),
      unreadable: results.flatMap(({ unreadable }) => unreadable),
    };
  }
}

function read(values: readonly Json[], evaluation: Evaluation): EvaluationResult {
  const findings: RawFinding[] = [];
  for (const value of values) {
    const finding = readRawFinding(value);
    if (finding === null) throw new PolicyError("a rule returned something that is no finding");
    findings.push(finding);
  }
  const ids = new Set(evaluation.context.map(({ object }) => object.id));
  return { findings: findings.filter(({ object }) => object === null || !ids.has(object)), unreadable: [] };
}

// A rule over a set means something else on half of it, so only object rules are narrowed to objects.
function split(evaluation: Evaluation): readonly Evaluation[] | null {
  const { rules, objects, files, unit } = evaluation;
  if (rules.length > 1) return rules.map((rule) => ({ ...evaluation, rules: [rule] }));
  if (unit !== null) return null;
  if (files.length > 0 && objects.length > 0) {
    return [
      { ...evaluation, files: [] },
      { ...evaluation, objects: [] },
    ];
  }
  if (objects.length > 1) {
    const middle = objects.length >> 1;
    return [
      { ...evaluation, objects: objects.slice(0, middle) },
      { ...evaluation, objects: objects.slice(middle) },
    ];
  }
  if (files.length > 1) {
    const middle = files.length >> 1;
    return [
      { ...evaluation, files: files.slice(0, middle) },
      { ...evaluation, files: files.slice(middle) },
    ];
  }
  return null;
}

function notJudged({ rules, objects, files, unit }: Evaluation, reason: string): readonly Unreadable[] {
  const uri = writtenUri(objects[0]?.object.origin.source.uri ?? files[0]?.uri ?? ".");
  const what = unit === null ? "this file" : `the objects of ${describeUnit(unit)}`;
  return [
    { uri, reason: "evaluation-failed", message: `${ruleNames(rules)} could not judge ${what}: ${reason}`, at: null },
  ];
}

function ruleNames(rules: readonly RuleId[]): string {
  return `rule ${rules.join(", ")}`;
}

function describeUnit(unit: string): string {
  return unit === "loose" ? "the repository" : unit;
}
