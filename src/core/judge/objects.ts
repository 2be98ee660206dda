import type { Unreadable } from "../../model/document.ts";
import type { RawFinding } from "../../model/finding.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import { writtenUri } from "../charts/rendered-file.ts";
import type { EvaluationResult } from "../evaluate.ts";
import { encryptionFacts } from "../facts/encryption.ts";
import type { GatheredFile } from "../gathered-file.ts";
import type { FileEvidence, JudgedObject } from "../input/policy-input.ts";
import type { Memory } from "../memory.ts";
import { applicable, factsOf, groupBy, recall, type JudgeRun } from "./run.ts";

/** Object rules are evaluated on this many objects at a time: memory stays bounded, and a failure small. */
const BATCH = 400;

/** Evaluates object rules on all objects, in batches. */
export async function judgeObjects(
  gathered: readonly GatheredFile[],
  rules: readonly RuleMetadata[],
  { evaluate, progress, memory, share, told: toldOf }: JudgeRun,
): Promise<EvaluationResult> {
  const findings: RawFinding[] = [];
  const unreadable: Unreadable[] = [];
  const judged = gathered.filter(({ context }) => !context);
  const own = judged.filter(({ uri }) => writtenUri(uri) !== uri || share.ownsFile(uri));
  const encryption = encryptionFacts(
    judged.map(({ uri, objects: all }) => ({ uri, objects: all.map(({ object }) => object) })),
  );
  const encrypted = JSON.stringify(encryption);
  const told = (judgedObject: JudgedObject): string => encrypted + JSON.stringify(toldOf([judgedObject]));
  const files = own.filter((file) => file.evidence.length > 0 && !recall(memory.files.get(file), findings));
  const all = own.flatMap((file) => file.objects);
  const objects = all.filter((object) => {
    const known = memory.objects.get(object);
    return !recall(known !== undefined && known.facts === told(object) ? known.findings : undefined, findings);
  });
  for (let start = 0; start === 0 || start < objects.length; start += BATCH) {
    const batch = objects.slice(start, start + BATCH);
    const searched = start === 0 ? files : [];
    const result = await evaluate({
      rules: applicable(rules, batch).map(({ id }) => id),
      objects: batch,
      context: [],
      files: searched.map(({ uri, evidence }): FileEvidence => ({ uri, evidence })),
      facts: factsOf(batch, { encryption, ...toldOf(batch) }),
      unit: null,
    });
    findings.push(...result.findings);
    unreadable.push(...result.unreadable);
    if (result.unreadable.length === 0) keep(result.findings, batch, searched, told, memory);
    progress("judging", Math.min(start + BATCH, objects.length), objects.length);
  }
  return { findings, unreadable };
}

function keep(
  findings: readonly RawFinding[],
  objects: readonly JudgedObject[],
  files: readonly GatheredFile[],
  told: (object: JudgedObject) => string,
  memory: Memory,
): void {
  const ofObject = groupBy(findings, ({ object }) => object);
  for (const judged of objects)
    memory.objects.set(judged, { facts: told(judged), findings: ofObject.get(judged.object.id) ?? [] });
  const ofEvidence = groupBy(ofObject.get(null) ?? [], ({ evidence }) => evidence);
  for (const file of files)
    memory.files.set(
      file,
      file.evidence.flatMap(({ id }) => ofEvidence.get(id) ?? []),
    );
}
