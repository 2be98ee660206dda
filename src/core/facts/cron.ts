/**
 * The days and the times of day at which a schedule fires. A calendar schedule is kept as sets, so
 * that years of it can be looked at without walking every minute.
 */
export interface CalendarSchedule {
  readonly kind: "calendar";
  /** Seconds after midnight, ascending, at least one. */
  readonly times: readonly number[];
  /** Whether it fires on that day. */
  readonly firesOn: (day: CalendarDay) => boolean;
}

/** A schedule that counts from its own start: `@every 1h`, `rate(30 days)`. */
export interface IntervalSchedule {
  readonly kind: "interval";
  readonly seconds: number;
}

/** A calendar day: month 1-12, date 1-31, weekday 0 (Sunday) to 6. */
export interface CalendarDay {
  readonly month: number;
  readonly date: number;
  readonly weekday: number;
  readonly daysInMonth: number;
}

export type Schedule = CalendarSchedule | IntervalSchedule;

/** Names stand for the numbers from `min` on. */
export interface FieldBounds {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
export const WEEKDAY_NAMES: readonly string[] = "sun mon tue wed thu fri sat".split(" ");

export const MINUTES: FieldBounds = { min: 0, max: 59, names: [] };
export const HOURS: FieldBounds = { min: 0, max: 23, names: [] };
export const DATES: FieldBounds = { min: 1, max: 31, names: [] };
export const MONTHS: FieldBounds = { min: 1, max: 12, names: MONTH_NAMES };
const WEEKDAYS: FieldBounds = { min: 0, max: 6, names: WEEKDAY_NAMES };

/** A field of a cron expression: its numbers, and whether it leaves the choice to other fields. */
export interface CronField {
  readonly values: ReadonlySet<number>;
  readonly any: boolean;
}

const MAX_FIELD_LENGTH = 120;
const FIELD_PART = /^(?:(\*|\?)|([a-z]{3}|\d{1,2})(?:-([a-z]{3}|\d{1,2}))?)(?:\/(\d{1,4}))?$/;

/**
 * One field as github.com/robfig/cron/v3 reads it, the parser of Kubernetes CronJobs, Argo and the
 * operators: lists, ranges, steps, names; `?` is `*`; `N/step` runs to the end; a step above one
 * makes even `*` a restriction; weekday 7, reversed ranges and steps of 0 are errors. `null` on error.
 */
export function parseField(text: string, bounds: FieldBounds): CronField | null {
  if (text.length > MAX_FIELD_LENGTH) return null;
  const values = new Set<number>();
  let any = false;
  for (const part of text.toLowerCase().split(",")) {
    const match = FIELD_PART.exec(part);
    if (match === null) return null;
    const [, star, first, last, stepText] = match;
    const step = stepText === undefined ? 1 : Number(stepText);
    const low = star === undefined ? numberOf(first, bounds) : bounds.min;
    const high = rangeEnd(star, low, last, stepText, bounds);
    if (low === null || high === null || step < 1 || low > high) return null;
    if (low < bounds.min || high > bounds.max) return null;
    if (star !== undefined && step === 1) any = true;
    for (let value = low; value <= high; value += step) values.add(value);
  }
  return { values, any };
}

function rangeEnd(
  star: string | undefined,
  low: number | null,
  last: string | undefined,
  step: string | undefined,
  bounds: FieldBounds,
): number | null {
  if (star !== undefined) return bounds.max;
  if (last !== undefined) return numberOf(last, bounds);
  return step === undefined ? low : bounds.max;
}

function numberOf(text: string | undefined, bounds: FieldBounds): number | null {
  if (text === undefined) return null;
  if (/^\d+$/.test(text)) return Number(text);
  const index = bounds.names.indexOf(text);
  return index < 0 ? null : index + bounds.min;
}

/**
 * A five-field expression with robfig's rule for days: where both the day of the month and the
 * weekday are restricted, either is enough. `null` where Kubernetes would refuse it.
 */
export function parseCron(text: string): CalendarSchedule | null {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const [minuteText = "", hourText = "", dateText = "", monthText = "", weekdayText = ""] = fields;
  const minutes = parseField(minuteText, MINUTES);
  const hours = parseField(hourText, HOURS);
  const dates = parseField(dateText, DATES);
  const months = parseField(monthText, MONTHS);
  const weekdays = parseField(weekdayText, WEEKDAYS);
  if (!minutes || !hours || !dates || !months || !weekdays) return null;
  return {
    kind: "calendar",
    times: timesOfDay(hours.values, minutes.values),
    firesOn: (day) => {
      if (!months.values.has(day.month)) return false;
      const byDate = dates.values.has(day.date);
      const byWeekday = weekdays.values.has(day.weekday);
      return dates.any || weekdays.any ? byDate && byWeekday : byDate || byWeekday;
    },
  };
}

/** All `hours` × `minutes`, as ascending seconds after midnight. */
export function timesOfDay(hours: ReadonlySet<number>, minutes: ReadonlySet<number>): number[] {
  const times: number[] = [];
  for (const hour of hours) for (const minute of minutes) times.push(hour * 3600 + minute * 60);
  return times.sort((a, b) => a - b);
}
