import { creator as pattern } from "@secretlint/secretlint-rule-pattern";
import { creator as preset } from "@secretlint/secretlint-rule-preset-recommend";
import type { SecretLintCoreConfig, SecretLintCoreConfigUnionRule } from "@secretlint/types";
import { TOKEN_SHAPES } from "../../core/evidence/token-shapes.ts";

const PREFIX = "@secretlint/secretlint-rule-";

/**
 * Rules of the recommended preset that are switched off: comments may not silence the gate; key files
 * of Google are told by content, not by the extension of a file that would be read from disk.
 */
const DISABLED = ["filter-comments", "gcp"];

/** The configuration of secretlint: the recommended preset, and each pattern as a rule of its own name. */
export function detectorConfig(): SecretLintCoreConfig {
  const patterns = new Map<string, string[]>();
  for (const { name, source } of TOKEN_SHAPES) patterns.set(name, [...(patterns.get(name) ?? []), `/${source}/`]);
  const rules: SecretLintCoreConfigUnionRule[] = [
    {
      id: `${PREFIX}preset-recommend`,
      rule: preset,
      rules: DISABLED.map((name) => ({ id: PREFIX + name, disabled: true })),
    },
    ...[...patterns].map(([name, sources]) => ({
      id: `pattern/${name}`,
      rule: pattern,
      options: { patterns: [{ name, patterns: sources }] },
    } as SecretLintCoreConfigUnionRule)),
  ];
  return { rules };
}

/** The name under which a rule of secretlint is told of: `secretlint/aws`, `pattern/vault-token`. */
export function detectorName(ruleId: string, messageId: string): string {
  if (messageId === "IncomingWebhook") return "secretlint/slack-webhook";
  return ruleId.startsWith(PREFIX) ? `secretlint/${ruleId.slice(PREFIX.length)}` : ruleId;
}
