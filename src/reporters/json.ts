import type { Finding, Location, ObjectIdentity } from "../model/finding.ts";
import type { Permission } from "../model/permissions.ts";
import { FRAMEWORK_TITLES, type FrameworkControls } from "../model/frameworks.ts";
import type { Report, ReportedUnreadable } from "../model/report.ts";
import { controlCaveats } from "./controls.ts";
import { stringify } from "./harmless.ts";

/** Version of the report's shape; raised when a field changes its meaning or goes away. */
const SCHEMA_VERSION = 1;

/**
 * The whole report as JSON, in the shape of `schema/report.schema.json`. The same input gives the same
 * bytes: counts but no times, unless timings were asked for. Lines and columns are 1-based, columns
 * count UTF-16 units, ends are exclusive.
 */
export function renderJson(report: Report): string {
  const {
    verdict,
    failOn,
    shard,
    findings,
    fixed,
    base,
    permissions,
    pending,
    waiverRequests,
    unreadable,
    stats,
    notes,
    timings,
    controls,
  } = report;
  return stringify({
    schemaVersion: SCHEMA_VERSION,
    verdict,
    failOn,
    ...(shard === null ? {} : { shard, applied: report.applied }),
    findings: findings.map((finding) => (shard === null ? findingFields(finding) : shardFinding(finding))),
    ...(base === null ? {} : { base }),
    fixed: fixed.map(findingFields),
    ...(permissions === null
      ? {}
      : {
          permissions: {
            gained: permissions.gained.map(permissionFields),
            lost: permissions.lost.map(permissionFields),
          },
        }),
    waiverRequests: waiverRequests.map(({ uri, ...request }) => ({ file: uri, ...request })),
    pending: pending.map(({ uri, kind, message }) => ({ file: uri, kind, message })),
    unreadable: unreadable.map(unreadableFields),
    stats: {
      files: stats.files,
      objects: stats.objects,
      texts: stats.texts,
      skipped: Object.fromEntries(Object.entries(stats.skipped).sort(([a], [b]) => (a < b ? -1 : 1))),
      rules: stats.rules,
      findings: stats.findings,
    },
    ...(controls.length === 0
      ? {}
      : { controls: { caveats: controlCaveats(report), frameworks: controls.map(frameworkFields) } }),
    notes,
    ...(timings === null ? {} : { timings }),
  });
}

// What joins the shards' reports needs to know which finding speaks for which.
function shardFinding(finding: Finding): object {
  return { ...findingFields(finding), region: finding.region };
}

function findingFields(finding: Finding): object {
  const { rule, variant, severity, message, location, related, object, unit, values, path, also, fingerprint } =
    finding;
  const { status, waiver } = finding;
  return {
    rule,
    variant,
    severity,
    message,
    location: locationFields(location),
    related: related.map((place) => ({ ...locationFields(place), message: place.message })),
    object: object === null ? null : objectFields(object),
    unit,
    values,
    path,
    also,
    fingerprint,
    status,
    ...(waiver === null ? {} : { waiver }),
  };
}

function frameworkFields({ framework, controls }: FrameworkControls): object {
  return {
    framework,
    title: FRAMEWORK_TITLES[framework],
    controls: controls.map(({ id, status, rules, findings }) => ({
      id,
      status,
      rules,
      findings: findings.map(({ fingerprint }) => fingerprint),
    })),
  };
}

function locationFields({ uri, range: { start, end }, precision }: Location): object {
  return { file: uri, line: start.line, column: start.column, endLine: end.line, endColumn: end.column, precision };
}

function unreadableFields({ uri, at, reason, message, fingerprint, status }: ReportedUnreadable): object {
  return { file: uri, line: at?.line ?? null, column: at?.column ?? null, reason, message, fingerprint, status };
}

function permissionFields({ subject, right, scope, binding, role, uri, line }: Permission): object {
  return {
    subject,
    right,
    scope,
    binding: objectFields(binding),
    role: { kind: role.kind, name: role.name },
    file: uri,
    line,
  };
}

function objectFields({ apiVersion, kind, namespace, name }: ObjectIdentity): object {
  return { apiVersion, kind, namespace, name };
}
