/** Reads the METADATA of all rules, checks its shape, and turns it into `RuleMetadata`. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { yieldsOf, type RuleId, type RuleMetadata, type RuleVariant } from "../model/rule.ts";

/** Where the page of a rule is published. */
export const RULE_PAGES = "https://github.com/portcullis-dev/portcullis/blob/main/rego/rules";

interface Annotation {
  location: { file: string };
  path: { value: string }[];
  annotations: {
    scope: string;
    title?: string;
    description?: string;
    related_resources?: { ref: string }[];
    custom?: Record<string, unknown>;
  };
}

/** Metadata of every rule below `rego/rules`, sorted by id. Throws an error that names each defect. */
export function readRules(opa: string): readonly RuleMetadata[] {
  const inspected = JSON.parse(
    execFileSync(opa, ["inspect", "-a", "-f", "json", "rego"], { encoding: "utf8", maxBuffer: 1 << 28 }),
  ) as { annotations?: Annotation[] };
  const validate = new Ajv({ allErrors: true, strict: false }).compile(
    JSON.parse(readFileSync("rego/schema/metadata.schema.json", "utf8")),
  );
  const defects: string[] = [];
  const rules: RuleMetadata[] = [];
  for (const { location, path, annotations } of inspected.annotations ?? []) {
    const segments = path.map(({ value }) => value);
    if (annotations.scope !== "package" || segments[1] !== "portcullis" || segments[2] !== "rules") continue;
    if (location.file.endsWith("_test.rego")) continue;
    const id = `${segments[3]}/${segments[4]}`;
    const folder = `rego/rules/${id}/`;
    if (!location.file.startsWith(folder)) defects.push(`${location.file}: package ${id} must be in ${folder}`);
    if (!validate(annotations)) {
      for (const error of validate.errors ?? []) {
        defects.push(
          `${location.file}: METADATA${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
        );
      }
      continue;
    }
    rules.push(metadataOf(id, annotations));
  }
  rules.sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = new Set(rules.map(({ id }) => id));
  if (ids.size !== rules.length) defects.push("two rules share an id");
  defects.push(...yieldDefects(rules));
  if (defects.length > 0) throw new Error(defects.join("\n"));
  return rules;
}

function metadataOf(id: string, annotations: Annotation["annotations"]): RuleMetadata {
  const { "yields-to": yieldsTo, ...custom } = annotations.custom as Record<string, unknown>;
  const {
    severity,
    confidence,
    scope,
    needs,
    kinds,
    remediation,
    variants,
    params,
    related,
    frameworks,
    practices,
    aliases,
  } = custom as unknown as RuleMetadata;
  return {
    id,
    title: annotations.title ?? "",
    description: (annotations.description ?? "").trim(),
    severity,
    confidence,
    scope,
    needs,
    kinds,
    remediation: remediation.trim(),
    variants: Object.fromEntries(Object.entries(variants).map(([name, variant]) => [name, variantOf(variant)])),
    params: params ?? {},
    related: related ?? {},
    frameworks,
    practices,
    references: (annotations.related_resources ?? []).map(({ ref }) => ref),
    yieldsTo: (yieldsTo ?? []) as string[],
    aliases: aliases ?? [],
    helpUri: `${RULE_PAGES}/${id}/README.md`,
  };
}

function variantOf({
  "yields-to": yieldsTo,
  ...variant
}: RuleVariant & { "yields-to"?: readonly RuleId[] }): RuleVariant {
  return yieldsTo === undefined ? variant : { ...variant, yieldsTo };
}

/**
 * What is wrong with the rules that others yield to: they have to exist, and no two may yield to each other. Longer
 * circles are no defect: each of their rules may have its reason, and a run lets one finding of such a circle speak.
 */
export function yieldDefects(rules: readonly Pick<RuleMetadata, "id" | "yieldsTo" | "variants">[]): readonly string[] {
  const targets = new Map<RuleId, readonly RuleId[]>(
    rules.map((rule) => [
      rule.id,
      [...new Set([...rule.yieldsTo, ...Object.keys(rule.variants).flatMap((variant) => yieldsOf(rule, variant))])],
    ]),
  );
  return rules.flatMap(({ id }) =>
    (targets.get(id) ?? []).flatMap((target) => {
      const back = targets.get(target);
      if (back === undefined) return [`${id}: yields to ${target}, which is no rule`];
      return back.includes(id) ? [`${id}: yields to ${target}, which yields to it`] : [];
    }),
  );
}
