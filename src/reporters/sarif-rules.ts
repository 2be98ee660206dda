import type { Confidence, RuleMetadata } from "../model/rule.ts";
import type { UnreadableReason } from "../model/document.ts";
import { shorten } from "./harmless.ts";
import { sarifLevel, SECURITY_SEVERITY } from "./severity.ts";
import { REASONS } from "./wording.ts";

/** What code scanning accepts: tags per rule, and characters of a rule's name and descriptions. */
const MOST_TAGS = 20;
const LONGEST_NAME = 255;
const LONGEST_DESCRIPTION = 1024;

const RULE_PRECISION: { readonly [confidence in Confidence]: string } = {
  high: "very-high",
  medium: "high",
  low: "medium",
};

/** A rule as SARIF's `reportingDescriptor`, with the properties that GitHub code scanning reads. */
export function ruleDescriptor(rule: RuleMetadata): object {
  const level = sarifLevel(rule.severity);
  const problem = { error: "error", warning: "warning", note: "recommendation" }[level];
  return {
    id: rule.id,
    name: shorten(pascalCase(rule.id), LONGEST_NAME),
    shortDescription: { text: shorten(sentence(rule.title), LONGEST_DESCRIPTION) },
    fullDescription: { text: shorten(sentence(plain(firstParagraph(rule.description))), LONGEST_DESCRIPTION) },
    help: {
      text: `${plain(rule.description)}\n\n${plain(rule.remediation)}\n\n${rule.helpUri}`,
      markdown: `${rule.description}\n\n## What to do\n\n${rule.remediation}\n${references(rule)}`,
    },
    helpUri: rule.helpUri,
    defaultConfiguration: { level },
    properties: {
      precision: RULE_PRECISION[rule.confidence],
      "problem.severity": problem,
      "security-severity": SECURITY_SEVERITY[rule.severity],
      tags: tagsOf(rule),
    },
  };
}

/** Why something could not be judged, as the `reportingDescriptor` that notifications refer to. */
export function unreadableDescriptor(reason: UnreadableReason): object {
  const text = `Something was to be judged and could not be: ${REASONS[reason]}.`;
  return {
    id: `unreadable/${reason}`,
    name: pascalCase(`unreadable/${reason}`),
    shortDescription: { text },
    fullDescription: { text: `${text} The gate never takes this for a pass.` },
    help: { text: "Repair or remove what is named, or exclude it in the configuration." },
  };
}

/** The text with a full stop where it ends in no punctuation: viewers join messages to paragraphs. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

function tagsOf({ id, frameworks }: RuleMetadata): readonly string[] {
  const weaknesses = (frameworks.cwe ?? []).map((cwe) => `external/cwe/${cwe.toLowerCase()}`);
  const category = id.split("/", 1)[0] ?? id;
  return [...new Set(["security", "kubernetes", category, ...weaknesses])].slice(0, MOST_TAGS);
}

function pascalCase(id: string): string {
  return id.replaceAll(/(?:^|[/-])([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function firstParagraph(markdown: string): string {
  return markdown.split(/\n\s*\n/, 1)[0] ?? markdown;
}

function plain(markdown: string): string {
  return markdown
    .replaceAll(/^```.*\n?/gm, "")
    .replaceAll("`", "")
    .trim();
}

function references({ references: links, helpUri }: RuleMetadata): string {
  return ["", "## More", "", ...[helpUri, ...links].map((link) => `- <${link}>`), ""].join("\n");
}
