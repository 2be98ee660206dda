import { readTime } from "../facts/times.ts";

/** Whether `text` is a day of the calendar, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && readTime(text) !== null;
}

/** Whether a waiver that counts until a day, that day included and in UTC, is over at `clock` (epoch seconds). */
export function isOver(until: string | null, clock: number): boolean {
  if (until === null) return false;
  const day = readTime(until);
  return day === null || clock >= day + SECONDS_OF_DAY;
}

/** Whether the one counts at least as long as the other; `null` has no end. */
export function lastsAsLong(one: string | null, other: string | null): boolean {
  return one === null || (other !== null && one >= other);
}

const SECONDS_OF_DAY = 86_400;
