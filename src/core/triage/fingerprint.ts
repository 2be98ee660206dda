import { isJsonArray, isJsonObject, type DataPath, type Json } from "../../model/json.ts";
import type { ObjectIdentity } from "../../model/finding.ts";
import type { RuleId } from "../../model/rule.ts";
import { MASK } from "../../model/redacted.ts";
import { maskTokens } from "../evidence/token-shapes.ts";
import type { Digest } from "../ports.ts";

/** What makes a finding the same finding after edits elsewhere. */
export interface FingerprintParts {
  readonly rule: RuleId;
  readonly variant: string;
  /** The source file, relative to the root. */
  readonly uri: string;
  readonly object: ObjectIdentity | null;
  readonly path: readonly string[];
}

/**
 * Fingerprints of findings, in their order: `v1:` and a digest over rule, variant, source file,
 * object and stable path; findings that agree in all of these are told apart by their ordinal. No
 * line, no time and no value goes in, so a baseline survives edits elsewhere and gives nothing away.
 */
export function fingerprints(findings: readonly FingerprintParts[], digest: Digest): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, variant, uri, object, path }) => {
    const identity = object === null ? null : [object.apiVersion, object.kind, object.namespace, object.name];
    // A name may hold a token, of which not even a digest may be told.
    const key = maskTokens(JSON.stringify([rule, variant, uri, identity, path]), MASK);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return `v1:${digest(`${key}#${ordinal}`).slice(0, 32)}`;
  });
}

/**
 * A path that survives reordering: list items by their `name`, RBAC rules by their sorted content,
 * other items by their position. `root` is the redacted object, so no value can get in.
 */
export function stablePath(root: Json, path: DataPath): readonly string[] {
  const steps: string[] = [];
  let current: Json | undefined = root;
  for (const step of path) {
    if (typeof step === "string") {
      steps.push(step);
      current = isJsonObject(current) && Object.hasOwn(current, step) ? current[step] : undefined;
    } else {
      const item: Json | undefined = isJsonArray(current) ? current[step] : undefined;
      steps.push(itemName(item) ?? `#${step}`);
      current = item;
    }
  }
  return steps;
}

const RBAC_LISTS = ["apiGroups", "resources", "verbs", "resourceNames", "nonResourceURLs"] as const;

function itemName(item: Json | undefined): string | null {
  if (!isJsonObject(item)) return null;
  if (isJsonArray(item["verbs"])) {
    return JSON.stringify(
      RBAC_LISTS.map((list) => (isJsonArray(item[list]) ? [...item[list]].map(String).sort() : [])),
    );
  }
  const { name, kind } = item;
  if (typeof name !== "string") return null;
  return typeof kind === "string" ? `[${kind}/${name}]` : `[${name}]`;
}
