import type { Finding } from "../../model/finding.ts";
import { isJsonArray, isJsonObject, type Json } from "../../model/json.ts";
import type { Report, ReportedUnreadable } from "../../model/report.ts";

/** What was there when the baseline was written, by fingerprint. */
export interface Baseline {
  readonly findings: ReadonlySet<string>;
  readonly unreadable: ReadonlySet<string>;
}

const VERSION = 1;
const FINGERPRINT = /^v\d+:[0-9a-f]{8,128}$/;

/** Reads a baseline; what is wrong with it comes back in words that quote nothing. */
export function readBaseline(text: string): Baseline | string {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return "the baseline is no JSON";
  }
  if (!isJsonObject(value) || value["version"] !== VERSION)
    return `the baseline is not of version ${VERSION}; \`portcullis baseline\` writes one`;
  const findings = fingerprintsIn(value["findings"]);
  const unreadable = fingerprintsIn(value["unreadable"]);
  return findings === null || unreadable === null
    ? "the baseline must list fingerprints in `findings` and `unreadable`"
    : { findings, unreadable };
}

function fingerprintsIn(value: Json | undefined): ReadonlySet<string> | null {
  if (!isJsonArray(value)) return null;
  const texts = value.filter((item) => typeof item === "string" && FINGERPRINT.test(item)) as readonly string[];
  return texts.length === value.length ? new Set(texts) : null;
}

/** A baseline of all that a report lists and nobody waived; the same report gives the same bytes. */
export function writeBaseline({ findings, unreadable }: Pick<Report, "findings" | "unreadable">): string {
  const known = findings.filter(({ status }) => status !== "waived").map(({ fingerprint }) => fingerprint);
  return `${JSON.stringify(
    {
      version: VERSION,
      findings: [...new Set(known)].sort(),
      unreadable: [...new Set(unreadable.map(({ fingerprint }) => fingerprint))].sort(),
    },
    null,
    2,
  )}\n`;
}

/** A note about entries that match nothing any more; none where there are none. */
export function describeUnused(
  baseline: Baseline | null,
  findings: readonly Finding[],
  unreadable: readonly ReportedUnreadable[],
): readonly string[] {
  if (baseline === null) return [];
  const there = new Set([...findings, ...unreadable].map(({ fingerprint }) => fingerprint));
  const unused = [...baseline.findings, ...baseline.unreadable].filter((fingerprint) => !there.has(fingerprint)).length;
  return unused === 0
    ? []
    : [
        `${unused} ${unused === 1 ? "entry of the baseline matches" : "entries of the baseline match"} nothing any more; \`portcullis baseline\` writes it anew.`,
      ];
}

/** Gives what is new and in the baseline the status `baseline`. */
export function applyBaseline<Entry extends Finding | ReportedUnreadable>(
  entries: readonly Entry[],
  known: ReadonlySet<string> | undefined,
): readonly Entry[] {
  if (known === undefined || known.size === 0) return entries;
  return entries.map((entry) =>
    entry.status === "new" && known.has(entry.fingerprint) ? { ...entry, status: "baseline" } : entry,
  );
}
