import type { Finding } from "../model/finding.ts";
import { FRAMEWORK_TITLES, type ControlStatus, type FrameworkControls } from "../model/frameworks.ts";
import type { Report } from "../model/report.ts";
import { count } from "./wording.ts";

/** What to tell with every list of controls. */
export const DISCLAIMER =
  "The mapping of rules to controls is ours; have it confirmed by whoever answers for your compliance. " +
  "A control passes where its rules looked at something and found nothing above info: they see manifests alone, and are no audit.";

/** The statuses of controls in words, in the order in which they are shown. */
export const CONTROL_STATUSES: { readonly [status in ControlStatus]: string } = {
  failed: "failed",
  passed: "passed",
  "not-applicable": "not applicable",
};

const MOST_FINDINGS = 10;

/** The disclaimer, and what else keeps a control from being certain. */
export function controlCaveats({ unreadable }: Report): readonly string[] {
  const open = unreadable.filter(({ status }) => status === "new" || status === "existing").length;
  if (open === 0) return [DISCLAIMER];
  return [DISCLAIMER, `${count(open, "entry", "entries")} could not be judged, and no control says anything of that.`];
}

/** `PCI DSS 4.0.1: 1 control failed, 2 passed, 3 not applicable.` */
export function describeControls({ framework, controls }: FrameworkControls): string {
  const amount = (status: ControlStatus) => controls.filter((control) => control.status === status).length;
  return `${FRAMEWORK_TITLES[framework]}: ${count(amount("failed"), "control")} failed, ${amount("passed")} passed, ${amount("not-applicable")} not applicable.`;
}

/** The first findings of a control, each as `line` writes it, and how many there are besides. */
export function firstFindings(findings: readonly Finding[], line: (finding: Finding) => string): readonly string[] {
  const more = findings.length - MOST_FINDINGS;
  return [...findings.slice(0, MOST_FINDINGS).map(line), ...(more > 0 ? [`and ${count(more, "more finding")}`] : [])];
}

/**
 * The controls of a framework as lines for people: each that failed with its findings, as `line` writes
 * them, then the ids of those that passed and of those that nothing was there for.
 */
export function controlLines(of: FrameworkControls, line: (finding: Finding) => string): readonly string[] {
  const lines = [describeControls(of)];
  const add = (status: ControlStatus, text: string) =>
    lines.push(`  ${CONTROL_STATUSES[status].padEnd(CONTROL_STATUSES["not-applicable"].length)}  ${text}`);
  for (const { id, status, findings } of of.controls) {
    if (status !== "failed") continue;
    add(status, `${id}  ${count(findings.length, "finding")}`);
    lines.push(...firstFindings(findings, line).map((text) => `    ${text}`));
  }
  for (const status of ["passed", "not-applicable"] as const) {
    const ids = of.controls.filter((control) => control.status === status).map(({ id }) => id);
    if (ids.length > 0) add(status, ids.join(", "));
  }
  return lines;
}
