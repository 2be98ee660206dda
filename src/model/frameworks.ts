import type { Finding } from "./finding.ts";
import type { Frameworks, RuleId } from "./rule.ts";

/** A framework that reports can be grouped by. */
export type Framework = keyof Frameworks;

/** What each framework is called, with the edition that the ids are of; OWASP's ids carry their year. */
export const FRAMEWORK_TITLES: { readonly [framework in Framework]-?: string } = {
  cis: "CIS Kubernetes Benchmark v1.10 and v1.12",
  nsa: "NSA/CISA Kubernetes Hardening Guidance v1.2",
  owasp: "OWASP Kubernetes Top Ten and Top 10 for LLM Applications",
  pci: "PCI DSS 4.0.1",
  soc2: "SOC 2 Trust Services Criteria",
  nist: "NIST SP 800-53 r5",
  iso: "ISO/IEC 27001:2022 Annex A",
  cwe: "CWE",
};

/** The frameworks, in the order in which help texts and pages name them. */
export const FRAMEWORKS = Object.keys(FRAMEWORK_TITLES) as readonly Framework[];

/** What a run says about a control; `core/triage/controls.ts` defines what each means. */
export type ControlStatus = "failed" | "passed" | "not-applicable";

/** One control of a framework, as far as rules are mapped to it. */
export interface Control {
  /** As the framework writes it: `5.1.2`, `K03:2025`, `CC6.1`. */
  readonly id: string;
  readonly status: ControlStatus;
  /** All rules that are mapped to it, also those that are off; sorted. */
  readonly rules: readonly RuleId[];
  /** What made it fail, in the order of the report; empty unless it failed. */
  readonly findings: readonly Finding[];
}

/** The controls of a framework that any rule is mapped to, in the order of their ids. */
export interface FrameworkControls {
  readonly framework: Framework;
  readonly controls: readonly Control[];
}
