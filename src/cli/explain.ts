import { FRAMEWORK_TITLES, FRAMEWORKS } from "../model/frameworks.ts";
import { profilesOf, profilesOfRule, type Frameworks, type RuleMetadata, type RuleVariant } from "../model/rule.ts";
import { fixNote, onceNote, waiverComment, waiverEntry, yieldNotes } from "../core/rule-notes.ts";
import { UsageError } from "../core/errors.ts";
import { onlyIn } from "./rules.ts";
import { nearestRule } from "../core/config/nearest.ts";

/**
 * The rule that `name` means: its id, a former id, or either with a variant behind it. Throws
 * `UsageError` with the nearest name where there is none.
 */
export function findRule(name: string, rules: readonly RuleMetadata[]): RuleMetadata {
  const names = new Map<string, RuleMetadata>();
  for (const rule of rules) {
    for (const id of [rule.id, ...rule.aliases]) {
      names.set(id, rule);
      for (const variant of Object.keys(rule.variants)) names.set(`${id}/${variant}`, rule);
    }
  }
  const found = names.get(name);
  if (found) return found;
  const meant = nearestRule(name, [...names.keys()]);
  throw new UsageError(
    `there is no rule ${name}; ${meant === null ? "`portcullis rules` lists them all" : `did you mean "${meant}"?`}`,
  );
}

/** The page of a rule for a terminal: what it looks at and why, its variants, what to do, parameters, controls. */
export function explainRule(rule: RuleMetadata): string {
  const sections = [
    `${rule.id} (${rule.severity}, confidence ${rule.confidence})${onlyIn(profilesOfRule(rule))}\n${rule.title}`,
    rule.description.trim(),
    section("Variants", variants(rule)),
    section("What to do", rule.remediation.trim().split("\n")),
    section("Parameters", parameters(rule)),
    section("Frameworks", frameworks(rule.frameworks)),
    section("To waive it, as a comment or in `.portcullis.yaml`", [
      waiverComment(rule.id),
      "",
      ...waiverEntry(rule.id),
    ]),
    section("Speaks only where these do not", yieldNotes(rule)),
    section("Former names", rule.aliases),
    section(
      "References",
      [rule.helpUri, ...rule.references].filter((reference) => reference !== ""),
    ),
  ];
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");
}

function variants(rule: RuleMetadata): readonly string[] {
  const width = Math.max(0, ...Object.keys(rule.variants).map((name) => name.length));
  return Object.entries(rule.variants).map(
    ([name, variant]) =>
      `${name.padEnd(width)}  ${variant.severity.padEnd(8)}  ${variant.message}${onlyIn(profilesOf(variant))}${notes(variant)}`,
  );
}

function notes(variant: RuleVariant): string {
  const fix = fixNote(variant);
  return [onceNote(variant), fix === "" ? "" : `\`portcullis fix\` ${fix}`]
    .filter((note) => note !== "")
    .map((note) => ` (${note})`)
    .join("");
}

function parameters(rule: RuleMetadata): readonly string[] {
  return Object.entries(rule.params).flatMap(([name, parameter]) => {
    const type = parameter.enum ? parameter.enum.join(" | ") : parameter.type;
    const text = parameter.description
      .trim()
      .split("\n")
      .map((line) => `  ${line}`);
    return [`${name} (${type}, default ${JSON.stringify(parameter.default)})`, ...text];
  });
}

function frameworks(ids: Frameworks): readonly string[] {
  return FRAMEWORKS.flatMap((name) => {
    const controls = ids[name] ?? [];
    return controls.length === 0 ? [] : [`${FRAMEWORK_TITLES[name]}: ${controls.join(", ")}`];
  });
}
