import { LOOSE, type UnreadableReason } from "../model/document.ts";
import type { Finding, FindingStatus, FindingWaiver, Location, ObjectIdentity } from "../model/finding.ts";
import type { Precision } from "../model/position.ts";
import type { Report, WaiverRequest } from "../model/report.ts";
import { SEVERITIES } from "../model/rule.ts";
import { shorten } from "./harmless.ts";
import { isBlocking } from "../model/finding.ts";

/** `1 finding`, `2 findings`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** What a waiver or a setting would name: `<rule>/<variant>`. */
export function ruleName({ rule, variant }: Pick<Finding, "rule" | "variant">): string {
  return variant === "" ? rule : `${rule}/${variant}`;
}

/** `Deployment shop/api (apps/v1)`. Parts come from the repository: escape the result. */
export function describeObject({ apiVersion, kind, namespace, name }: ObjectIdentity): string {
  const called = name === "" ? "without a name" : namespace === "" ? name : `${namespace}/${name}`;
  return `${kind} ${called}${apiVersion === "" ? "" : ` (${apiVersion})`}`;
}

/** The unit in words, or `null` for objects that belong to none. */
export function describeUnit(unit: string): string | null {
  return unit === LOOSE ? null : unit;
}

const PRECISIONS: { readonly [precision in Precision]: string | null } = {
  exact: null,
  enclosing: "the nearest place around it",
  file: "only the file is known, not the line",
};

/** What to tell about an inexact location; `null` where it is exact. */
export function describePrecision(precision: Precision): string | null {
  return PRECISIONS[precision];
}

/** Why something could not be judged, in words. */
export const REASONS: { readonly [reason in UnreadableReason]: string } = {
  "read-failed": "could not be read",
  "too-large": "too large",
  "not-text": "not text",
  "invalid-yaml": "invalid YAML",
  "duplicate-key": "duplicate key",
  "unsupported-yaml": "unsupported YAML",
  "limit-exceeded": "limit exceeded",
  "chart-not-evaluated": "chart not evaluated",
  "chart-failed": "chart not rendered",
  "chart-incomplete": "chart incomplete",
  "outside-root": "outside of the root",
  "evaluation-failed": "evaluation failed",
};

const STATUSES: { readonly [status in FindingStatus]: string | null } = {
  new: null,
  existing: "there before the change",
  baseline: "in the baseline",
  waived: "waived",
};

/** Why a finding does not decide the verdict; `null` for a new one. */
export function describeStatus(status: FindingStatus): string | null {
  return STATUSES[status];
}

/** Who waived a finding, until when and why, for what is waived; else as `describeStatus`. Escape the result. */
export function describeStanding({ status, waiver }: Pick<Finding, "status" | "waiver">): string | null {
  if (waiver === null) return describeStatus(status);
  const until = waiver.until === null ? "" : ` until ${waiver.until}`;
  return `${WAIVED_BY[waiver.by]}${until}: ${shorten(waiver.reason, LONGEST_REASON)}`;
}

const WAIVED_BY: { readonly [by in FindingWaiver["by"]]: string } = {
  comment: "waived by a comment",
  config: "waived by the configuration",
  annotation: "waived by an annotation",
  path: "waived by its path",
};

/** What a waiver that does not count yet is for, until when and why. Escape the result. */
export function describeRequest({ by, rules, until, reason }: WaiverRequest): string {
  const what = rules.length === 0 ? "" : ` for ${rules.join(", ")}`;
  return `${REQUESTED_BY[by]}${what}${until === null ? "" : ` until ${until}`}: ${shorten(reason, LONGEST_REASON)}`;
}

const REQUESTED_BY: { readonly [by in WaiverRequest["by"]]: string } = {
  comment: "comment",
  config: "entry of the configuration",
  annotation: "annotation",
};

const LONGEST_REASON = 500;

