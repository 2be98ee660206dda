import type { Unreadable } from "../../model/document.ts";
import type { Finding, Location, RawFinding } from "../../model/finding.ts";
import { yieldsOf } from "../../model/rule.ts";
import { writtenUri } from "../charts/rendered-file.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import type { Digest } from "../ports.ts";
import { fingerprints, stablePath, type FingerprintParts } from "./fingerprint.ts";
import { compareLocated, distinct, identityOf, locateFinding, type Located, type Lookup } from "./located.ts";
import { settleOverlaps } from "./overlap.ts";
import { groupRenderings, onceOnly, settledAt, type Placed, type Settled } from "./settled.ts";
import { toFinding } from "./to-finding.ts";

/** Tells where findings are written, in their order. */
export type Place = (findings: readonly Located[]) => Promise<readonly Placed[]>;

/** What a finding is recognised by in another state of the repository; no report may show it. */
export interface Trace {
  readonly parts: FingerprintParts;
  readonly judged: JudgedObject | null;
  /** Where it is written, to the end: a report's location is cut down where it would tell a length. */
  readonly location: Location;
}

/**
 * Locates raw findings, drops what the configuration leaves out and what is to be told only once, folds
 * findings of one place into the one that speaks for it, moves those in rendered output to where they are
 * written, and gives each its fingerprint. Findings come back in the order of files, lines and rules, each
 * with its trace. A raw finding that names an
 * unknown rule, variant or object is a defect of the policy and comes back as unreadable.
 */
export async function assembleFindings(
  raw: readonly RawFinding[],
  lookup: Lookup,
  place: Place,
  digest: Digest,
): Promise<{ findings: readonly Finding[]; traces: readonly Trace[]; unreadable: readonly Unreadable[] }> {
  const unreadable: Unreadable[] = [];
  const located: Located[] = [];
  for (const finding of raw) {
    const result = locateFinding(finding, lookup);
    if (result === "off") continue;
    if (result === null) {
      const message = `rule ${finding.rule} returned a finding that does not fit its METADATA (${finding.variant})`;
      unreadable.push({ uri: ".", reason: "evaluation-failed", message, at: null });
    } else if (!isLeftOut(result, lookup)) {
      located.push(result);
    }
  }
  located.sort(compareLocated);
  const yieldsTo = ({ metadata, raw: { variant } }: Located) => yieldsOf(metadata, variant);
  const settled = settleOverlaps(distinct(located), yieldsTo);
  const placed = await place(settled.map(({ finding }) => finding));
  const moved = settled.map(({ finding, also }, index) => settledAt(finding, also, placed[index]));
  const groups = groupRenderings(
    onceOnly(
      moved.filter(
        ({
          located: {
            raw: { rule, variant },
            judged,
          },
          uri,
        }) => !lookup.excluded(rule, variant, uri, identityOf(judged)),
      ),
    ),
  );
  // What was found in a values file itself and in what it renders to meets only now.
  const last = settleOverlaps(
    groups.map(([first]) => first),
    (finding) => yieldsTo(finding.located),
  );
  const byFirst = new Map(groups.map((group) => [group[0], group]));
  const ordered = last
    .map(({ finding, also }) => ({
      group: byFirst.get(finding) ?? ([finding] as const),
      also: [...new Set([...finding.also, ...also])].sort(),
    }))
    .sort((a, b) => compareLocated(atPlace(a.group[0]), atPlace(b.group[0])));
  const traces = ordered.map(({ group: [first] }): Trace => ({
    parts: printParts(first),
    judged: first.located.judged,
    location: first.placed.location,
  }));
  const prints = fingerprints(
    traces.map(({ parts }) => parts),
    digest,
  );
  const findings = ordered.map(({ group, also }, index) => toFinding(group, also, prints[index] ?? "", lookup));
  return { findings, traces, unreadable };
}

// What is left out where it is found may not fold in others; what is rendered is written elsewhere, which shows later.
function isLeftOut({ rule, uri, judged, raw: { variant } }: Located, lookup: Lookup): boolean {
  return writtenUri(uri) === uri && lookup.excluded(rule, variant, uri, identityOf(judged));
}

function atPlace({ located, placed: { location } }: Settled): Located {
  return { ...located, uri: location.uri, range: location.range };
}

function printParts({
  located: {
    raw: { rule, variant, path },
    judged,
  },
  placed,
}: Settled): FingerprintParts {
  return {
    rule,
    variant,
    uri: placed.source,
    object: identityOf(judged),
    path: judged === null ? [] : stablePath(judged.redacted, path),
  };
}
