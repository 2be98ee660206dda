import { LOOSE } from "../model/document.ts";
import type { MaskedSources, Report } from "../model/report.ts";
import type { RuleMetadata } from "../model/rule.ts";
import { CHART_API } from "./charts/chart-sources.ts";
import { ChartTexts } from "./charts/chart-texts.ts";
import { placeInCharts } from "./charts/place.ts";
import { renderAll } from "./charts/render-all.ts";
import { changesSince } from "./compare/changes.ts";
import { namedValues } from "./charts/values-files.ts";
import { noteWrittenSecrets } from "./charts/written-secrets.ts";
import { applyBaseline, describeUnused } from "./baseline/baseline.ts";
import { activeRules, thresholdOf } from "./config/settings.ts";
import { SecretPlaces } from "./evidence/secret-ranges.ts";
import { CertificateFinder } from "./facts/certificates.ts";
import { repositoryAddresses } from "./facts/repository.ts";
import { evidenceOf, evidenceOptions, gatherEvidence, valuesGlobs } from "./gather.ts";
import type { GatheredFile } from "./gathered-file.ts";
import type { JudgedObject } from "./input/policy-input.ts";
import { judge } from "./judge/judge.ts";
import { SHARED_KINDS } from "./judge/units.ts";
import { load } from "./load.ts";
import type { LoadedFile } from "./loaded-file.ts";
import { lookupIn } from "./lookup.ts";
import { maskSources } from "./mask-sources.ts";
import { Memory } from "./memory.ts";
import type { CheckBase, Checked, CheckInput, CheckPorts } from "./run.ts";
import { rotationOf } from "./rotation/rotation.ts";
import { shareOf, type Share } from "./shard.ts";
import { manifestsIn, statsOf } from "./stats.ts";
import { assembleFindings } from "./triage/assemble.ts";
import type { Located } from "./triage/located.ts";
import type { Placed } from "./triage/settled.ts";
import { withControls } from "./triage/controls.ts";
import { maskFileNames, maskSourceNames } from "./triage/mask-names.ts";
import { reportUnreadable } from "./triage/unreadable.ts";
import { ignoredExclusions } from "./triage/exclude.ts";
import { verdictOf } from "./triage/verdict.ts";
import { exemptionsIn, withoutExemptions } from "./waivers/annotations.ts";
import { addedExemptions } from "./waivers/base-waivers.ts";
import { waive } from "./waivers/waive.ts";

/**
 * Judges texts: the one pipeline that the command line, the Action and the tests share. Pure but for
 * its ports. With the `memory` of an earlier run, what is the same is not judged again. With a `base`, rules are
 * told what changed since, and waivers that it lacks are told apart. Throws only for defects.
 */
