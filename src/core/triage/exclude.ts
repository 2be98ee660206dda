import picomatch from "picomatch";
import type { Config, RuleExclusion } from "../../model/config.ts";
import type { ObjectIdentity } from "../../model/finding.ts";
import type { RuleId } from "../../model/rule.ts";
import { resolveRuleSettings } from "../config/settings.ts";

type Excluded = (rule: RuleId, variant: string, uri: string, object: ObjectIdentity | null) => boolean;

/**
 * Whether the configuration leaves a finding out. All conditions of an exclusion must hold; within
 * one list, one entry is enough. Globs match as in a `.gitignore`: `*` stays in one path segment.
 */
export function exclusions(config: Config): Excluded {
  const applies = exclusionMatcher();
  return (rule, variant, uri, object) =>
    resolveRuleSettings(config, rule, variant).exclude.some(
      (exclusion) => !isIgnored(rule, exclusion) && applies(exclusion, uri, object),
    );
}

/** Tokens and private keys stay findings wherever they lie: a path says nothing about them. */
const NEVER_BY_PATH: ReadonlySet<RuleId> = new Set([
  "secrets/known-token-or-url-credential",
  "secrets/private-key-material",
]);

/** Whether a rule's findings can be left out by the path of their file. */
export function isExcludedByPath(rule: RuleId): boolean {
  return !NEVER_BY_PATH.has(rule);
}

function isIgnored(rule: RuleId, { files }: RuleExclusion): boolean {
  return files !== undefined && !isExcludedByPath(rule);
}

/** Notes about exclusions in the configuration that do not count. */
export function ignoredExclusions({ rules }: Config): readonly string[] {
  return Object.entries(rules).flatMap(([name, { exclude }]) => {
    const rule = name.split("/").slice(0, 2).join("/");
    return exclude.some((exclusion) => isIgnored(rule, exclusion))
      ? [`rules.${name}: exclude by files does not count for tokens and private keys; use a waiver with a reason.`]
      : [];
  });
}

/** Tells whether all conditions of an exclusion, or of a waiver, hold for a place. */
export function exclusionMatcher(): (exclusion: RuleExclusion, uri: string, object: ObjectIdentity | null) => boolean {
  const matchers = new Map<string, (name: string) => boolean>();
  const matches = (globs: readonly string[], name: string): boolean => {
    const key = globs.join("\0");
    let matcher = matchers.get(key);
    if (matcher === undefined) {
      matcher = picomatch([...globs], { dot: true });
      matchers.set(key, matcher);
    }
    return matcher(name);
  };
  return ({ files, namespaces, objects }: RuleExclusion, uri: string, object: ObjectIdentity | null): boolean => {
    if (files !== undefined && !matches(files, uri)) return false;
    if (namespaces !== undefined && (object === null || !matches(namespaces, object.namespace))) return false;
    return objects === undefined || (object !== null && namesOf(object).some((name) => matches(objects, name)));
  };
}

function namesOf({ kind, namespace, name }: ObjectIdentity): readonly string[] {
  return [`${kind}/${name}`, `${kind}/${namespace}/${name}`];
}
