import type { Json, JsonObject } from "../../model/json.ts";
import { isJsonObject } from "../../model/json.ts";
import type { Schedule } from "./cron.ts";
import { readGoDuration } from "./durations.ts";
import { firingDays, parseSchedule } from "./schedules.ts";

/** The longest stretches, in seconds, in which some window is open, and in which none is. */
export interface WindowReading {
  readonly longestOpen: number;
  readonly longestClosed: number;
}

/** How many intervals may still be laid out; shared by all lists of one run. */
export interface WindowBudget {
  intervals: number;
}

const DAY = 86_400;
/** Two years: each yearly window is seen twice. */
const SPAN_DAYS = 731;
const SPAN = SPAN_DAYS * DAY;
const MAX_WINDOWS = 32;

type Interval = readonly [start: number, end: number];

/** Whether `value` is a list of windows: objects with a schedule and a duration, of either naming. */
export function isWindowList(value: readonly Json[]): value is readonly JsonObject[] {
  return value.length > 0 && value.every((item) => isJsonObject(item) && windowFields(item) !== null);
}

/**
 * The union of the windows in `list` over two simulated years. Windows are those of the External
 * Secrets Operator (`schedule`, `duration`, UTC) and of cert-manager (`cron`, `windowDuration`, UTC
 * unless `timezone`): each opens when the schedule fires and stays open for the duration. Stretches
 * cut off by the end of the span count as long as they are seen. `null` where a window cannot be
 * read or the budget is spent.
 */
export function readWindows(list: readonly JsonObject[], budget: WindowBudget): WindowReading | null {
  if (list.length > MAX_WINDOWS) return null;
  const intervals: Interval[] = [];
  for (const item of list) {
    const fields = windowFields(item);
    const schedule = fields && parseSchedule(fields.schedule);
    const duration = fields && readGoDuration(fields.duration);
    const shift = fields && offsetOf(fields.timezone);
    if (!schedule || duration === null || duration < 0 || shift === null) return null;
    const opened = openings(schedule, Math.min(duration, SPAN), budget);
    if (opened === null) return null;
    for (const [start, end] of opened) intervals.push([start - shift, end - shift]);
  }
  return measure(intervals);
}

interface WindowFields {
  readonly schedule: string;
  readonly duration: string;
  readonly timezone: string;
}

function windowFields(item: JsonObject): WindowFields | null {
  const schedule = own(item, "schedule") ?? own(item, "cron");
  const duration = own(item, "duration") ?? own(item, "windowDuration");
  if (typeof schedule !== "string" || typeof duration !== "string") return null;
  const timezone = own(item, "timezone");
  return { schedule, duration, timezone: typeof timezone === "string" ? timezone : "UTC" };
}

function own(item: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(item, key) ? item[key] : undefined;
}

/** Merged intervals in which the window is open, in seconds from the start of the span. */
function openings(schedule: Schedule, duration: number, budget: WindowBudget): Interval[] | null {
  if (duration === 0) return [];
  if (schedule.kind === "interval") {
    if (duration >= schedule.seconds) return [[0, SPAN]];
    const count = Math.ceil(SPAN / schedule.seconds);
    if (!spend(budget, count)) return null;
    return Array.from({ length: count }, (_, index) => {
      const start = index * schedule.seconds;
      return [start, start + duration] as const;
    });
  }
  const daily = merge(schedule.times.map((time) => [time, time + duration] as const));
  const days = firingDays(schedule, SPAN_DAYS);
  if (!spend(budget, daily.length * days.length)) return null;
  return days.flatMap((day) => daily.map(([start, end]) => [day * DAY + start, day * DAY + end] as const));
}

function spend(budget: WindowBudget, amount: number): boolean {
  budget.intervals -= amount;
  return budget.intervals >= 0;
}

function merge(sorted: readonly Interval[]): Interval[] {
  const merged: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/**
 * A day at either end is not looked at: there, time zones push some windows out of the span and not
 * others. What is shut before anything has opened may have been open all the while, and counts only
 * where nothing ever opens.
 */
function measure(intervals: Interval[]): WindowReading {
  let longestOpen = 0;
  let longestClosed = 0;
  let closedSince: number | null = null;
  for (const [start, end] of merge(intervals.sort((a, b) => a[0] - b[0]))) {
    const from = Math.max(DAY, start);
    const to = Math.min(SPAN - DAY, end);
    if (to <= from) continue;
    longestOpen = Math.max(longestOpen, to - from);
    if (closedSince !== null) longestClosed = Math.max(longestClosed, from - closedSince);
    closedSince = to;
  }
  return { longestOpen, longestClosed: Math.max(longestClosed, SPAN - DAY - (closedSince ?? DAY)) };
}

const offsets = new Map<string, number | null>([["UTC", 0]]);
const MAX_ZONES = 1000;
/** 2024-01-15T00:00:00Z in milliseconds. */
const WINTER = 1_705_276_800_000;

/**
 * Seconds by which a time zone is ahead of UTC in winter; `null` for no time zone. The hour of
 * summer time is left out: windows are compared with limits of hours and days.
 */
function offsetOf(timezone: string): number | null {
  const known = offsets.get(timezone);
  if (known !== undefined) return known;
  const offset = timezone.length > 64 || offsets.size > MAX_ZONES ? null : winterOffset(timezone);
  if (offsets.size <= MAX_ZONES) offsets.set(timezone, offset);
  return offset;
}

function winterOffset(timeZone: string): number | null {
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
    const name = format.formatToParts(WINTER).find((part) => part.type === "timeZoneName");
    const match = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name?.value ?? "");
    if (match === null) return null;
    const seconds = Number(match[2] ?? 0) * 3600 + Number(match[3] ?? 0) * 60;
    return match[1] === "-" ? -seconds : seconds;
  } catch {
    // Intl throws a RangeError for a zone that does not exist.
    return null;
  }
}
