import type { DiscoveredFile } from "./collection.ts";
import { DEFAULT_READ_LIMITS, readText, type ReadLimits, type ReadOptions, type ReadResult } from "./read.ts";

/** How many files are read at once; more gains nothing, since Node reads with four threads. */
const CONCURRENCY = 16;

/**
 * Reads `files` and gives the results in their order. At most 16 are open or waiting to be taken, so
 * a consumer that keeps no text holds few of them at a time.
 */
export async function* readAll(
  files: readonly DiscoveredFile[],
  limits: ReadLimits = DEFAULT_READ_LIMITS,
  optionsFor: (file: DiscoveredFile) => ReadOptions = () => ({}),
): AsyncGenerator<ReadResult, void, undefined> {
  const pending: Promise<ReadResult>[] = [];
  let next = 0;
  try {
    while (next < files.length || pending.length > 0) {
      for (; next < files.length && pending.length < CONCURRENCY; next += 1) {
        const file = files[next];
        if (file !== undefined) pending.push(readText(file, limits, optionsFor(file)));
      }
      const first = pending.shift();
      if (first !== undefined) yield await first;
    }
  } finally {
    // A consumer that stops early, or a defect, must leave no rejection unhandled.
    await Promise.allSettled(pending);
  }
}
