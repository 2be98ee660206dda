import type { DataPath, Json } from "../../model/json.ts";
import { isJsonArray, isJsonObject } from "../../model/json.ts";
import { MAX_DURATION_LENGTH, readDuration } from "./durations.ts";
import { MAX_SCHEDULE_LENGTH, readSchedule } from "./schedules.ts";
import { readTime } from "./times.ts";
import { isWindowList, readWindows } from "./windows.ts";
import type { WindowBudget } from "./windows.ts";

/** An object of the policy input: its id there, and its (already redacted) value. */
export interface FactSource {
  readonly id: number;
  readonly value: Json;
}

/** What a text can at least be; each starts differently, so one look at a text is enough. */
const CANDIDATE = /^(?:[-+.]?\d|P[\dT]|@[a-z]|rate\(|cron\(|(?:CRON_)?TZ=|[*?]\S*\s)/i;
const MAX_FACTS = 20_000;
const MAX_SCHEDULES = 2_000;
const MAX_WINDOW_LISTS = 1_000;
const MAX_WINDOW_INTERVALS = 600_000;
const MAX_DEPTH = 100;

/**
 * The policy input's `facts`: what the policy cannot work out itself, since it has neither clock nor
 * calendar.
 *
 * - `durations`: by text, its seconds in each grammar that takes it (see `DurationReadings`).
 * - `schedules`: by text, `{gap}`, the longest time between two runs in seconds.
 * - `times`: by text, RFC 3339 dates and timestamps in epoch seconds.
 * - `windows`: for each list of windows, `{object, path, longestOpen, longestClosed}` in seconds.
 *
 * A text that cannot be read is absent, and so is what goes beyond the limits on the number of
 * distinct texts: rules treat both as unreadable, never as compliant.
 */
export function collectFacts(objects: readonly FactSource[]): Json {
  const collector = new FactCollector();
  for (const { id, value } of objects) collector.visit(id, value, []);
  return collector.facts();
}

class FactCollector {
  readonly #seen = new Set<string>();
  readonly #durations: [string, Json][] = [];
  readonly #schedules: [string, Json][] = [];
  readonly #times: [string, Json][] = [];
  readonly #windows: Json[] = [];
  readonly #budget: WindowBudget = { intervals: MAX_WINDOW_INTERVALS };

  /** `path` is reused while descending; it is copied where it is kept. */
  visit(id: number, value: Json, path: (string | number)[]): void {
    if (typeof value === "string") {
      this.#read(value);
    } else if (path.length >= MAX_DEPTH) {
      return;
    } else if (isJsonArray(value)) {
      if (this.#windows.length < MAX_WINDOW_LISTS && isWindowList(value)) this.#measure(id, value, path);
      for (let index = 0; index < value.length; index++) this.#descend(id, value[index], path, index);
    } else if (isJsonObject(value)) {
      for (const key of Object.keys(value)) this.#descend(id, value[key], path, key);
    }
  }

  facts(): Json {
    // fromEntries defines own properties, whatever the text: also for `__proto__`.
    return {
      durations: Object.fromEntries(this.#durations),
      schedules: Object.fromEntries(this.#schedules),
      times: Object.fromEntries(this.#times),
      windows: this.#windows,
    };
  }

  #descend(id: number, value: Json | undefined, path: (string | number)[], step: string | number): void {
    if (value === undefined || value === null) return;
    path.push(step);
    this.visit(id, value, path);
    path.pop();
  }

  #measure(id: number, list: Parameters<typeof readWindows>[0], path: DataPath): void {
    const reading = readWindows(list, this.#budget);
    if (reading !== null) this.#windows.push({ object: id, path: [...path], ...reading });
  }

  #read(text: string): void {
    if (text.length > MAX_SCHEDULE_LENGTH || text.length === 0 || !CANDIDATE.test(text)) return;
    if (this.#seen.has(text)) return;
    this.#seen.add(text);
    if (this.#durations.length < MAX_FACTS && text.length <= MAX_DURATION_LENGTH) {
      const reading = readDuration(text);
      if (reading !== null) this.#durations.push([text, { ...reading }]);
    }
    if (this.#times.length < MAX_FACTS && /^\d{4}-/.test(text)) {
      const time = readTime(text);
      if (time !== null) this.#times.push([text, time]);
    }
    if (this.#schedules.length < MAX_SCHEDULES) {
      const reading = readSchedule(text);
      if (reading !== null) this.#schedules.push([text, { ...reading }]);
    }
  }
}
