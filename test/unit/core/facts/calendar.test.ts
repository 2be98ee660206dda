import { expect, test } from "@jest/globals";
import { daysInMonth, epochDay, weekdayOf } from "../../../../src/core/facts/calendar.ts";

test("every day of nine centuries is where Date has it", () => {
  for (let day = epochDay(1600, 1, 1); day <= epochDay(2500, 12, 31); day += 13) {
    const date = new Date(day * 86_400_000);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
    expect(epochDay(year, month, date.getUTCDate())).toBe(day);
    expect(weekdayOf(day)).toBe(date.getUTCDay());
    expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
  }
});

test("a month that does not exist has no days", () => {
  expect([daysInMonth(2025, 0), daysInMonth(2025, 13)]).toEqual([0, 0]);
});
