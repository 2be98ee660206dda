import { load } from "js-yaml";
import { fixNote, onceNote, severityRange, waiverComment, waiverEntry, yieldNotes } from "../core/rule-notes.ts";
import { isExcludedByPath } from "../core/triage/exclude.ts";
import { FRAMEWORK_TITLES, FRAMEWORKS } from "../model/frameworks.ts";
import type { Json } from "../model/json.ts";
import {
  SEVERITIES,
  profilesOf,
  profilesOfRule,
  type Frameworks,
  type Profile,
  type RuleId,
  type RuleMetadata,
  type RuleVariant,
} from "../model/rule.ts";

const GENERATED = "<!-- Generated from the rule's METADATA and fixtures by `npm run generate`; do not edit. -->";

/** The page of a rule, in Markdown; `bad` and `good` are the texts of its fixtures. */
export function rulePage(rule: RuleMetadata, bad: string, good: string): string {
  const sections = [
    GENERATED,
    `# ${rule.title}`,
    `\`${rule.id}\` · ${severityRange(rule)}${onlyIn(profilesOfRule(rule))} · confidence ${rule.confidence}`,
    rule.description,
    "## What it reports",
    variants(rule),
    ...yields(rule),
    "## Incorrect",
    ...example(rule.id, bad),
    "## Correct",
    ...example(rule.id, good),
    "## How to fix it",
    rule.remediation,
    ...parameters(rule),
    "## How to waive it",
    waivers(rule),
    "## Changing it",
    settings(rule),
    "## Frameworks",
    frameworks(rule.frameworks),
    ...(rule.references.length === 0 ? [] : ["## Read more", rule.references.map((url) => `- <${url}>`).join("\n")]),
  ];
  return `${sections.join("\n\n")}\n`;
}

function variants({ variants: all }: RuleMetadata): string {
  const isFixed = Object.values(all).some((variant) => fixNote(variant) !== "");
  return table(
    ["Variant", "Severity", "Message", ...(isFixed ? ["`portcullis fix`"] : [])],
    worstFirst(all).map(([name, variant]) => {
      const once = onceNote(variant);
      return [
        `\`${name}\``,
        `${variant.severity}${onlyIn(profilesOf(variant))}${once === "" ? "" : `, ${once}`}`,
        variant.message,
        ...(isFixed ? [fixNote(variant)] : []),
      ];
    }),
  );
}

