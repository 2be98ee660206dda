import type { RuleMetadata } from "../../model/rule.ts";
import { currentName } from "../config/effective.ts";

/** Tells what a waiver's `<rule>` or `<rule>/<variant>` means. */
export interface RuleNames {
  /** The name with a former name of a rule made current; `null` for a name that nothing has. */
  readonly resolve: (name: string) => string | null;
}

/** The names of rules and their variants. */
export function ruleNames(rules: readonly RuleMetadata[]): RuleNames {
  const known = new Set(
    rules.flatMap(({ id, variants }) => [id, ...Object.keys(variants).map((each) => `${id}/${each}`)]),
  );
  return {
    resolve: (name) => {
      const current = currentName(name, rules);
      return known.has(current) ? current : null;
    },
  };
}

/** Whether a name is that of a rule, or of one of its variants. */
export function isNamed(name: string, rule: string, variant: string): boolean {
  return name === rule || name === `${rule}/${variant}`;
}
