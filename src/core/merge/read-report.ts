import { Ajv2020 } from "ajv/dist/2020.js";
import type { Finding, Location, ObjectIdentity, RelatedLocation } from "../../model/finding.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Report, ReportedUnreadable, Stats } from "../../model/report.ts";
import type { RuleMetadata } from "../../model/rule.ts";

interface JsonLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly precision: Location["precision"];
}

interface JsonReport extends Pick<Report, "verdict" | "failOn" | "permissions" | "notes"> {
  readonly findings: readonly JsonFinding[];
  readonly fixed: readonly JsonFinding[];
  readonly base?: string;
  readonly shard?: Report["shard"];
  readonly applied?: Report["applied"];
  readonly pending: readonly { file: string; kind: "settings" | "workflow"; message: string }[];
  readonly waiverRequests: readonly (Omit<Report["waiverRequests"][number], "uri"> & { file: string })[];
  readonly unreadable: readonly (Omit<ReportedUnreadable, "uri" | "at"> & {
    file: string;
    line: number | null;
    column: number | null;
  })[];
  readonly stats: Stats;
}

type JsonFinding = Omit<Finding, "location" | "related" | "fix" | "region" | "waiver"> & {
  readonly waiver?: Finding["waiver"];
  readonly region?: Finding["region"];
  readonly location: JsonLocation;
  readonly related: readonly (JsonLocation & { message: string })[];
  readonly object: ObjectIdentity | null;
};

/** A JSON report that was read, or why it is none, in words. */
export type ReadReport =
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "invalid"; readonly reason: string };

/**
 * Makes a validator of JSON reports out of their published schema. What it reads back has no offsets, no fixes and no sources: those are
 * not in a report.
 */
export function reportReader(
  schema: JsonObject,
  rules: readonly RuleMetadata[],
  version: string,
): (text: string) => ReadReport {
  const validate = new Ajv2020({ strict: false, allErrors: false }).compile(schema);
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { kind: "invalid", reason: "it is no JSON" };
    }
    if (!validate(value)) {
      const [error] = validate.errors ?? [];
      return {
        kind: "invalid",
        reason: `it is no report of this version: ${error?.instancePath || "/"} ${error?.message ?? ""}`.trim(),
      };
    }
    return { kind: "report", report: toReport(value as JsonReport, rules, version) };
  };
}

function toReport(json: JsonReport, rules: readonly RuleMetadata[], version: string): Report {
  return {
    verdict: json.verdict,
    failOn: json.failOn,
    findings: json.findings.map(toFinding),
    fixed: json.fixed.map(toFinding),
    base: json.base ?? null,
    shard: json.shard ?? null,
    permissions: json.permissions ?? null,
    pending: json.pending.map(({ file, kind, message }) => ({ uri: file, kind, message })),
    waiverRequests: json.waiverRequests.map(({ file, ...rest }) => ({ ...rest, uri: file })),
    unreadable: json.unreadable.map(({ file, line, column, ...rest }) => ({
      ...rest,
      uri: file,
      at: line === null ? null : { line, column: column ?? 1, offset: 0 },
    })),
    applied: json.applied ?? [],
    controls: [],
    stats: json.stats,
    rules,
    notes: json.notes,
    timings: null,
    version,
  };
}

function toFinding({ location, related, ...rest }: JsonFinding): Finding {
  return {
    ...rest,
    region: rest.region ?? rest.path,
    location: toLocation(location),
    related: related.map((place): RelatedLocation => ({ ...toLocation(place), message: place.message })),
    waiver: rest.waiver ?? null,
    fix: null,
  };
}

function toLocation({ file, line, column, endLine, endColumn, precision }: JsonLocation): Location {
  return {
    uri: file,
    range: { start: { line, column, offset: 0 }, end: { line: endLine, column: endColumn, offset: 0 } },
    precision,
  };
}