function worstFirst(all: RuleMetadata["variants"]): readonly [string, RuleVariant][] {
  return Object.entries(all).toSorted(
    ([, a], [, b]) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}

function yields(rule: RuleMetadata): readonly string[] {
  const notes = yieldNotes(rule);
  return notes.length === 0
    ? []
    : [`Where one of these reports the same place, it speaks instead: ${notes.join(", ")}.`];
}

/** Longer defaults are cut short: a table is to be read. */
const LONGEST_DEFAULT = 160;

function parameters({ id, params }: RuleMetadata): readonly string[] {
  const rows = Object.entries(params).map(([name, { type, description, default: value, enum: choices }]) => [
    `\`${name}\``,
    choices === undefined ? type : choices.map((choice) => `\`${choice}\``).join(", "),
    defaultOf(value),
    description.trim(),
  ]);
  if (rows.length === 0) return [];
  return [
    "## Parameters",
    `Set in \`.portcullis.yaml\`, under \`params\` of \`${id}\` in \`rules\`.`,
    table(["Name", "Type", "Default", "Meaning"], rows),
  ];
}

function defaultOf(value: Json): string {
  const text = JSON.stringify(value);
  if (text.length <= LONGEST_DEFAULT || !Array.isArray(value)) return `\`${text}\``;
  const shown = value.findIndex((_, index) => JSON.stringify(value.slice(0, index + 1)).length > LONGEST_DEFAULT / 2);
  const left = value.length - shown;
  return `\`${JSON.stringify(value.slice(0, shown)).slice(0, -1)}, …]\` and ${left} more, which \`portcullis explain\` lists`;
}

function waivers({ id }: RuleMetadata): string {
  return [
    "A finding that is known and accepted stays listed, with the reason, and no longer counts. At the end of a line the comment is",
    "for that line, on a line of its own for the next, above an object's first key for the object:",
    "",
    "```yaml",
    waiverComment(id),
    "```",
    "",
    "Or in `.portcullis.yaml`, by `files`, `namespaces` or `objects`:",
    "",
    "```yaml",
    ...waiverEntry(id),
    "```",
    "",
    "[Waivers](../../../../README.md#waivers) has the rest, such as what counts in a pull request.",
  ].join("\n");
}

function settings({ id, variants: all }: RuleMetadata): string {
  const variant = worstFirst(all).at(-1)?.[0] ?? "";
  return [
    "In `.portcullis.yaml`, for the whole rule or one of its variants (a severity does as well as `off`):",
    "",
    "```yaml",
    "rules:",
    `  ${id}:`,
    "    exclude:",
    isExcludedByPath(id) ? "      - files: [path/to/**]" : "      - namespaces: [sandbox]",
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

/** A longer value of a parameter is not shown above an example. */
const LONGEST_SETTING = 60;

// Fixtures are long; the first documents show the idea, up to the first with a finding.
function example(id: RuleId, fixture: string): readonly string[] {
  const header = (load(/^# fixture: (.*)/.exec(fixture)?.[1] ?? "{}") ?? {}) as {
    profile?: string;
    settings?: Record<string, Json>;
    params?: Record<string, Json>;
  };
  const given = [
    ...(header.profile === undefined ? [] : [`profile: ${header.profile}`]),
    ...Object.entries(header.settings ?? {}).flatMap(([name, value]) =>
      name === "clock" ? [] : [`settings.${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`],
    ),
    ...Object.entries(header.params ?? {}).map(([name, value]) => {
      const text = JSON.stringify(value);
      return `params.${name}${text.length > LONGEST_SETTING ? "" : `: ${text}`}`;
    }),
  ];
  const setting = given.map((each) => `\`${each}\``).join(" and ");
  return [
    ...(setting === "" ? [] : [`With ${setting} in the configuration:`]),
    fence(readable(id, firstDocuments(fixture))),
  ];
}

function firstDocuments(text: string): string {
  const documents = text
    .replace(/^# fixture:.*\n/, "")
    .split(/^---\s*$/m)
    .filter((document) => /\S/.test(document.replaceAll(/^#.*$/gm, "")));
  const least = documents.findIndex((document) => document.includes(" expect"));
  let shown = "";
  for (const [index, document] of documents.slice(0, Math.max(2, least + 1)).entries()) {
    if (index > least && shown !== "" && shown.length + document.length > 1600) break;
    shown += `${shown === "" ? "" : "---\n"}${document.trim()}\n`;
  }
  return shown.trim();
}

const MARKER = /expect(?:\(([+-])(\d+)\))?: ([\w/-]+(?:\s*,\s*[a-z][\w/-]*)*)/g;

// The markers of fixtures, in words, and something that looks like no token in the place of made-up ones.
function readable(id: RuleId, yaml: string): string {
  return yaml
    .replaceAll(MARKER, (_, sign: string | undefined, lines: string | undefined, rules: string) => {
      const names = rules
        .split(/\s*,\s*/)
        .map((name) => (name.startsWith(`${id}/`) ? name.slice(id.length + 1) : name));
      const away = lines === "1" ? "1 line" : `${lines} lines`;
      const place = lines === undefined ? "" : ` ${away} ${sign === "+" ? "below" : "above"}`;
      return `reported${place}: ${names.join(", ")}`;
    })
    .replaceAll(/@@([a-z][a-z0-9-]*)(?::[^@\s]*)?@@/g, "<$1>");
}

function fence(yaml: string): string {
  return `\`\`\`yaml\n${yaml}\n\`\`\``;
}
