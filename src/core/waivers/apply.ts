import type { Config, ConfigWaiver } from "../../model/config.ts";
import type { Finding, FindingWaiver, ObjectIdentity } from "../../model/finding.ts";
import type { WaiverRequest } from "../../model/report.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import { safeText } from "../evidence/redact.ts";
import { exclusionMatcher } from "../triage/exclude.ts";
import { addedWaivers, type WaiverBase } from "./base-waivers.ts";
import { isOver } from "./dates.ts";
import type { InlineWaiver, WaiverProblem } from "./inline.ts";
import { isNamed, ruleNames } from "./rule-names.ts";

/** All that decides which findings are waived. */
export interface WaiverInput {
  readonly findings: readonly Finding[];
  /** The object that each finding is about, by its real name. */
  readonly objects: readonly (ObjectIdentity | null)[];
  readonly inline: readonly InlineWaiver[];
  readonly problems: readonly WaiverProblem[];
  readonly config: Pick<Config, "waivers">;
  readonly rules: readonly RuleMetadata[];
  /** Whether any variant of a rule is on. */
  readonly isActive: (rule: string) => boolean;
  /** Seconds since 1970. */
  readonly clock: number;
  /** `null` where there is nothing to compare with: all count then. */
  readonly base: WaiverBase | null;
  /** A waiver's reason, masked. */
  readonly reasonOf: (waiver: InlineWaiver) => string;
  /** Whether the run saw all that the waivers of a file can be about, so that one that matches nothing is of no use. */
  readonly tellUnused: (uri: string) => boolean;
  /** The same for entries of the configuration: whether the run saw all. */
  readonly tellUnusedEntries: boolean;
}

/** What became of findings and waivers. */
export interface Waived {
  readonly findings: readonly Finding[];
  readonly requests: readonly WaiverRequest[];
  readonly notes: readonly string[];
}

/**
 * Gives findings that a comment or an entry of the configuration waives the status `waived`. What is wrong with
 * a waiver is a note; one that the base lacks is a request where such do not count.
 */
export function applyWaivers(input: WaiverInput): Waived {
  const { findings, objects, clock, base } = input;
  const notes = input.problems.map(({ uri, line, problem }) => noteAt(uri, line, problem));
  const requests: WaiverRequest[] = [];
  const given: (FindingWaiver | null)[] = findings.map(() => null);
  const resolve = ruleNames(input.rules).resolve;
  const valid = input.inline.filter((waiver) => {
    const problem = problemOf(waiver, resolve, clock);
    if (problem !== null) notes.push(noteAt(waiver.uri, waiver.line, problem));
    return problem === null;
  });
  const added = addedWaivers(valid, base);
  const byFile = groupByFile(findings);
  for (const waiver of valid) {
    const names = waiver.rules.map((name) => resolve(name) ?? name);
    const covered = (byFile.get(waiver.uri) ?? []).filter((index) => covers(waiver, findings[index]));
    const matches = (name: string): readonly number[] =>
      covered.filter((index) => isNamed(name, findings[index]?.rule ?? "", findings[index]?.variant ?? ""));
    const waived = [...new Set(names.flatMap(matches))];
    const idle = names.filter((name) => matches(name).length === 0 && input.isActive(ruleOf(name)));
    if (input.tellUnused(waiver.uri)) {
      const at = covered.flatMap((index) => findings[index] ?? []);
      notes.push(...idle.map((name) => noteAt(waiver.uri, waiver.line, idleProblem(name, at))));
    }
    if (waived.length === 0) continue;
    const reason = input.reasonOf(waiver);
    if (added.has(waiver) && base?.added === "refuse") {
      const { uri, line, rules, until } = waiver;
      requests.push({ by: "comment", uri: safeText(uri), line, rules: rules.map(safeText), reason, until });
      continue;
    }
    if (added.has(waiver) && base?.added === "tell") notes.push(noteAt(waiver.uri, waiver.line, NEEDS_APPROVAL));
    for (const index of waived) given[index] ??= { by: "comment", reason, until: waiver.until };
  }
  const matches = exclusionMatcher();
  for (const waiver of input.config.waivers) {
    const { file, line } = waiver.place;
    if (isOver(waiver.until, clock)) {
      notes.push(noteAt(file, line, `it counted until ${waiver.until}`));
      continue;
    }
    const waived = findings.flatMap((finding, index) => {
      const is = isNamed(waiver.rule, finding.rule, finding.variant);
      return is && matches(waiver, finding.location.uri, objects[index] ?? null) ? [index] : [];
    });
    if (waived.length === 0 && input.tellUnusedEntries && input.isActive(ruleOf(waiver.rule)))
      notes.push(noteAt(file, line, `nothing of ${waiver.rule} is found there`));
    for (const index of waived) given[index] ??= { by: "config", reason: safeText(waiver.reason), until: waiver.until };
  }
  return {
    findings: findings.map((finding, index): Finding => {
      const waiver = given[index] ?? null;
      return waiver === null ? finding : { ...finding, status: "waived", waiver };
    }),
    requests,
    notes,
  };
}

/** What a note says of a waiver that the gate in a pull request would not take. */
export const NEEDS_APPROVAL = "it is new here and counts at the desk; it needs approval in CI";

/** A note about a waiver. */
export function noteAt(file: string, line: number | null, problem: string): string {
  return safeText(`${line === null ? file : `${file}:${line}`}: waiver: ${problem}.`);
}

/** The waivers of the configuration of the one that the other has not, whatever lines they stand on. */
export function addedConfigWaivers(
  waivers: readonly ConfigWaiver[],
  base: readonly ConfigWaiver[],
): readonly ConfigWaiver[] {
  const keyOf = ({ rule, files, namespaces, objects, reason, until }: ConfigWaiver): string =>
    JSON.stringify([rule, files, namespaces, objects, reason, until]);
  const known = new Set(base.map(keyOf));
  return waivers.filter((waiver) => !known.has(keyOf(waiver)));
}

function problemOf(
  { rules, until }: InlineWaiver,
  resolve: (name: string) => string | null,
  clock: number,
): string | null {
  const unknown = rules.find((name) => resolve(name) === null);
  // The name may be anything, a token too.
  if (unknown !== undefined) return "it names a rule that there is not; `portcullis rules` lists them all";
  return isOver(until, clock) ? `it counted until ${until}` : null;
}

// Whoever waived a rule that another one speaks for wants to know which one that is.
function idleProblem(name: string, at: readonly Finding[]): string {
  const speaker = at.find(({ also }) => also.includes(ruleOf(name)));
  return speaker === undefined
    ? `nothing of ${name} is found there`
    : `${speaker.rule} speaks there for ${ruleOf(name)}; waive that one`;
}

function covers({ first, last }: InlineWaiver, finding: Finding | undefined): boolean {
  if (finding === undefined || finding.location.precision === "file") return false;
  const { line } = finding.location.range.start;
  return line >= first && line <= last;
}

function groupByFile(findings: readonly Finding[]): ReadonlyMap<string, readonly number[]> {
  const files = new Map<string, number[]>();
  for (const [index, { location }] of findings.entries()) {
    const group = files.get(location.uri);
    if (group === undefined) files.set(location.uri, [index]);
    else group.push(index);
  }
  return files;
}

function ruleOf(name: string): string {
  return name.split("/").slice(0, 2).join("/");
}
