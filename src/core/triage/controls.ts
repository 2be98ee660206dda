import type { Finding } from "../../model/finding.ts";
import type { Control, Framework, FrameworkControls } from "../../model/frameworks.ts";
import type { Report } from "../../model/report.ts";
import type { RuleId, RuleMetadata } from "../../model/rule.ts";
import { compareText } from "./located.ts";

/**
 * What a run says about the controls of `framework`: all that any of `rules` is mapped to, whether that
 * rule is on or off.
 *
 * `failed`: a rule that is mapped to it has a finding of severity `low` or worse that is neither waived
 * nor in the baseline, wherever it comes from: one that was there before the change fails a control,
 * although it does not fail the gate. A rule that sees a place and leaves it to another has that one's
 * finding. `info` says what could not be known, and fails nothing.
 *
 * `passed`: it did not fail, and a rule that is mapped to it ran and had something to look at: an object
 * of one of its kinds. That is no proof that the control is met, since rules see manifests alone.
 *
 * `not-applicable`: all that is left. Nothing was there for its rules, or all of them are off.
 */
export function controlsOf(
  framework: Framework,
  rules: readonly RuleMetadata[],
  { findings, applied }: Pick<Report, "findings" | "applied">,
): FrameworkControls {
  const mapped = new Map<string, RuleId[]>();
  for (const { id, frameworks } of rules) {
    for (const control of new Set(frameworks[framework])) {
      const names = mapped.get(control);
      if (names === undefined) mapped.set(control, [id]);
      else names.push(id);
    }
  }
  const failing = byRule(findings.filter(failsControls));
  const looked = new Set(applied);
  const controls = [...mapped].map(([id, names]): Control => {
    const found = new Set(names.flatMap((name) => failing.get(name) ?? []));
    const sorted = names.toSorted(compareText);
    if (found.size > 0)
      return { id, status: "failed", rules: sorted, findings: findings.filter((finding) => found.has(finding)) };
    const status = names.some((name) => looked.has(name)) ? "passed" : "not-applicable";
    return { id, status, rules: sorted, findings: [] };
  });
  return { framework, controls: controls.sort((a, b) => compareIds(a.id, b.id)) };
}

/** The report with the controls of `frameworks`; each is told of once. */
export function withControls(report: Report, frameworks: readonly Framework[], rules: readonly RuleMetadata[]): Report {
  return {
    ...report,
    controls: [...new Set(frameworks)].map((framework) => controlsOf(framework, rules, report)),
  };
}

function failsControls({ status, severity }: Finding): boolean {
  return (status === "new" || status === "existing") && severity !== "info";
}

function byRule(findings: readonly Finding[]): ReadonlyMap<RuleId, readonly Finding[]> {
  const found = new Map<RuleId, Finding[]>();
  for (const finding of findings) {
    for (const rule of [finding.rule, ...finding.also]) {
      const own = found.get(rule);
      if (own === undefined) found.set(rule, [finding]);
      else own.push(finding);
    }
  }
  return found;
}

// `5.1.10` comes behind `5.1.2`: numbers in ids are compared as numbers.
function compareIds(a: string, b: string): number {
  const [left, right] = [a, b].map((id) => id.split(/(\d+)/));
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index] ?? "";
    if (part === other) continue;
    const numbers = index % 2 === 1 && other !== "" ? Number(part) - Number(other) : 0;
    return numbers === 0 ? compareText(part, other) : numbers;
  }
  return 0;
}
