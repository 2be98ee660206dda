import { profilesOfRule, type Profile, type RuleMetadata } from "../model/rule.ts";

/** The list of rules as a table for people. */
export function listRules(rules: readonly RuleMetadata[]): string {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  const lines = rules.map(
    (rule) => `${rule.id.padEnd(width)}  ${rule.severity.padEnd(8)}  ${rule.title}${onlyIn(profilesOfRule(rule))}`,
  );
  const count = `${rules.length} ${rules.length === 1 ? "rule" : "rules"}`;
  return `${lines.join("\n")}\n\n${count}. \`portcullis explain <rule>\` tells more of one.\n`;
}

/** The metadata of all rules as JSON, for programs. */
export function listRulesAsJson(rules: readonly RuleMetadata[]): string {
  return `${JSON.stringify(rules, null, 2)}\n`;
}

/** What to add to something that is not on in every profile; empty for `null`, which is all of them. */
export function onlyIn(profiles: readonly Profile[] | null): string {
  return profiles === null ? "" : ` (only in profile ${profiles.join(", ")})`;
}
