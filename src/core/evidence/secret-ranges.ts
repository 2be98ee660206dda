import type { Evidence } from "../../model/evidence.ts";
import { mayBeSecret } from "./redact.ts";

/** Offsets `[start, end)` of what may be secret in one file, sorted and apart from each other. */
export type SecretRanges = readonly (readonly [number, number])[];

/** What may be secret in the files of a run, by their path. */
export class SecretPlaces {
  readonly #ranges = new Map<string, (readonly [number, number])[]>();
  readonly #merged = new Map<string, SecretRanges>();

  /** Notes a stretch of a file; offsets in UTF-16 units. */
  add(uri: string, start: number, end: number): void {
    if (end <= start) return;
    this.#merged.delete(uri);
    const ranges = this.#ranges.get(uri);
    if (ranges === undefined) this.#ranges.set(uri, [[start, end]]);
    else ranges.push([start, end]);
  }

  /** Notes everything among `evidence` that may be a secret. */
  addEvidence(uri: string, evidence: readonly Evidence[]): void {
    for (const each of evidence) if (mayBeSecret(each)) this.add(uri, each.range.start.offset, each.range.end.offset);
  }

  /** All that was noted of a file, merged where it overlaps. */
  of(uri: string): SecretRanges {
    const known = this.#merged.get(uri);
    if (known !== undefined) return known;
    const merged: [number, number][] = [];
    for (const [start, end] of (this.#ranges.get(uri) ?? []).toSorted(([a], [b]) => a - b)) {
      const last = merged.at(-1);
      if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    this.#merged.set(uri, merged);
    return merged;
  }
}
