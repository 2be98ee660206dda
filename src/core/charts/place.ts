import type { ChartRequest, RenderedScalar, ValuesLeaf } from "../../model/chart-rendering.ts";
import { SURFACES_HERE, type Location, type RelatedLocation } from "../../model/finding.ts";
import { isJsonObject, valueAt } from "../../model/json.ts";
import type { ChartRenderer } from "../ports.ts";
import type { Located } from "../triage/located.ts";
import type { Placed } from "../triage/settled.ts";
import type { ChartTexts } from "./chart-texts.ts";
import { locateInTemplate } from "./template-place.ts";
import { locateLeaf } from "./values-place.ts";
import { writtenUri, type RenderedFile } from "./rendered-file.ts";

/** What a secret in a rendered text covers in the files that a person wrote. */
export interface WrittenSecret {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

/** Where findings in rendered texts are written. */
export interface ChartPlaces {
  readonly placed: readonly Placed[];
  /** The whole scalars that feed findings: they may hold what the findings are about. */
  readonly secrets: readonly WrittenSecret[];
}

/**
 * Moves findings from rendered output to where they are written: the line of the values file where a
 * leaf of the values feeds the offending scalar, with the template line beside it; else the template
 * line. Which leaf feeds a scalar is not guessed: the renderer changes it and looks.
 */
export async function placeInCharts(
  findings: readonly Located[],
  rendered: ReadonlyMap<string, RenderedFile>,
  texts: ChartTexts,
  renderer: ChartRenderer,
): Promise<ChartPlaces> {
  const leaves = await findLeaves(findings, rendered, renderer);
  const secrets: WrittenSecret[] = [];
  const placed = findings.map((finding): Placed => {
    const file = rendered.get(finding.uri);
    if (file === undefined)
      return { location: finding.location, related: [], source: finding.uri, values: null, renderings: 0 };
    const template = locateInTemplate(file, finding.range, texts);
    const source = writtenUri(finding.uri);
    const {
      plan: { values },
      renderings,
    } = file;
    const [first, ...others] = leaves.get(finding) ?? [];
    const leaf = first === undefined ? null : locateLeaf(file, first, texts);
    if (leaf === null) return { location: template.location, related: template.helpers, source, values, renderings };
    secrets.push({ uri: leaf.uri, start: leaf.range.start.offset, end: leaf.range.end.offset });
    const related: RelatedLocation[] = [{ ...template.location, message: SURFACES_HERE }, ...template.helpers];
    for (const other of others) {
      const place = locateLeaf(file, other, texts);
      if (place !== null) related.push({ ...place, message: "also written here" });
    }
    return { location: leaf satisfies Location, related, source, values, renderings };
  });
  return { placed, secrets };
}

// One question for each rendering: each costs a render for every leaf that may have fed a scalar.
async function findLeaves(
  findings: readonly Located[],
  rendered: ReadonlyMap<string, RenderedFile>,
  renderer: ChartRenderer,
): Promise<ReadonlyMap<Located, readonly ValuesLeaf[]>> {
  const questions = new Map<ChartRequest, { findings: Located[]; scalars: RenderedScalar[] }>();
  for (const finding of findings) {
    const file = rendered.get(finding.uri);
    const origin = finding.judged?.object.origin;
    if (file === undefined || origin === undefined || !finding.exact) continue;
    const value = valueAt(finding.judged?.object.value ?? null, finding.path);
    // What a mapping holds may come from the values; that it is there is the template's doing.
    if (isJsonObject(value)) continue;
    const scalar = {
      template: file.template.name,
      document: origin.document.index,
      path: [...origin.base, ...finding.path],
      text: typeof value === "string" ? value : null,
      part: typeof value === "string" ? partOf(finding, file, value) : "",
    };
    const question = questions.get(file.plan.request) ?? { findings: [], scalars: [] };
    questions.set(file.plan.request, question);
    question.findings.push(finding);
    question.scalars.push(scalar);
  }
  const leaves = new Map<Located, readonly ValuesLeaf[]>();
  for (const [request, { findings: asked, scalars }] of questions) {
    const answers = await renderer.feeding(request, scalars);
    for (const [index, finding] of asked.entries()) leaves.set(finding, answers[index] ?? []);
  }
  return leaves;
}

// Evidence may be a part of its scalar, such as the password in a URL.
function partOf({ raw, range }: Located, { source }: RenderedFile, value: string): string {
  if (raw.evidence === null) return "";
  const part = source.text.slice(range.start.offset, range.end.offset);
  return part.length < value.length && value.includes(part) ? part : "";
}
