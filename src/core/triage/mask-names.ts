import type { Finding } from "../../model/finding.ts";
import { MASK } from "../../model/redacted.ts";
import type { MaskedSources, Report } from "../../model/report.ts";
import { maskTokens } from "../evidence/token-shapes.ts";

/**
 * A report with what looks like a token masked in the names of files: somebody may have named a file after one. Such a finding
 * then stands on a path that does not exist, which is better than a log that shows the token.
 */
export function maskFileNames(report: Report): Report {
  return {
    ...report,
    findings: report.findings.map(withMaskedNames),
    fixed: report.fixed.map(withMaskedNames),
    unreadable: report.unreadable.map((each) => ({ ...each, uri: masked(each.uri) })),
    pending: report.pending.map((each) => ({ ...each, uri: masked(each.uri), message: masked(each.message) })),
    waiverRequests: report.waiverRequests.map((each) => ({
      ...each,
      uri: masked(each.uri),
      rules: each.rules.map(masked),
      reason: masked(each.reason),
    })),
    notes: report.notes.map(masked),
  };
}

/** Sources under the names that `maskFileNames` gives them. */
export function maskSourceNames(sources: MaskedSources): MaskedSources {
  return new Map([...sources].map(([uri, text]) => [masked(uri), text]));
}

function withMaskedNames(finding: Finding): Finding {
  return {
    ...finding,
    message: masked(finding.message),
    location: { ...finding.location, uri: masked(finding.location.uri) },
    related: finding.related.map((each) => ({ ...each, uri: masked(each.uri) })),
    unit: masked(finding.unit),
    values: finding.values.map(masked),
    waiver: finding.waiver === null ? null : { ...finding.waiver, reason: masked(finding.waiver.reason) },
  };
}

function masked(name: string): string {
  return maskTokens(name, MASK);
}
