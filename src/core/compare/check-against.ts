import { check } from "../check.ts";
import type { Checked, CheckInput, CheckPorts } from "../run.ts";
import { Memory } from "../memory.ts";
import type { ChartPort, ChartRenderer } from "../ports.ts";
import type { WaiverBase } from "../waivers/base-waivers.ts";
import { compareReports, type Comparison } from "./compare.ts";

/** The base of a comparison, and how its charts are read. */
export interface BaseInput extends Comparison {
  readonly input: CheckInput;
  readonly readChart: ChartPort["read"];
  /** What becomes of waivers that only the head has. */
  readonly addedWaivers: WaiverBase["added"];
}

/**
 * Judges base and head in full, work common to both once, and gives the head's report with the status
 * that each finding has against the base.
 */
export async function checkAgainst(
  base: BaseInput,
  head: CheckInput,
  ports: CheckPorts,
): Promise<{ checked: Checked; before: Checked }> {
  const memory = new Memory();
  const reader = ports.charts;
  const renderer = reader === null ? null : rememberFeeding(reader.renderer);
  const charts = (read: ChartPort["read"]): ChartPort | null => (renderer === null ? null : { read, renderer });
  const before = await check(
    base.input,
    {
      ...ports,
      charts: charts(base.readChart),
      progress: (stage, done, total) => ports.progress(`base: ${stage}`, done, total),
      stage: (name) => ports.stage(`base ${name}`),
    },
    memory,
  );
  const after = await check(
    head,
    { ...ports, charts: reader === null ? null : charts((folder) => reader.read(folder)) },
    memory,
    { objects: before.objects, waivers: waiversOf(before, base), renames: base.renames },
  );
  const report = compareReports(before, after, base);
  ports.stage("compare");
  return { checked: { ...after, report }, before };
}

// By the names that files have in the head.
function waiversOf({ waivers }: Checked, { renames, addedWaivers }: BaseInput): WaiverBase {
  const moved = <Written extends { readonly uri: string }>(each: Written): Written => ({
    ...each,
    uri: renames.get(each.uri) ?? each.uri,
  });
  return { inline: waivers.inline.map(moved), exemptions: waivers.exemptions.map(moved), added: addedWaivers };
}

// Which values feed a scalar is proven by rendering again and again; both sides ask the same questions.
function rememberFeeding(renderer: ChartRenderer): ChartRenderer {
  const known = new Map<string, ReturnType<ChartRenderer["feeding"]>>();
  const decoder = new TextDecoder("latin1");
  return {
    render: (request) => renderer.render(request),
    feeding: (request, scalars) => {
      const values = request.options.values.map(({ name, data }) => [name, decoder.decode(data)]);
      const key = JSON.stringify([request.key, { ...request.options, values }, scalars]);
      const answer = known.get(key) ?? renderer.feeding(request, scalars);
      known.set(key, answer);
      return answer;
    },
  };
}
