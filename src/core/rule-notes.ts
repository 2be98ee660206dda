import { SEVERITIES, type Fix, type RuleId, type RuleMetadata, type RuleVariant } from "../model/rule.ts";

/** What `portcullis fix` does about a variant's findings, in words; empty where it has no fix. */
export function fixNote({ fixes = [] }: Pick<RuleVariant, "fixes">): string {
  return fixes.map(fixWords).join(", else ");
}

function fixWords({ key, set }: Fix): string {
  if (set === undefined) return `removes \`${key}\``;
  // The text "true" is not what the word alone means.
  const value = typeof set === "string" && /^(?:true|false)$/.test(set) ? JSON.stringify(set) : String(set);
  return `sets \`${key}: ${value}\``;
}

/** How often a variant is told, in words; empty for every place. */
export function onceNote({ once }: Pick<RuleVariant, "once">): string {
  return once === undefined ? "" : `once per ${once}`;
}

/** The severities of a rule's variants: `high`, or `low to critical`. */
export function severityRange({ severity, variants }: Pick<RuleMetadata, "severity" | "variants">): string {
  const used = Object.values(variants).map((variant) => SEVERITIES.indexOf(variant.severity));
  const [worst, mildest] = [SEVERITIES[Math.min(...used)], SEVERITIES[Math.max(...used)]];
  if (worst === undefined || mildest === undefined) return severity;
  return worst === mildest ? worst : `${mildest} to ${worst}`;
}

/** The rules that speak instead of a rule where both see one place; those of some variants alone name them. */
export function yieldNotes({ yieldsTo, variants }: Pick<RuleMetadata, "yieldsTo" | "variants">): readonly string[] {
  const ofVariants = new Map<RuleId, string[]>();
  for (const [name, variant] of Object.entries(variants)) {
    for (const rule of variant.yieldsTo ?? []) ofVariants.set(rule, [...(ofVariants.get(rule) ?? []), `\`${name}\``]);
  }
  return [
    ...yieldsTo.map((rule) => `\`${rule}\``),
    ...[...ofVariants].map(([rule, names]) => `\`${rule}\` (for ${names.join(", ")})`),
  ];
}

/** The comment that waives a rule, or one of its variants, where a finding stands. */
export function waiverComment(name: string): string {
  return `# portcullis-ignore ${name} -- why this is accepted`;
}

/** The entry of `.portcullis.yaml` that waives a rule for some files. */
export function waiverEntry(id: RuleId): readonly string[] {
  return [
    "waivers:",
    `  - rule: ${id}`,
    "    files: [path/to/**]",
    "    reason: why this is accepted",
    "    until: 2027-06-30",
  ];
}
