import { DATES, HOURS, MINUTES, MONTHS, parseField, timesOfDay, WEEKDAY_NAMES } from "./cron.ts";
import type { CalendarDay, CalendarSchedule, FieldBounds, Schedule } from "./cron.ts";

/** AWS counts weekdays from 1, Sunday. */
const WEEKDAYS: FieldBounds = { min: 1, max: 7, names: WEEKDAY_NAMES };

const RATE = /^rate\(\s*(\d{1,6})\s+(minute|hour|day)s?\s*\)$/i;
const CRON = /^cron\(([^()]{9,100})\)$/i;
const RATE_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/**
 * `rate(n unit)` and the six-field `cron(…)` of AWS
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html): `?` in
 * one of the two day fields, `L`, `nL` and `n#k`. A fixed year and `W` are not read: `null`, as for
 * anything that is no such schedule.
 */
export function parseAwsSchedule(text: string): Schedule | null {
  const rate = RATE.exec(text);
  if (rate !== null) {
    const seconds = Number(rate[1]) * (RATE_SECONDS[(rate[2] ?? "").toLowerCase()] ?? 0);
    return seconds > 0 ? { kind: "interval", seconds } : null;
  }
  const cron = CRON.exec(text);
  return cron === null ? null : parseAwsCron(cron[1] ?? "");
}

function parseAwsCron(text: string): CalendarSchedule | null {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6 || fields[5] !== "*") return null;
  const [minuteText = "", hourText = "", dateText = "", monthText = "", weekdayText = ""] = fields;
  if ((dateText === "?") === (weekdayText === "?")) return null;
  const minutes = parseField(minuteText, MINUTES);
  const hours = parseField(hourText, HOURS);
  const months = parseField(monthText, MONTHS);
  const onDay = weekdayText === "?" ? matchDate(dateText) : matchWeekday(weekdayText);
  if (!minutes || !hours || !months || !onDay) return null;
  return {
    kind: "calendar",
    times: timesOfDay(hours.values, minutes.values),
    firesOn: (day) => months.values.has(day.month) && onDay(day),
  };
}

type DayTest = (day: CalendarDay) => boolean;

function matchDate(text: string): DayTest | null {
  if (text.toUpperCase() === "L") return (day) => day.date === day.daysInMonth;
  const field = parseField(text, DATES);
  return field && ((day) => field.values.has(day.date));
}

function matchWeekday(text: string): DayTest | null {
  const special = /^([1-7]|[a-z]{3})(l|#[1-5])$/i.exec(text);
  const field = parseField(special?.[1] ?? text, WEEKDAYS);
  if (field === null) return null;
  const which = special?.[2]?.toLowerCase();
  return (day) => {
    if (!field.values.has(day.weekday + 1)) return false;
    if (which === undefined) return true;
    return which === "l" ? day.date + 7 > day.daysInMonth : Math.ceil(day.date / 7) === Number(which.slice(1));
  };
}
