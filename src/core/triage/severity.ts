import type { Config } from "../../model/config.ts";
import type { RuleMetadata, Severity } from "../../model/rule.ts";
import { configuredSeverity } from "../config/settings.ts";

/** The severity that the configuration and the profile give a finding, or its own where they say nothing. */
export function severityOf(config: Config, rule: RuleMetadata, variant: string, own: Severity): Severity | "off" {
  return configuredSeverity(config, rule, variant) ?? own;
}
