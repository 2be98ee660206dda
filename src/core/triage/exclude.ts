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
  const applies = (
    { files, namespaces, objects }: RuleExclusion,
    uri: string,
    object: ObjectIdentity | null,
  ): boolean => {
    if (files !== undefined && !matches(files, uri)) return false;
    if (namespaces !== undefined && (object === null || !matches(namespaces, object.namespace))) return false;
    return objects === undefined || (object !== null && namesOf(object).some((name) => matches(objects, name)));
  };
  return (rule, variant, uri, object) =>
    resolveRuleSettings(config, rule, variant).exclude.some((exclusion) => applies(exclusion, uri, object));
}

function namesOf({ kind, namespace, name }: ObjectIdentity): readonly string[] {
  return [`${kind}/${name}`, `${kind}/${namespace}/${name}`];
}
