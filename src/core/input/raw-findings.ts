import { isJsonArray, isJsonObject, type DataPath, type Json } from "../../model/json.ts";
import type { RawFinding, RawRelated } from "../../model/finding.ts";
import { SEVERITIES, type Severity } from "../../model/rule.ts";

/**
 * Reads what the policy returned. An entry that is not of the contract's shape is a defect of a rule
 * and gives `null`, so that the caller can say so instead of dropping it.
 */
export function readRawFinding(value: Json): RawFinding | null {
  if (!isJsonObject(value)) return null;
  const { rule, variant, object, evidence, severity } = value;
  const path = dataPath(value["path"]);
  const region = value["region"] === undefined ? path : dataPath(value["region"]);
  if (typeof rule !== "string" || typeof variant !== "string" || path === null || region === null) return null;
  if (object !== null && typeof object !== "number") return null;
  if (object === null && typeof evidence !== "number") return null;
  const related: RawRelated[] = [];
  for (const place of isJsonArray(value["related"]) ? value["related"] : []) {
    const read = readRelated(place);
    if (read === null) return null;
    related.push(read);
  }
  return {
    rule,
    variant,
    object,
    path,
    evidence: typeof evidence === "number" ? evidence : null,
    region,
    severity: SEVERITIES.includes(severity as Severity) ? (severity as Severity) : null,
    args: isJsonObject(value["args"]) ? texts(value["args"]) : {},
    related,
  };
}

function readRelated(value: Json): RawRelated | null {
  if (!isJsonObject(value)) return null;
  const { object, label } = value;
  const path = dataPath(value["path"]);
  if (typeof object !== "number" || typeof label !== "string" || path === null) return null;
  return { object, path, label };
}

function dataPath(value: Json | undefined): DataPath | null {
  if (!isJsonArray(value)) return null;
  const steps = value.filter((step) => typeof step === "string" || typeof step === "number");
  return steps.length === value.length ? steps : null;
}

function texts(args: { readonly [name: string]: Json }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
