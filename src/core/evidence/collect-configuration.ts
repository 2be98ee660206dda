import type { KubernetesObject } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import { PSEUDO_API, SOPS_CONFIG_KIND, SOPS_FILE_KIND } from "../input/pseudo-objects.ts";
import type { LineIndex } from "../yaml/lines.ts";
import { collectEvidence, type EvidenceOptions } from "./collect.ts";

/**
 * All evidence in an object, as `collectEvidence` gives it; of what stands for a file of SOPS without the
 * fingerprints and public keys of those who can decrypt, which look as random as a secret.
 */
export function collectConfiguration(
  object: KubernetesObject,
  lines: LineIndex,
  options: EvidenceOptions,
  nextId: () => number,
): readonly Evidence[] {
  const evidence = collectEvidence(object, lines, options, nextId);
  if (object.apiVersion !== PSEUDO_API) return evidence;
  if (object.kind === SOPS_CONFIG_KIND)
    return evidence.filter(({ kind, nameClass }) => kind !== "credential" || nameClass === "sensitive");
  if (object.kind === SOPS_FILE_KIND) return evidence.filter(({ path: [first] }) => !/^sops[_.]/.test(String(first)));
  return evidence;
}
