import { FRAMEWORK_TITLES, FRAMEWORKS } from "../model/frameworks.ts";
import { profilesOf, profilesOfRule, type Frameworks, type Profile, type RuleMetadata } from "../model/rule.ts";

const GENERATED = "<!-- Generated from the rule's METADATA and fixtures by `npm run generate`; do not edit. -->";

/** The page of a rule, in Markdown; `bad` and `good` are the texts of its fixtures. */
export function rulePage(rule: RuleMetadata, bad: string, good: string): string {
  const sections = [
    GENERATED,
    `# ${rule.title}`,
    `\`${rule.id}\` · ${rule.severity}${onlyIn(profilesOfRule(rule))} · confidence ${rule.confidence}`,
    rule.description,
    "## What it reports",
    table(
      ["Variant", "Severity", "Message"],
      Object.entries(rule.variants).map(([name, variant]) => [
        `\`${name}\``,
        `${variant.severity}${onlyIn(profilesOf(variant))}`,
        variant.message,
      ]),
    ),
    "## Incorrect",
    fence(firstDocuments(bad)),
    "## Correct",
    fence(firstDocuments(good)),
    "## How to fix it",
    rule.remediation,
    ...parameters(rule),
    "## Changing it",
    settings(rule),
    "## Frameworks",
    frameworks(rule.frameworks),
    ...(rule.references.length === 0 ? [] : ["## Read more", rule.references.map((url) => `- <${url}>`).join("\n")]),
  ];
  return `${sections.join("\n\n")}\n`;
}

function parameters({ params }: RuleMetadata): readonly string[] {
  const rows = Object.entries(params).map(([name, { type, description, default: value }]) => [
    `\`${name}\``,
    type,
    `\`${JSON.stringify(value)}\``,
    description.trim(),
  ]);
  return rows.length === 0 ? [] : ["## Parameters", table(["Name", "Type", "Default", "Meaning"], rows)];
}

function settings({ id, variants }: RuleMetadata): string {
  const variant = Object.keys(variants)[0];
  return [
    "In `.portcullis.yaml`, for the whole rule or one of its variants:",
    "",
    "```yaml",
    "rules:",
    `  ${id}:`,
    "    exclude:",
    "      - files: [path/to/**]",
    `  ${id}/${variant}: off`,
    "```",
  ].join("\n");
}

function frameworks(ids: Frameworks): string {
  const rows = FRAMEWORKS.filter((name) => (ids[name] ?? []).length > 0).map((name) => [
    FRAMEWORK_TITLES[name],
    (ids[name] ?? []).join(", "),
  ]);
  return `${table(["Framework", "Controls"], rows)}\n\nThe mapping is ours; have it confirmed by whoever answers for your compliance.`;
}

/** What a severity is followed by where it is not that in every profile; `null` is all of them. */
export function onlyIn(profiles: readonly Profile[] | null): string {
  return profiles === null ? "" : `, only in profile ${profiles.map((each) => `\`${each}\``).join(" and ")}`;
}

/** A Markdown table; `|` and line ends in cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

// Fixtures are long; the first documents show the idea.
function firstDocuments(text: string): string {
  const documents = text.split(/^---\s*$/m).filter((document) => /\S/.test(document.replaceAll(/^#.*$/gm, "")));
  let shown = "";
  for (const document of documents.slice(0, 2)) {
    if (shown !== "" && shown.length + document.length > 1600) break;
    shown += `${shown === "" ? "" : "---\n"}${document.trim()}\n`;
  }
  return shown.replaceAll(/^# fixture:.*\n/gm, "").trim();
}

function fence(yaml: string): string {
  return `\`\`\`yaml\n${yaml}\n\`\`\``;
}
