import type { RuleMetadata } from "../model/rule.ts";

/** The list of rules as a table for people. */
export function listRules(rules: readonly RuleMetadata[]): string {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  const lines = rules.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}`);
  const count = `${rules.length} ${rules.length === 1 ? "rule" : "rules"}`;
  return `${lines.join("\n")}\n\n${count}. \`portcullis explain <rule>\` tells more of one.\n`;
}

/** The metadata of all rules as JSON, for programs. */
export function listRulesAsJson(rules: readonly RuleMetadata[]): string {
  return `${JSON.stringify(rules, null, 2)}\n`;
}