export async function check(
  input: CheckInput,
  ports: CheckPorts,
  memory: Memory = new Memory(),
  base: CheckBase | null = null,
): Promise<Checked> {
  const { config } = input;
  const rules = activeRules(config, input.rules);
  const failOn = thresholdOf(config);
  const { charts: configured, flags } = input.chartSettings;
  const isValues = namedValues(valuesGlobs(config, input.rules), [
    ...configured.flatMap(({ values }) => values),
    ...flags.values,
  ]);
  const loaded = load(input.texts, memory, isValues);
  ports.stage("parse");
  const share = shareOf(input.shard);
  const ownCharts = loaded.charts.filter(({ root }) => share.ownsChart(root));
  const charts = await renderAll(ownCharts, input, ports, memory);
  if (loaded.charts.length > 0) ports.stage("charts");
  const files: readonly LoadedFile[] = [...loaded.files.filter((file) => isNeeded(file, share)), ...charts.files];
  const found = await gatherEvidence(
    files,
    ports.detector,
    { ...evidenceOptions(config, input.rules, files), certificates: certificateFinder(rules, ports) },
    input.clock,
    (done) => ports.progress("reading evidence", done, files.length),
    memory,
  );
  ports.stage("evidence");
  const exemptions = exemptionsIn(found, config.prefix);
  const waiverBase = base?.waivers ?? null;
  const added = addedExemptions(exemptions, waiverBase);
  const gathered = withoutExemptions(found, waiverBase?.added === "refuse" ? added : []);
  const addresses = repositoryAddresses(input.remotes ?? []);
  const rendered = new Map(charts.files.map((file) => [file.source.uri, file]));
  const objects = manifestsIn(gathered.filter(({ uri }) => rendered.has(uri) || share.ownsFile(uri)));
  const changes = base === null ? new Map() : changesSince(base.objects, objects, base.renames);
  const run = { memory, share, addresses, changes, progress: ports.progress };
  const judgement = await judge(gathered, rules, config, input.clock, ports.engine, run);
  ports.stage("policy");

  const sources = new Map(loaded.files.map(({ source }) => [source.uri, source]));
  const texts = new ChartTexts((uri) => sources.get(uri)?.text ?? charts.read(uri));
  const secrets = new SecretPlaces();
  for (const file of gathered) {
    const from = rendered.get(file.uri);
    if (from === undefined) secrets.addEvidence(file.uri, evidenceOf(file));
    else noteWrittenSecrets(from, evidenceOf(file), texts, secrets);
  }
  const place = async (found: readonly Located[]): Promise<readonly Placed[]> => {
    if (ports.charts === null || rendered.size === 0) return found.map(placedWhereFound);
    const places = await placeInCharts(found, rendered, texts, ports.charts.renderer);
    for (const { uri, start, end } of places.secrets) secrets.add(uri, start, end);
    return places.placed;
  };
  const secretsOf = (uri: string) => secrets.of(uri);
  const lookup = lookupIn({ files, rendered, texts, gathered, config, rules: input.rules, secretsOf });
  const assembled = await assembleFindings(judgement.findings, lookup, place, ports.digest);

  const contexts = new Set(loaded.files.filter(({ context }) => context).map(({ source }) => source.uri));
  const own = assembled.findings.map(({ location }) => !contexts.has(location.uri));
  const traces = assembled.traces.filter((_, index) => own[index]);
  const waived = waive({
    files: loaded.files,
    findings: assembled.findings.filter((_, index) => own[index]),
    traces,
    config,
    rules: input.rules,
    active: rules,
    clock: input.clock,
    base: waiverBase,
    added,
    saw: { all: input.whole && input.shard === null, files: input.shard === null },
    prefix: config.prefix,
    secretsOf,
    placeOf: lookup.locateWritten,
  });
  const findings = applyBaseline(waived.findings, input.baseline?.findings);
  const allUnreadable = reportUnreadable(
    [
      ...[...input.unreadable, ...loaded.unreadable].filter(({ uri }) => share.ownsFile(uri)),
      ...charts.unreadable,
      ...judgement.unreadable,
      ...assembled.unreadable,
    ],
    ports.digest,
  );
  const unreadable = applyBaseline(allUnreadable, input.baseline?.unreadable);
  const nothing = input.requireObjects && objects.length === 0;
  const notes = [
    ...input.notes,
    ...charts.notes,
    ...ignoredExclusions(config),
    ...waived.notes,
    ...(input.whole && input.shard === null ? describeUnused(input.baseline, findings, unreadable) : []),
    ...(nothing ? ["No Kubernetes object was found, and at least one was required."] : []),
  ];
  const report: Report = {
    verdict: nothing ? "error" : verdictOf(findings, unreadable, failOn),
    failOn,
    findings,
    fixed: [],
    base: null,
    shard: input.shard,
    permissions: null,
    rotation: input.rotation === true ? rotationIn(gathered, objects, input, lookup.locateWritten) : null,
    pending: [],
    waiverRequests: waived.requests,
    unreadable,
    stats: statsOf({
      texts: input.texts.filter(({ source }) => share.ownsFile(source.uri)),
      skipped: input.shard === null || input.shard.index === 1 ? input.skipped : {},
      files: loaded.files.filter(({ source }) => share.ownsFile(source.uri)),
      objects: objects.length,
      rules: rules.length,
      findings,
    }),
    rules,
    applied: judgement.applied,
    controls: [],
    notes,
    timings: null,
    version: input.version,
  };
  for (const source of texts.opened()) sources.set(source.uri, source);
  // A kustomization's generators and patches are no objects yet, so nobody has looked into them.
  const manifests = new Set(
    gathered
      .filter(({ objects }) => objects.length > 0 && objects.every(({ object }) => object.kind !== "Kustomization"))
      .map(({ uri }) => uri),
  );
  const shown = maskFileNames(report);
  ports.stage("triage");
  let masked: MaskedSources | null = null;
  return {
    report: withControls(shown, input.frameworks, input.rules),
    // Nobody looks at those of a base.
    get sources() {
      return (masked ??= maskSourceNames(maskSources(findings, sources, secretsOf, (uri) => manifests.has(uri))));
    },
    traces,
    waivers: { inline: waived.inline, exemptions },
    objects,
    placeOf: lookup.locateWritten,
    textOf: (uri) => sources.get(uri)?.text ?? null,
  };
}

// References may lead to objects that are not judged.
function rotationIn(
  gathered: readonly GatheredFile[],
  objects: readonly JudgedObject[],
  { config, clock }: CheckInput,
  placeOf: Checked["placeOf"],
): Report["rotation"] {
  const own = new Set(objects);
  return rotationOf({
    objects: gathered.flatMap((file) => file.objects).filter(({ object }) => object.apiVersion !== CHART_API),
    isOwn: (judged) => own.has(judged),
    prefix: config.prefix,
    clock,
    lineOf: (judged, path) => {
      const { range, precision } = placeOf(judged, path);
      return precision === "file" ? null : range.start.line;
    },
  });
}

function placedWhereFound({ location, uri }: Located): Placed {
  return { location, related: [], source: uri, values: null, renderings: 0 };
}

// Only what a rule that is on asks for is looked for.
function certificateFinder(rules: readonly RuleMetadata[], ports: CheckPorts): CertificateFinder | null {
  return rules.some(({ needs }) => needs.includes("certificates"))
    ? new CertificateFinder(ports.readCertificate)
    : null;
}

// What another shard judges is needed here where a unit of this one holds it, or may refer to it.
function isNeeded({ source, objects }: LoadedFile, { ownsFile, ownsUnit }: Share): boolean {
  return (
    ownsFile(source.uri) ||
    objects.some(({ units, kind }) => units.some(ownsUnit) || (units.includes(LOOSE) && SHARED_KINDS.has(kind)))
  );
}
