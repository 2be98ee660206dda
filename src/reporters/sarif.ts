import type { Finding, FindingStatus, Location, RelatedLocation } from "../model/finding.ts";
import type { Position } from "../model/position.ts";
import type { Report, ReportedUnreadable } from "../model/report.ts";
import { shorten, showInvisible, stringify, wellFormed } from "./harmless.ts";
import { ruleDescriptor, sentence, unreadableDescriptor } from "./sarif-rules.ts";
import { relationships, supportedTaxonomies, taxonomies } from "./sarif-taxonomies.ts";
import { compareSeverity, sarifLevel } from "./severity.ts";
import { count, describePrecision, describeStanding } from "./wording.ts";

/** Code scanning refuses a run with more results, and keeps the 5,000 worst of them. */
const MOST_RESULTS = 25_000;
/** Code scanning shows no more locations than this of one result. */
const MOST_RELATED = 100;
const LONGEST_MESSAGE = 4000;
const ROOT = "%SRCROOT%";
const HOME = "https://github.com/portcullis-dev/portcullis";

/**
 * The report as SARIF 2.1.0, made for GitHub code scanning: rule objects with help, results with
 * regions and fingerprints, worst first, and no text of the judged files. What could not be judged is
 * a notification of the invocation; a run that could not decide is not `executionSuccessful`.
 */
export function renderSarif(report: Report): string {
  const index = new Map(report.rules.map((rule, position) => [rule.id, position]));
  const worstFirst = report.findings.toSorted(compareSeverity);
  const reasons = [...new Set(report.unreadable.map(({ reason }) => reason))].sort();
  const notifications = report.unreadable.map(unreadableNotification);
  if (worstFirst.length > MOST_RESULTS) notifications.push(leftOutNotification(worstFirst.length - MOST_RESULTS));
  return stringify({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Portcullis",
            version: report.version,
            semanticVersion: report.version,
            informationUri: HOME,
            rules: report.rules.map((rule) => ({
              ...ruleDescriptor(rule),
              ...relationships(rule, report.controls),
            })),
            notifications: reasons.map(unreadableDescriptor),
            ...supportedTaxonomies(report.controls),
          },
        },
        ...taxonomies(report),
        invocations: [{ executionSuccessful: report.verdict !== "error", toolExecutionNotifications: notifications }],
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository." } } },
        columnKind: "utf16CodeUnits",
        results: worstFirst.slice(0, MOST_RESULTS).map((finding) => resultOf(finding, index.get(finding.rule))),
      },
    ],
  });
}

function resultOf(finding: Finding, ruleIndex: number | undefined): object {
  const { rule, variant, severity, location, object, related, values, also, fingerprint, status, waiver } = finding;
  const precision = describePrecision(location.precision);
  const more =
    related.length > MOST_RELATED ? ` (And ${count(related.length - MOST_RELATED, "more related place")}.)` : "";
  const name =
    object === null
      ? null
      : [object.apiVersion, object.kind, object.namespace, object.name].filter((part) => part !== "").join("/");
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: sarifLevel(severity),
    message: { text: `${messageText(finding.message)}${precision === null ? "" : ` (Shown: ${precision}.)`}${more}` },
    locations: [
      {
        physicalLocation: physicalLocation(location),
        ...(name === null
          ? {}
          : {
              logicalLocations: [{ name: showInvisible(object?.name ?? ""), fullyQualifiedName: showInvisible(name) }],
            }),
      },
    ],
    ...(related.length === 0 ? {} : { relatedLocations: related.slice(0, MOST_RELATED).map(relatedLocation) }),
    partialFingerprints: { "portcullis/v1": fingerprint },
    // Either all results of a run have this property or none has (SARIF 2.1.0, 3.27.23).
    suppressions: suppressionsOf(status, waiver),
    properties: {
      severity,
      variant,
      status,
      precision: location.precision,
      ...(also.length === 0 ? {} : { also }),
      ...(values.length === 0 ? {} : { values }),
    },
  };
}

function suppressionsOf(status: FindingStatus, waiver: Finding["waiver"]): readonly object[] {
  if (status !== "waived" && status !== "baseline") return [];
  const kind = waiver?.by === "comment" ? "inSource" : "external";
  const why = messageText(describeStanding({ status, waiver }) ?? status);
  return [{ kind, status: "accepted", justification: sentence(capitalize(why)) }];
}

function relatedLocation(place: RelatedLocation, id: number): object {
  return { id, physicalLocation: physicalLocation(place), message: { text: messageText(place.message) } };
}

function physicalLocation({ uri, range: { start, end }, precision }: Location): object {
  // Code scanning asks for a line in every region; where only the file is known, the message says so.
  const region =
    precision === "file"
      ? { startLine: start.line }
      : { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  return { artifactLocation: artifactLocation(uri), region };
}

function artifactLocation(uri: string): object {
  return { uri: encodePath(uri), uriBaseId: ROOT };
}

function unreadableNotification({ uri, at, reason, message, status }: ReportedUnreadable): object {
  return {
    descriptor: { id: `unreadable/${reason}` },
    level: status === "new" ? "error" : "warning",
    message: { text: messageText(message) },
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(uri), ...startOf(at) } }],
  };
}

function startOf(at: Position | null): object {
  return at === null ? {} : { region: { startLine: at.line, startColumn: at.column } };
}

function leftOutNotification(amount: number): object {
  const text = `${count(amount, "finding")} of the lowest severity left out: code scanning takes ${MOST_RESULTS} at most. The JSON report has all of them.`;
  return { level: "warning", message: { text } };
}

// `[text](target)` would become a link in the message that its author can aim anywhere.
function messageText(text: string): string {
  return sentence(shorten(showInvisible(text), LONGEST_MESSAGE).replaceAll("](", "] ("));
}

/** A root-relative path as a relative URI reference (RFC 3986). */
function encodePath(path: string): string {
  return wellFormed(path).split("/").map(encodeURIComponent).join("/");
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
