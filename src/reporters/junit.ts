import { escapeUTF8 } from "entities";
import type { Finding } from "../model/finding.ts";
import type { Report, ReportedUnreadable } from "../model/report.ts";
import { defuseCommands, showInvisible } from "./harmless.ts";
import { isBlocking } from "../model/finding.ts";
import {
  describeChecked,
  describeFindings,
  describeObject,
  describePrecision,
  describeStatus,
  describeVerdict,
  REASONS,
  ruleName,
} from "./wording.ts";

type Attributes = { readonly [name: string]: string | number };
type Outcome = "passed" | "failure" | "error" | "skipped";

interface Case {
  readonly suite: string;
  readonly outcome: Outcome;
  readonly xml: string;
}

/**
 * The report as JUnit XML: a suite per file with a case per finding. A finding that blocks is a
 * failure; one that does not is skipped, with the reason, so that the test result agrees with the
 * verdict. What could not be judged is an error. The first suite holds one case for the gate itself: it
 * passes where nothing else went wrong, so that a passing run is not an empty one.
 */
export function renderJunit(report: Report): string {
  const cases = [
    ...report.unreadable.map(unreadableCase),
    ...report.findings.map((finding) => findingCase(finding, report.failOn)),
  ];
  const suites = new Map<string, Case[]>([["portcullis", [gateCase(report, cases)]]]);
  for (const item of cases) {
    const suite = suites.get(item.suite);
    if (suite === undefined) suites.set(item.suite, [item]);
    else suite.push(item);
  }
  const all = [...suites.values()].flat();
  const body = [...suites].map(([name, items]) =>
    element("testsuite", { name, ...tally(items) }, lines(items.map(({ xml }) => xml))),
  );
  const root = element("testsuites", { name: "portcullis", ...tally(all) }, lines(body));
  return defuseCommands(`<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`);
}

function gateCase(report: Report, cases: readonly Case[]): Case {
  const explained = cases.some(({ outcome }) => outcome === "error");
  const verdict = describeVerdict(report);
  const failed =
    report.verdict === "error" && !explained ? element("error", { type: "error", message: verdict }, "") : "";
  const notes = report.notes.map(showInvisible);
  const output = element(
    "system-out",
    {},
    escape([describeFindings(report), describeChecked(report), ...notes, verdict].join("\n")),
  );
  const xml = element(
    "testcase",
    { classname: "portcullis", name: "gate" },
    lines([failed, output].filter((part) => part !== "")),
  );
  return { suite: "portcullis", outcome: failed === "" ? "passed" : "error", xml };
}

function findingCase(finding: Finding, failOn: Report["failOn"]): Case {
  const { location, severity, object, fingerprint, message, status, rule } = finding;
  const { line, column } = location.range.start;
  const place = location.precision === "file" ? location.uri : `${location.uri}:${line}:${column}`;
  const precision = describePrecision(location.precision);
  const details = [
    `${place}  ${severity}  ${ruleName(finding)}`,
    ...(precision === null ? [] : [`line: ${precision}`]),
    ...(object === null ? [] : [`object: ${describeObject(object)}`]),
    ...finding.related.map(
      (related) =>
        `related: ${related.uri}:${related.range.start.line}:${related.range.start.column}  ${related.message}`,
    ),
    `help: portcullis explain ${rule}`,
    `fingerprint: ${fingerprint}`,
  ];
  const text = escape(details.map(showInvisible).join("\n"));
  const below = failOn === "never" ? "no severity blocks" : `below ${failOn}`;
  const outcome = isBlocking(finding, failOn) ? "failure" : "skipped";
  const inner =
    outcome === "failure"
      ? element("failure", { type: severity, message }, text)
      : element("skipped", { message: `${describeStatus(status) ?? `${severity}, ${below}`}: ${message}` }, "");
  const attributes = {
    classname: location.uri,
    name: location.precision === "file" ? ruleName(finding) : `${ruleName(finding)} at ${line}:${column}`,
    file: location.uri,
    ...(location.precision === "file" ? {} : { line }),
  };
  return { suite: location.uri, outcome, xml: element("testcase", attributes, lines([inner])) };
}

function unreadableCase({ uri, at, reason, message, status }: ReportedUnreadable): Case {
  const known = describeStatus(status);
  const text = `${REASONS[reason]}: ${message}`;
  const inner =
    known === null
      ? element("error", { type: reason, message: text }, "")
      : element("skipped", { message: `${known}: ${text}` }, "");
  const place = at === null ? {} : { line: at.line };
  const name = at === null ? "could not be judged" : `could not be judged at ${at.line}:${at.column}`;
  const xml = element("testcase", { classname: uri, name, file: uri, ...place }, lines([inner]));
  return { suite: uri, outcome: known === null ? "error" : "skipped", xml };
}

function tally(cases: readonly Case[]): Attributes {
  const amount = (outcome: Outcome): number => cases.filter((item) => item.outcome === outcome).length;
  return { tests: cases.length, failures: amount("failure"), errors: amount("error"), skipped: amount("skipped") };
}

function element(name: string, attributes: Attributes, content: string): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(showInvisible(String(value)))}"`);
  const open = `<${name}${list.join("")}`;
  return content === "" ? `${open}/>` : `${open}>${content}</${name}>`;
}

function lines(elements: readonly string[]): string {
  return `\n${elements.join("\n")}\n`;
}

/** Text for XML 1.0 content and attributes; U+FFFE and U+FFFF may not stand in a document at all. */
function escape(text: string): string {
  return escapeUTF8(text.replaceAll(/[\uFFFE\uFFFF]/g, "\uFFFD"));
}
