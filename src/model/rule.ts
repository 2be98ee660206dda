import type { Json } from "./json.ts";

/**
 * Sets of rules and variants: `recommended` is quiet on well-kept repositories, `strict` has everything,
 * `agents` takes every workload for an AI agent.
 */
export const PROFILES = ["recommended", "strict", "agents"] as const;
export type Profile = (typeof PROFILES)[number];

/** Severities, worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure a rule is that what it reports is so. */
export type Confidence = "high" | "medium" | "low";

/** `object` rules need one object and its evidence; `set` rules need the objects of a whole unit. */
export type RuleScope = "object" | "set";

/** `<category>/<name>`: folder, package path, SARIF rule id, and what a waiver names. */
export type RuleId = string;

/** A mechanical fix for findings on a key of that name: write a value there, or take the entry away where none is given. */
export interface Fix {
  /** The last step of a finding's path. */
  readonly key: string;
  readonly set?: string | number | boolean;
}

/** One way in which a rule is broken; its message is a template with `{argument}` places. */
export interface RuleVariant {
  readonly severity: Severity;
  readonly message: string;
  /** The profiles in which it is on, besides `strict`, which has all; absent for all of them. */
  readonly profiles?: readonly Profile[];
  /** Fixes that need no thought; the first that applies is offered. */
  readonly fixes?: readonly Fix[];
  /** Of several findings, only the first in a file, or in the whole run, is told. */
  readonly once?: "file" | "run";
  /** Rules that speak instead of this variant where both see the same place, besides those of its rule. */
  readonly yieldsTo?: readonly RuleId[];
}

/** A parameter of a rule, with the catalogue's default. */
export interface RuleParameter {
  readonly type: "array" | "object" | "string" | "number" | "boolean";
  readonly description: string;
  readonly default: Json;
  /** Only with `type: string`: the values it may take. */
  readonly enum?: readonly string[];
}

/** Ids of controls in the frameworks that the product reports on. */
export interface Frameworks {
  readonly cis?: readonly string[];
  readonly nsa?: readonly string[];
  readonly owasp?: readonly string[];
  readonly pci?: readonly string[];
  readonly soc2?: readonly string[];
  readonly nist?: readonly string[];
  readonly iso?: readonly string[];
  readonly cwe?: readonly string[];
}

/** A rule's METADATA annotation, the one source of its wording. */
export interface RuleMetadata {
  readonly id: RuleId;
  readonly title: string;
  /** Markdown: what it looks at, why it matters, what it leaves alone and why. */
  readonly description: string;
  /** The worst severity of its variants. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly scope: RuleScope;
  readonly needs: readonly ("evidence" | "durations" | "clock" | "diff" | "repository" | "certificates")[];
  /** Kinds of the objects that the rule reads; `*` where it may be any. */
  readonly kinds: readonly string[];
  /** Markdown: what to do, with an example. */
  readonly remediation: string;
  readonly variants: { readonly [name: string]: RuleVariant };
  readonly params: { readonly [name: string]: RuleParameter };
  /** Templates for the messages of related locations, by label. */
  readonly related: { readonly [label: string]: string };
  readonly frameworks: Frameworks;
  readonly practices: readonly string[];
  readonly references: readonly string[];
  /** Rules that speak instead of this one where both see the same place. */
  readonly yieldsTo: readonly RuleId[];
  readonly aliases: readonly RuleId[];
  readonly helpUri: string;
}

/** The profiles in which a variant is on by itself; `null` for all of them. */
export function profilesOf({ profiles }: Pick<RuleVariant, "profiles">): readonly Profile[] | null {
  if (profiles === undefined) return null;
  const own = PROFILES.filter((profile) => profile === "strict" || profiles.includes(profile));
  return own.length === PROFILES.length ? null : own;
}

/** The profiles in which any variant of a rule is on by itself; `null` for all of them. */
export function profilesOfRule({ variants }: Pick<RuleMetadata, "variants">): readonly Profile[] | null {
  return profilesOf({ profiles: Object.values(variants).flatMap((variant) => profilesOf(variant) ?? PROFILES) });
}

/** The rules that speak instead of a variant of `rule` where both see the same place. */
export function yieldsOf(
  { yieldsTo, variants }: Pick<RuleMetadata, "yieldsTo" | "variants">,
  variant: string,
): readonly RuleId[] {
  return [...yieldsTo, ...(variants[variant]?.yieldsTo ?? [])];
}
