import type { SourceText, Unreadable, YamlDocument, KubernetesObject } from "../model/document.ts";
import { CHART_API, chartSourceUnit, templateFile } from "./charts/chart-sources.ts";
import { chartRoots, type Chart, type ChartPart } from "./input/charts.ts";
import { holdsManifest, isCandidate, mayHoldObjects } from "./input/candidate.ts";
import { chartFile } from "./input/chart-files.ts";
import { CODE_OWNERS_PATHS, codeOwnersObject } from "./input/code-owners.ts";
import { configurationFile } from "./input/configuration-files.ts";
import { generatorFiles } from "./input/generator-files.ts";
import { IMPLIED_KUSTOMIZATION, isKustomizationName, type KustomizationSource } from "./input/kustomization.ts";
import { planKustomizations, type KustomizePlan } from "./input/kustomize.ts";
import { objectsOf, type Placement } from "./input/objects.ts";
import { hasManifestExtension } from "./input/text-kinds.ts";
import type { InputText, LoadedFile } from "./loaded-file.ts";
import { Memory } from "./memory.ts";
import { LineIndex } from "./yaml/lines.ts";
import { parseYaml } from "./yaml/parse.ts";
import { toValue } from "./yaml/value.ts";

/** What a run is about, read and taken apart. */
export interface LoadedSet {
  /** Outermost charts; their templates are text here. */
  readonly charts: readonly Chart[];
  /** Manifests, and texts to search for tokens; in the order of the input. */
  readonly files: readonly LoadedFile[];
  readonly unreadable: readonly Unreadable[];
}

/**
 * Takes texts apart into objects and texts that are searched for tokens only. A candidate that can't
 * be parsed is unreadable; anything else that can't (templates, workflow expressions) is text.
 * Templates of charts are text here: they are rendered elsewhere. `memory` gives objects their ids, and
 * files that an earlier run took apart in the same surroundings; `isValues` names further files that
 * are values of charts, unless they are manifests.
 */
export function load(
  inputs: readonly InputText[],
  memory: Memory,
  isValues: (uri: string) => boolean = () => false,
): LoadedSet {
  const nextId = memory.nextObject;
  const texts = new Map(inputs.map(({ source }) => [source.uri, source.text]));
  const charts = chartRoots([...texts.keys()], (uri) => texts.get(uri));
  const kustomizations = kustomizationSources(inputs, memory);
  const rootsKey = JSON.stringify(charts.roots);
  const plan = planKustomizations(kustomizations, (uri) => texts.has(uri));
  const generated = generatorFiles(kustomizations);
  const codeOwners = CODE_OWNERS_PATHS.find((uri) => texts.has(uri));
  const unreadable: Unreadable[] = [...plan.errors];
  const files: LoadedFile[] = [];
  for (const input of inputs) {
    const { source, context } = input;
    // Whoever owns the files of a run, owns them whatever part of the repository it is about.
    const special =
      source.uri === codeOwners
        ? codeOwnersObject(source, nextId)
        : chartFileOf(source, context ? [] : charts.roots, texts, nextId);
    if (special !== null) {
      files.push({ source, lines: new LineIndex(source.text), context, ...special });
      continue;
    }
    // What lies in a chart is the renderer's: templates are no YAML, and values are no objects.
    const located = charts.partOf(source.uri);
    const named = located === "none" && isValues(source.uri) && !holdsManifest(source.text);
    const part = named ? "values" : located;
    const inChart = part !== "none";
    const inKustomization = plan.candidates.has(source.uri) || isKustomizationName(source.uri);
    const surroundings = JSON.stringify([
      part,
      inChart && rootsKey,
      inKustomization,
      input.explicit,
      context,
      plan.placementOf(source.uri),
      generated.get(source.uri) ?? null,
    ]);
    const known = memory.loaded.get(source);
    if (known?.surroundings === surroundings) {
      files.push(known.file);
      continue;
    }
    const keep = (file: LoadedFile): void => {
      files.push(file);
      // The patches in a kustomization depend on the other ones.
      if (!plan.kustomizations.has(source.uri)) memory.loaded.set(source, { surroundings, file });
    };
    const lines = new LineIndex(source.text);
    const candidate = isCandidate(source.text, source.uri, { inChart, inKustomization, named: input.explicit });
    const readable = candidate || (!inChart && hasManifestExtension(source.uri) && mayHoldObjects(source.text));
    const parsed = readable ? parsedOnce(source, memory) : null;
    if (parsed === null || parsed.kind === "invalid") {
      if (parsed !== null && candidate && !context) {
        unreadable.push({ uri: source.uri, reason: parsed.reason, message: parsed.message, at: parsed.at });
      }
      if (context) continue;
      const configuration = () =>
        configurationFile(source, generated.get(source.uri), nextId) ?? { documents: [], objects: [] };
      const file = chartSource(source, lines, part, charts.roots, nextId) ?? {
        source,
        lines,
        context,
        ...configuration(),
      };
      // A candidate that can't be read is to be reported by each run.
      if (candidate) files.push(file);
      else keep(file);
      continue;
    }
    const objects = [
      ...objectsOf(source, parsed.documents, {
        ...plan.placementOf(source.uri),
        nextId,
        implied: impliedType(plan, source),
      }),
      ...inlinePatches(plan, source, nextId),
    ];
    const instead = objects.length > 0 || context ? null : configurationFile(source, generated.get(source.uri), nextId);
    keep({ source, lines, context, documents: parsed.documents, objects, ...instead });
  }
  return { charts: charts.roots, files, unreadable };
}

