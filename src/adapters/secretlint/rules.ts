import { creator as pattern } from "@secretlint/secretlint-rule-pattern";
import { rules as recommended } from "@secretlint/secretlint-rule-preset-recommend";
import type { SecretLintCoreConfig, SecretLintCoreConfigUnionRule } from "@secretlint/types";
import { TOKEN_SHAPES } from "../../core/evidence/token-shapes.ts";

const PREFIX = "@secretlint/secretlint-rule-";

/**
 * Rules of the recommended preset that are left out: comments may not silence the gate; key files
 * of Google are told by content, not by the extension of a file that would be read from disk. They are
 * left out here because secretlint runs the rules of a preset even where `disabled` is set for them.
 */
const LEFT_OUT: ReadonlySet<string> = new Set(["filter-comments", "gcp"].map((name) => PREFIX + name));

/** The configuration of secretlint: its recommended rules, and each pattern as a rule of its own name. */
export function detectorConfig(): SecretLintCoreConfig {
  const patterns = new Map<string, string[]>();
  for (const { name, source } of TOKEN_SHAPES) patterns.set(name, [...(patterns.get(name) ?? []), `/${source}/`]);
  const rules: SecretLintCoreConfigUnionRule[] = [
    ...recommended.filter(({ meta }) => !LEFT_OUT.has(meta.id)).map((rule) => ({ id: rule.meta.id, rule })),
    ...[...patterns].map(([name, sources]): SecretLintCoreConfigUnionRule => ({
      id: `pattern/${name}`,
      rule: pattern,
      options: { patterns: [{ name, patterns: sources }] },
    })),
  ];
  return { rules };
}

/** The name under which a rule of secretlint is told of: `secretlint/aws`, `pattern/vault-token`. */
export function detectorName(ruleId: string, messageId: string): string {
  if (messageId === "IncomingWebhook") return "secretlint/slack-webhook";
  return ruleId.startsWith(PREFIX) ? `secretlint/${ruleId.slice(PREFIX.length)}` : ruleId;
}
