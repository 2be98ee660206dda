import { daysInMonth, epochDay } from "./calendar.ts";

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:[Zz]|([+-])(\d\d):(\d\d)))?$/;

/**
 * Epoch seconds of an RFC 3339 date (its midnight in UTC) or timestamp, whole seconds; `null` where
 * the text is neither or names a day that does not exist (RFC 3339 section 5.7).
 */
export function readTime(text: string): number | null {
  const match = text.length > 40 ? null : SHAPE.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (hour > 23 || minute > 59 || second > 60 || part(8) > 23 || part(9) > 59) return null;
  if (day < 1 || day > daysInMonth(year, month)) return null;
  const local = epochDay(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  const offset = part(8) * 3600 + part(9) * 60;
  return match[7] === "-" ? local + offset : local - offset;
}