function chartFileOf(
  source: SourceText,
  roots: readonly Chart[],
  texts: ReadonlyMap<string, string>,
  nextId: () => number,
): ReturnType<typeof chartFile> | null {
  const chart = roots.find(({ uri }) => uri === source.uri);
  return chart === undefined ? null : chartFile(chart, source, texts, nextId);
}

/** The kind under which a values file of a chart is handed to the policy. */
export const VALUES_KIND = "HelmValues";

function chartSource(
  source: SourceText,
  lines: LineIndex,
  part: ChartPart,
  roots: readonly Chart[],
  nextId: () => number,
): LoadedFile | null {
  if (part === "template") return templateFile(source, lines, roots, nextId);
  return part === "values" ? valuesFile(source, lines, roots, nextId) : null;
}

// A values file is no object, but its names and values are judged like those of one.
function valuesFile(source: SourceText, lines: LineIndex, roots: readonly Chart[], nextId: () => number): LoadedFile {
  const parsed = parseYaml(source.text);
  if (parsed.kind === "invalid") return { source, lines, context: false, documents: [], objects: [] };
  const objects = parsed.documents
    .filter(({ root }) => root.kind === "mapping")
    .map((document): KubernetesObject => ({
      id: nextId(),
      origin: { source, document, base: [] },
      value: toValue(document.root),
      apiVersion: CHART_API,
      kind: VALUES_KIND,
      name: source.uri,
      namespace: "",
      units: [chartSourceUnit(source.uri, roots)],
      partial: false,
    }));
  return { source, lines, context: false, documents: parsed.documents, objects };
}

/** What the kustomizations of a run say about files that are still to be read. */
export interface ReadingPlan {
  /** Paths inside the root that they name and that are not among the files. */
  readonly missing: readonly string[];
  /** Whether a file holds objects, or is text to be searched, whatever it is called. */
  readonly optionsFor: (uri: string) => { readonly named: boolean; readonly text: boolean };
}

/** Works out what the kustomizations among `inputs` name; `uris` are all files of the run. */
export function planReading(inputs: readonly InputText[], uris: ReadonlySet<string>): ReadingPlan {
  const plan = planKustomizations(kustomizationSources(inputs, new Memory()), (uri) => uris.has(uri));
  return {
    missing: plan.missing,
    optionsFor: (uri) => ({ named: plan.candidates.has(uri), text: plan.texts.has(uri) }),
  };
}

// kustomize accepts a kustomization.yaml that says neither.
function impliedType(plan: KustomizePlan, { uri }: SourceText): typeof IMPLIED_KUSTOMIZATION | undefined {
  return plan.kustomizations.has(uri) ? IMPLIED_KUSTOMIZATION : undefined;
}

function inlinePatches(plan: KustomizePlan, source: SourceText, nextId: () => number): readonly KubernetesObject[] {
  return plan.inlinePatches
    .filter((patch) => patch.source === source)
    .flatMap(({ documents, placement }: { documents: readonly YamlDocument[]; placement: Placement }) =>
      objectsOf(source, documents, { ...placement, nextId }),
    );
}

function parsedOnce(source: SourceText, memory: Memory): ReturnType<typeof parseYaml> {
  const known = memory.parsed.get(source);
  if (known !== undefined) return known;
  const parsed = parseYaml(source.text);
  memory.parsed.set(source, parsed);
  return parsed;
}

function kustomizationSources(inputs: readonly InputText[], memory: Memory): readonly KustomizationSource[] {
  const sources: KustomizationSource[] = [];
  for (const { source } of inputs) {
    if (!isKustomizationName(source.uri)) continue;
    const parsed = parsedOnce(source, memory);
    if (parsed.kind === "documents") sources.push({ source, documents: parsed.documents });
  }
  return sources;
}
