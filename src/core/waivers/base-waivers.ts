import type { WaiverRequest } from "../../model/report.ts";
import type { Exemption } from "./annotations.ts";
import { lastsAsLong } from "./dates.ts";
import type { InlineWaiver } from "./inline.ts";

/** The waivers of the state that a run is compared with, and what becomes of those that it has not. */
export interface WaiverBase {
  /** Those in comments, by the name that their file has now. */
  readonly inline: readonly InlineWaiver[];
  /** Annotations that exempt, likewise. */
  readonly exemptions: readonly Pick<Exemption, "uri" | "key">[];
  /** `refuse`: they do not count, and are asked for. `tell`: they count, and a note says that elsewhere they need approval. */
  readonly added: "refuse" | "tell" | "count";
}

/** Which of the waivers in comments the base lacks. Each of its own stands for one, which does not last longer. */
export function addedWaivers(waivers: readonly InlineWaiver[], base: WaiverBase | null): ReadonlySet<InlineWaiver> {
  if (base === null) return new Set();
  const known = new Map<string, (string | null)[]>();
  const keyOf = ({ uri, key }: InlineWaiver): string => JSON.stringify([uri, key]);
  for (const waiver of base.inline) {
    const key = keyOf(waiver);
    known.set(key, [...(known.get(key) ?? []), waiver.until]);
  }
  return new Set(
    waivers.filter((waiver) => {
      const days = known.get(keyOf(waiver)) ?? [];
      const index = days.findIndex((until) => lastsAsLong(until, waiver.until));
      if (index !== -1) days.splice(index, 1);
      return index === -1;
    }),
  );
}

/** Which of the annotations that exempt the base lacks. */
export function addedExemptions(exemptions: readonly Exemption[], base: WaiverBase | null): readonly Exemption[] {
  if (base === null) return [];
  const keyOf = ({ uri, key }: Pick<Exemption, "uri" | "key">): string => JSON.stringify([uri, key]);
  const known = new Set(base.exemptions.map(keyOf));
  return exemptions.filter((exemption) => !known.has(keyOf(exemption)));
}

/** Requests in the order of files and lines, each once. */
export function sortRequests(requests: readonly WaiverRequest[]): readonly WaiverRequest[] {
  const each = new Map(requests.map((request) => [JSON.stringify(request), request]));
  return [...each.values()].sort((a, b) => (a.uri === b.uri ? (a.line ?? 0) - (b.line ?? 0) : a.uri < b.uri ? -1 : 1));
}
