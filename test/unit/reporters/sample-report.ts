import type { Finding, Location, RelatedLocation } from "../../../src/model/finding.ts";
import type { Precision, Range } from "../../../src/model/position.ts";
import type { Redacted } from "../../../src/model/redacted.ts";
import type { Report, ReportContext, ReportedUnreadable } from "../../../src/model/report.ts";
import type { RuleMetadata } from "../../../src/model/rule.ts";

/** A range by 1-based lines and columns, end exclusive; offsets play no part in reports. */
export function range(line: number, column: number, endLine: number, endColumn: number): Range {
  return { start: { line, column, offset: 0 }, end: { line: endLine, column: endColumn, offset: 0 } };
}

export function location(uri: string, where: Range, precision: Precision = "exact"): Location {
  return { uri, range: where, precision };
}

export function related(uri: string, where: Range, message: string): RelatedLocation {
  return { ...location(uri, where), message };
}

export function rule(id: string, changes: Partial<RuleMetadata> = {}): RuleMetadata {
  return {
    id,
    title: "Literal credential in a container environment variable",
    description: "Looks at `env` of all containers.\n\nLeaves references alone.",
    severity: "critical",
    confidence: "high",
    scope: "object",
    needs: ["evidence"],
    kinds: ["*"],
    remediation: "Mount the secret as a file. Then drop the variable.\n\n```yaml\nenv: []\n```",
    variants: { literal: { severity: "critical", message: "{container} has a credential" } },
    params: {},
    related: {},
    frameworks: { cwe: ["CWE-798", "CWE-526"] },
    practices: ["P01"],
    references: ["https://kubernetes.io/docs/concepts/configuration/secret/"],
    yieldsTo: [],
    aliases: [],
    helpUri: `https://example.com/rules/${id}`,
    ...changes,
  };
}

export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    rule: "secrets/env-literal-credential",
    variant: "literal",
    severity: "critical",
    message: "Container api sets DB_PASSWORD to a credential in plain text",
    location: location("deploy/api.yaml", range(4, 12, 4, 20)),
    related: [],
    object: { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "api" },
    unit: "loose",
    values: [],
    path: ["spec", "containers", 0, "env", 0, "value"],
    region: ["spec", "containers", 0, "env", 0, "value"],
    also: [],
    fingerprint: "v1:aaa",
    status: "new",
    waiver: null,
    fix: null,
    ...changes,
  };
}

export function unreadable(changes: Partial<ReportedUnreadable> = {}): ReportedUnreadable {
  return {
    uri: "deploy/broken.yaml",
    reason: "invalid-yaml",
    message: "a mapping key is not indented as its siblings",
    at: { line: 7, column: 3, offset: 0 },
    fingerprint: "v1:bbb",
    status: "new",
    ...changes,
  };
}

export function report(changes: Partial<Report> = {}): Report {
  return {
    verdict: "pass",
    failOn: "high",
    findings: [],
    fixed: [],
    base: null,
    shard: null,
    permissions: null,
    pending: [],
    waiverRequests: [],
    unreadable: [],
    stats: {
      files: 3,
      objects: 5,
      texts: 1,
      skipped: { "lock-file": 1, binary: 2 },
      rules: 19,
      findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    },
    rules: [rule("rbac/wildcard-grant"), rule("secrets/env-literal-credential")],
    applied: ["rbac/wildcard-grant", "secrets/env-literal-credential"],
    controls: [],
    notes: [],
    timings: null,
    version: "0.1.0",
    ...changes,
  };
}

/** A context whose sources are the given texts; only tests may call a text redacted by hand. */
export function context(
  sources: { readonly [uri: string]: string } = {},
  changes: Partial<ReportContext> = {},
): ReportContext {
  return {
    sources: new Map(Object.entries(sources).map(([uri, text]) => [uri, text as Redacted])),
    color: false,
    displayPath: (uri) => uri,
    ...changes,
  };
}

export const MASKED_API = [
  "kind: Deployment",
  "env:",
  "  - name: DB_PASSWORD",
  "    value: ********",
  "  - name: MODE",
  "",
].join("\n");

/** One of everything: findings of several severities, places and statuses, and an unreadable file. */
export const EVERYTHING: Report = report({
  verdict: "error",
  findings: [
    finding({
      also: ["secrets/known-token-format"],
      related: [related("deploy/cm.yaml", range(2, 1, 2, 9), "The ConfigMap that repeats it")],
    }),
    finding({
      rule: "rbac/wildcard-grant",
      variant: "all-verbs",
      severity: "medium",
      message: "Role ops grants every verb",
      location: location("deploy/role.yaml", range(1, 1, 1, 5), "enclosing"),
      object: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", namespace: "", name: "ops" },
      unit: "overlays/prod",
      fingerprint: "v1:ccc",
    }),
    finding({
      severity: "low",
      location: location("notes.txt", range(1, 1, 1, 1), "file"),
      object: null,
      path: [],
      fingerprint: "v1:ddd",
    }),
    finding({ severity: "info", location: location("deploy/api.yaml", range(1, 1, 1, 5)), fingerprint: "v1:eee" }),
    finding({ severity: "high", fingerprint: "v1:fff", status: "existing" }),
    finding({ severity: "high", fingerprint: "v1:ggg", status: "baseline" }),
    finding({ severity: "high", fingerprint: "v1:hhh", status: "waived" }),
  ],
  unreadable: [
    unreadable(),
    unreadable({
      uri: "charts/web",
      reason: "chart-not-evaluated",
      message: "charts are not rendered",
      at: null,
      fingerprint: "v1:iii",
      status: "existing",
    }),
  ],
  notes: ["the exclusion of rbac/wildcard-grant matches nothing"],
});
