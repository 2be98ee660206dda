import { LOOSE, type Unit } from "../model/document.ts";
import type { Shard } from "../model/check-request.ts";

/** What of a run one shard judges. Every file, chart and unit belongs to exactly one shard. */
export interface Share {
  /** Whether object rules and token detection judge the file here; `uri` is relative to the root. */
  readonly ownsFile: (uri: string) => boolean;
  /** Whether the chart in that folder is rendered here. */
  readonly ownsChart: (folder: string) => boolean;
  /** Whether set rules judge the unit here. */
  readonly ownsUnit: (unit: Unit) => boolean;
}

/** The most shards that a run is split into. */
export const MOST_SHARDS = 256;

/** Reads `2/4`, the second of four shards; `null` for what is none. */
export function parseShard(text: string): Shard | null {
  const [, index = "", count = ""] = /^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return count === "" || shard.index < 1 || shard.index > shard.count || shard.count > MOST_SHARDS ? null : shard;
}

/** The share of a run that is not split. */
export const EVERYTHING: Share = { ownsFile: () => true, ownsChart: () => true, ownsUnit: () => true };

/**
 * The share of one of `count` shards. Files go by their folder, charts by theirs with all units that they render to, kustomizations by their unit. The
 * loose objects of the whole repository are one unit, so that grants meet their roles across folders: one shard has it.
 */
export function shareOf(shard: Shard | null): Share {
  if (shard === null) return EVERYTHING;
  const owns = (name: string): boolean => hash(name) % shard.count === shard.index - 1;
  const ownsChart = (folder: string): boolean => owns(`chart ${folder}`);
  return {
    ownsFile: (uri) => owns(`folder ${uri.slice(0, Math.max(0, uri.lastIndexOf("/")))}`),
    ownsChart,
    ownsUnit: (unit) => {
      const [, folder] = /^chart:(.*?)(?: with .*)?$/.exec(unit) ?? [];
      if (folder !== undefined) return ownsChart(folder === "." ? "" : folder);
      return owns(unit === LOOSE ? "unit loose" : `unit ${unit}`);
    },
  };
}

// FNV-1a over UTF-16 units: the same on every machine.
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193) >>> 0;
  }
  // The low bits alone are too regular for names that differ in one digit.
  return (value ^ (value >>> 15)) >>> 0;
}
