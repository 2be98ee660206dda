import { parseAwsSchedule } from "./aws-schedules.ts";
import { daysInMonth, epochDay, weekdayOf } from "./calendar.ts";
import { parseCron } from "./cron.ts";
import type { CalendarDay, CalendarSchedule, Schedule } from "./cron.ts";
import { readGoDuration } from "./durations.ts";

/** What is known about a schedule: the longest time, in seconds, that passes between two runs. */
export interface ScheduleReading {
  readonly gap: number;
}

/** Longer texts are no schedules. */
export const MAX_SCHEDULE_LENGTH = 128;

const DAY = 86_400;
/** 2024 to 2028, so that 29 February is seen twice. */
const FIRST_YEAR = 2024;
const GAP_DAYS = 1827;

const SHORTHANDS: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

/**
 * A schedule text as Kubernetes and AWS read it: five-field cron, `@daily` and its like, `@every 1h`
 * (github.com/robfig/cron/v3, which Kubernetes uses), `rate(…)`, `cron(…)`. A `TZ=` prefix is
 * skipped: a time zone moves the runs, not the time between them. `null` where it is no schedule.
 */
export function parseSchedule(text: string): Schedule | null {
  if (text.length > MAX_SCHEDULE_LENGTH) return null;
  const bare = text.replace(/^(?:CRON_)?TZ=\S{1,64}\s+/, "").trim();
  if (bare.startsWith("@every ")) {
    const seconds = readGoDuration(bare.slice(7).trim());
    // robfig rounds what is shorter up to a second and cannot go back in time.
    return seconds === null || seconds <= 0 ? null : { kind: "interval", seconds: Math.max(1, seconds) };
  }
  const shorthand = Object.hasOwn(SHORTHANDS, bare) ? SHORTHANDS[bare] : undefined;
  return parseAwsSchedule(bare) ?? parseCron(shorthand ?? bare);
}

/**
 * The longest time between two runs, looked for over five simulated years in UTC. A schedule that
 * never comes (30 February) has all of them as its gap.
 */
export function readSchedule(text: string): ScheduleReading | null {
  const schedule = parseSchedule(text);
  if (schedule === null) return null;
  return { gap: schedule.kind === "interval" ? schedule.seconds : calendarGap(schedule) };
}

function calendarGap(schedule: CalendarSchedule): number {
  const first = schedule.times[0] ?? 0;
  const last = schedule.times.at(-1) ?? 0;
  let gap = 0;
  let previous: number | null = null;
  for (const day of firingDays(schedule, GAP_DAYS)) {
    const start = day * DAY + first;
    if (previous !== null) gap = Math.max(gap, start - previous);
    previous = day * DAY + last;
  }
  if (previous === null) return GAP_DAYS * DAY;
  for (let index = 1; index < schedule.times.length; index++) {
    gap = Math.max(gap, (schedule.times[index] ?? 0) - (schedule.times[index - 1] ?? 0));
  }
  return gap === 0 ? GAP_DAYS * DAY : gap;
}

/** The days on which the schedule fires, counted from 1 January 2024, out of the first `count`. */
export function firingDays(schedule: CalendarSchedule, count: number): number[] {
  const days: number[] = [];
  const calendar = simulatedCalendar();
  for (let index = 0; index < count; index++) {
    const day = calendar[index];
    if (day !== undefined && schedule.firesOn(day)) days.push(index);
  }
  return days;
}

let calendarDays: readonly CalendarDay[] | undefined;

function simulatedCalendar(): readonly CalendarDay[] {
  calendarDays ??= layOutCalendar();
  return calendarDays;
}

function layOutCalendar(): readonly CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let year = FIRST_YEAR; days.length < GAP_DAYS; year++) {
    for (let month = 1; month <= 12; month++) {
      const length = daysInMonth(year, month);
      for (let date = 1; date <= length; date++) {
        days.push({ month, date, weekday: weekdayOf(epochDay(year, month, date)), daysInMonth: length });
      }
    }
  }
  return days;
}