/** New findings by severity, then how many others there are and why they do not count. */
export function describeFindings({ findings }: Report): string {
  const fresh = findings.filter(({ status }) => status === "new");
  const tally = SEVERITIES.map(
    (severity) => [fresh.filter((finding) => finding.severity === severity).length, severity] as const,
  );
  const parts = tally.filter(([amount]) => amount > 0).map(([amount, severity]) => `${amount} ${severity}`);
  const others = (["existing", "baseline", "waived"] as const)
    .map((status) => [findings.filter((finding) => finding.status === status).length, status] as const)
    .filter(([amount]) => amount > 0)
    .map(([amount, status]) => `${amount} ${describeStatus(status)}`);
  const known = others.length === 0 ? "" : ` Not counted: ${others.join(", ")}.`;
  const head =
    fresh.length === 0
      ? `No ${known === "" ? "" : "new "}findings.`
      : `${count(fresh.length, "finding")}: ${parts.join(", ")}.`;
  return head + known;
}

/** What the change took away, in a sentence; `null` where it took nothing away. */
export function describeFixed({ fixed }: Report): string | null {
  return fixed.length === 0
    ? null
    : `${fixed.length} fixed: ${fixed.length === 1 ? "a finding" : "findings"} of the base that this change removes. Thank you.`;
}

/** What was looked at and what was left out; says so plainly when nothing was checked. */
export function describeChecked({ stats }: Report): string {
  const texts = stats.texts === 0 ? "" : `searched ${count(stats.texts, "text file")} for known tokens`;
  const skipped = Object.entries(stats.skipped)
    .filter(([, amount]) => amount > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const total = skipped.reduce((sum, [, amount]) => sum + amount, 0);
  const left =
    total === 0
      ? ""
      : ` Left out ${count(total, "file")}: ${skipped.map(([reason, amount]) => `${amount} ${reason}`).join(", ")}.`;
  if (stats.objects === 0) {
    const head = `${texts === "" ? "Nothing" : "No manifest"} was checked: no Kubernetes object was read.`;
    return head + (texts === "" ? "" : ` S${texts.slice(1)}.`) + left;
  }
  const judged = `judged ${count(stats.objects, "Kubernetes object")} with ${count(stats.rules, "rule")}`;
  return `Read ${count(stats.files, "file")}: ${judged}${texts === "" ? "" : `, ${texts}`}.${left}`;
}

/** The gate's answer in a sentence, with its reason. */
export function describeVerdict(report: Report): string {
  const { findings, unreadable, failOn, verdict, stats } = report;
  const blocking = findings.filter((finding) => isBlocking(finding, failOn)).length;
  const blocks = `${count(blocking, "finding")} at or above ${failOn} ${blocking === 1 ? "blocks" : "block"}`;
  if (verdict === "error") {
    const unread = unreadable.filter(({ status }) => status === "new").length;
    const reason = unread === 0 ? "see the notes" : `${count(unread, "entry", "entries")} could not be judged`;
    return `Error: the gate could not decide; ${reason}.${blocking === 0 ? "" : ` Besides, ${blocks}.`}`;
  }
  if (verdict === "fail") return `Fail: ${blocks}.`;
  if (findings.every(({ status }) => status !== "new")) {
    return stats.objects === 0 && stats.texts === 0 ? "Pass: nothing was checked." : "Pass: nothing new was found.";
  }
  if (failOn === "never") return "Pass: no severity blocks (fail-on: never).";
  return `Pass: no finding is at or above ${failOn}, the severity that blocks.`;
}

const LONGEST_HINT = 160;

/** The first sentence of a rule's remediation (Markdown), as one line. */
export function remediationHint(markdown: string): string {
  const lines = markdown.slice(0, 2000).trim().split(/\r?\n/);
  const stop = lines.findIndex((line) => line.trim() === "" || line.startsWith("```"));
  const paragraph = lines
    .slice(0, stop === -1 ? undefined : stop)
    .map((line) => line.trim())
    .join(" ");
  const end = paragraph.search(/[.!?:](?:\s|$)/);
  return shorten(end === -1 ? paragraph : paragraph.slice(0, end + 1).replace(/:$/, "."), LONGEST_HINT);
}

/** `file:line`, or the file where the line is not known. */
export function lineOf({ uri, range, precision }: Location, displayPath: (uri: string) => string): string {
  return precision === "file" ? displayPath(uri) : `${displayPath(uri)}:${range.start.line}`;
}
