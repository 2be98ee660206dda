import { SEVERITIES, type Severity } from "../model/rule.ts";

/** Orders by severity, worst first; a stable sort keeps the report's order within a severity. */
export function compareSeverity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

/** Levels of SARIF results; `note` is the lowest that viewers show. */
export function sarifLevel(severity: Severity): "error" | "warning" | "note" {
  if (severity === "critical" || severity === "high") return "error";
  return severity === "medium" ? "warning" : "note";
}

/** Levels of workflow annotations; `null` means that the severity is only for reports. */
export const ANNOTATION_LEVEL: { readonly [severity in Severity]: "error" | "warning" | "notice" | null } = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "notice",
  info: null,
};

/**
 * The number that GitHub code scanning turns back into a severity: critical from 9.0, high from 7.0,
 * medium from 4.0, low above 0.
 */
export const SECURITY_SEVERITY: { readonly [severity in Severity]: string } = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
  info: "0.0",
};

/** Severities of GitLab's Code Quality format. */
export const GITLAB_SEVERITY: { readonly [severity in Severity]: "blocker" | "critical" | "major" | "minor" | "info" } =
  {
    critical: "blocker",
    high: "critical",
    medium: "major",
    low: "minor",
    info: "info",
  };
