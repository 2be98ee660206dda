import type { KubernetesObject } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import {
  CHART_FILE_KIND,
  CODE_OWNERS_KIND,
  GATE_CONFIG_KIND,
  PSEUDO_API,
  SOPS_CONFIG_KIND,
  SOPS_FILE_KIND,
} from "../input/pseudo-objects.ts";
import type { LineIndex } from "../yaml/lines.ts";
import { collectEvidence, type EvidenceOptions } from "./collect.ts";

const WITHOUT_CREDENTIALS = new Set([CODE_OWNERS_KIND, GATE_CONFIG_KIND, CHART_FILE_KIND]);

/**
 * All evidence in an object, as `collectEvidence` gives it; of what stands for a file of SOPS without the
 * fingerprints and public keys of those who can decrypt, which look as random as a secret. Files that only
 * say who answers for what, or what to install, have no credentials but those of known formats.
 */
export function collectConfiguration(
  object: KubernetesObject,
  lines: LineIndex,
  options: EvidenceOptions,
  nextId: () => number,
): readonly Evidence[] {
  const bare = object.apiVersion === PSEUDO_API && WITHOUT_CREDENTIALS.has(object.kind);
  const evidence = bare ? [] : collectEvidence(object, lines, options, nextId);
  if (object.apiVersion !== PSEUDO_API) return evidence;
  if (object.kind === SOPS_CONFIG_KIND)
    return evidence.filter(({ kind, nameClass }) => kind !== "credential" || nameClass === "sensitive");
  if (object.kind === SOPS_FILE_KIND) return evidence.filter(({ path: [first] }) => !/^sops[_.]/.test(String(first)));
  return evidence;
}
