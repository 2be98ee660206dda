// The Gregorian calendar by itself: the core reads no clock, so `Date` is not used here at all.

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** How many days a month has; `month` is 1-12, else the answer is 0. */
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return (MONTH_LENGTHS[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
}

/**
 * Days from 1970-01-01 to a day that exists, years 0 to 9999. Years are counted from 1 March, so that
 * the leap day comes last.
 */
export function epochDay(year: number, month: number, date: number): number {
  const years = month <= 2 ? year - 1 : year;
  const months = (month + 9) % 12;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + Math.floor((153 * months + 2) / 5) + date - 719_469;
}

/** Weekday of a day counted from 1970-01-01, a Thursday: 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
