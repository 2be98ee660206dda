import type { SourceText } from "../../model/document.ts";
import type { Finding, Location } from "../../model/finding.ts";
import type { DataPath } from "../../model/json.ts";
import type { WaiverRequest } from "../../model/report.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import type { Config } from "../../model/config.ts";
import { maskText, safeText } from "../evidence/redact.ts";
import type { SecretRanges } from "../evidence/secret-ranges.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import type { LoadedFile } from "../loaded-file.ts";
import type { Trace } from "../triage/assemble.ts";
import type { Exemption } from "./annotations.ts";
import { applyWaivers, NEEDS_APPROVAL, noteAt, type Waived } from "./apply.ts";
import { sortRequests, type WaiverBase } from "./base-waivers.ts";
import { inlineWaivers, type InlineWaiver, type WaiverProblem } from "./inline.ts";

/** A run, as far as its waivers are concerned. */
export interface WaiverRun {
  readonly files: readonly LoadedFile[];
  readonly findings: readonly Finding[];
  readonly traces: readonly Trace[];
  readonly config: Config;
  readonly rules: readonly RuleMetadata[];
  readonly active: readonly RuleMetadata[];
  readonly clock: number;
  readonly base: WaiverBase | null;
  /** Annotations that exempt and that the base lacks. */
  readonly added: readonly Exemption[];
  /** Whether the run judged everything, so that what matches nothing is of no use: all files, or only each file by itself. */
  readonly saw: { readonly all: boolean; readonly files: boolean };
  readonly prefix: string;
  readonly secretsOf: (uri: string) => SecretRanges;
  readonly placeOf: (judged: JudgedObject, path: DataPath) => Location;
}

/** Applies all waivers of a run. `inline` are those that stand in its files. */
export function waive(run: WaiverRun): Waived & { readonly inline: readonly InlineWaiver[] } {
  const { files, findings, base, secretsOf } = run;
  const inline: InlineWaiver[] = [];
  const problems: WaiverProblem[] = [];
  const sources = new Map<string, SourceText>();
  const holding = new Set(findings.map(({ location }) => location.uri));
  for (const file of files) {
    // In documentation a waiver is an example.
    const isJudged = file.documents.length > 0 || file.templateOf !== undefined || holding.has(file.source.uri);
    if (file.context || !isJudged) continue;
    const found = inlineWaivers(file);
    if (found.waivers.length > 0) sources.set(file.source.uri, file.source);
    inline.push(...found.waivers);
    problems.push(...found.problems);
  }
  const waived = applyWaivers({
    ...run,
    objects: run.traces.map(({ parts }) => parts.object),
    inline,
    problems,
    isActive: activeRule(run.active),
    reasonOf: (waiver) => maskedReason(waiver, secretsOf(waiver.uri)),
    tellUnused: () => run.saw.files,
    tellUnusedEntries: run.saw.all,
  });
  const annotations = run.added.map((exemption) => requestOf(exemption, run));
  const refused = base?.added === "refuse" ? annotations : [];
  const told = base?.added === "tell" ? annotations.map(({ uri, line }) => noteAt(uri, line, NEEDS_APPROVAL)) : [];
  return {
    ...waived,
    inline,
    requests: sortRequests([...waived.requests, ...refused]),
    notes: [...new Set([...waived.notes, ...told])],
  };
}

function activeRule(active: readonly RuleMetadata[]): (rule: string) => boolean {
  const ids = new Set(active.map(({ id }) => id));
  return (rule) => ids.has(rule);
}

function requestOf({ judged, path, name, value }: Exemption, { placeOf, prefix }: WaiverRun): WaiverRequest {
  const { uri, range, precision } = placeOf(judged, path);
  return {
    by: "annotation",
    uri: safeText(uri),
    line: precision === "file" ? null : range.start.line,
    rules: [],
    reason: safeText(`${prefix}/${name}: ${value}`),
    until: null,
  };
}

function maskedReason({ uri, reason, reasonAt }: InlineWaiver, secrets: SecretRanges): string {
  const ranges = secrets
    .map(([start, end]) => [Math.max(0, start - reasonAt), Math.min(reason.length, end - reasonAt)] as const)
    .filter(([start, end]) => start < end);
  return safeText(maskText({ uri, text: reason }, ranges).replaceAll(/\s+/g, " "));
}
