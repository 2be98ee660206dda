import type { Finding } from "../model/finding.ts";
import type { Stats } from "../model/report.ts";
import { SEVERITIES } from "../model/rule.ts";
import { CHART_API } from "./charts/chart-sources.ts";
import type { GatheredFile } from "./gathered-file.ts";
import type { JudgedObject } from "./input/policy-input.ts";
import type { InputText, LoadedFile } from "./loaded-file.ts";

/** What the counts of a run are made from. */
export interface StatsInput {
  readonly texts: readonly InputText[];
  readonly skipped: Stats["skipped"];
  readonly files: readonly LoadedFile[];
  readonly objects: number;
  readonly rules: number;
  readonly findings: readonly Finding[];
}

/** Counts a run; files that are only there for references do not count. */
export function statsOf({ texts, skipped, files, objects, rules, findings }: StatsInput): Stats {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as {
    -readonly [S in keyof Stats["findings"]]: number;
  };
  for (const { severity } of findings) counts[severity] += 1;
  const own = files.filter(({ context }) => !context);
  const manifests = own.filter(({ documents }) => documents.length > 0).length;
  return {
    files: texts.filter(({ context }) => !context).length,
    objects,
    texts: own.length - manifests,
    skipped,
    rules,
    findings: counts,
  };
}

/** The Kubernetes objects of a run: files of charts are judged like objects, and are none. */
export function manifestsIn(gathered: readonly Pick<GatheredFile, "context" | "objects">[]): readonly JudgedObject[] {
  const own = gathered.filter(({ context }) => !context).flatMap(({ objects }) => objects);
  return own.filter(({ object }) => object.apiVersion !== CHART_API);
}
