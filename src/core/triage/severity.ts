import type { Config } from "../../model/config.ts";
import type { RuleId, Severity } from "../../model/rule.ts";
import { resolveRuleSettings } from "../config/settings.ts";

/** The severity that the configuration gives a finding, or its own where the configuration says nothing. */
export function severityOf(config: Config, rule: RuleId, variant: string, own: Severity): Severity | "off" {
  return resolveRuleSettings(config, rule, variant).severity ?? own;
}
