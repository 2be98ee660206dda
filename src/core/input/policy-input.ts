import type { KubernetesObject, Unit } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { RuleId } from "../../model/rule.ts";
import { writtenUri } from "../charts/rendered-file.ts";

/** One object with all that the policy is told of it. */
export interface JudgedObject {
  readonly object: KubernetesObject;
  /** The object's value with every span that may be a secret replaced. */
  readonly redacted: Json;
  readonly evidence: readonly Evidence[];
  /** What is told of the certificates in it. */
  readonly certificates: readonly JsonObject[];
}

/** Evidence in a file that stands in no object: comments, and files that are no manifests. */
export interface FileEvidence {
  readonly uri: string;
  readonly evidence: readonly Evidence[];
}

/** One evaluation of the policy: which rules, on what. */
export interface Evaluation {
  readonly rules: readonly RuleId[];
  readonly objects: readonly JudgedObject[];
  /** Objects outside of the judged unit to which a reference may still resolve. */
  readonly context: readonly JudgedObject[];
  readonly files: readonly FileEvidence[];
  readonly facts: Json;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: number;
  /** `null` for object rules, which judge objects of any unit one by one. */
  readonly unit: Unit | null;
}

/**
 * The policy input for one evaluation; `rego/schema/input.schema.json` is its contract. Nothing that
 * may be a secret is in it: objects are redacted, and evidence goes without ranges, since a range
 * tells a length.
 */
export function policyInput(evaluation: Evaluation): JsonObject {
  const objects = [
    ...evaluation.objects.map((judged) => objectInput(judged, false)),
    ...evaluation.context.map((judged) => objectInput(judged, true)),
  ];
  const kinds = new Map<string, number[]>();
  for (const [index, { object }] of [...evaluation.objects, ...evaluation.context].entries()) {
    const indices = kinds.get(object.kind);
    if (indices === undefined) kinds.set(object.kind, [index]);
    else indices.push(index);
  }
  return {
    version: 1,
    rules: evaluation.rules.map((rule) => rule.split("/")),
    unit: evaluation.unit,
    clock: evaluation.clock,
    facts: evaluation.facts,
    objects,
    kinds: Object.fromEntries(kinds),
    files: evaluation.files.map(({ uri, evidence }) => ({
      file: writtenUri(uri),
      evidence: evidence.map(evidenceInput),
    })),
  };
}

/** An object as the policy sees it. */
export function objectInput({ object, redacted, evidence }: JudgedObject, context: boolean): JsonObject {
  return {
    id: object.id,
    file: writtenUri(object.origin.source.uri),
    namespace: object.namespace,
    name: object.name,
    partial: object.partial,
    context,
    object: redacted,
    evidence: evidence.map(evidenceInput),
  };
}

function evidenceInput(evidence: Evidence): JsonObject {
  const { id, kind, detector, context, keyName, nameClass, path, decoded } = evidence;
  return { id, kind, detector, class: evidence.class, context, keyName, nameClass, path, decoded };
}
