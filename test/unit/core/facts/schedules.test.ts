import { describe, expect, test } from "@jest/globals";
import { CronExpressionParser } from "cron-parser";
import { DATES, HOURS, MINUTES, MONTHS, parseField } from "../../../../src/core/facts/cron.ts";
import { parseSchedule, readSchedule } from "../../../../src/core/facts/schedules.ts";

const DAY = 86_400;

describe("readSchedule", () => {
  test.each([
    ["* * * * *", 60],
    ["*/15 * * * *", 900],
    ["*/7 * * * *", 420],
    ["0 3 * * *", DAY],
    ["0 3,4 * * *", 23 * 3600],
    ["30 2 * * 0", 7 * DAY],
    ["0 0 * * MON-FRI", 3 * DAY],
    ["0 0 * * mon,WED", 5 * DAY],
    ["0 0 1 * *", 31 * DAY],
    ["0 0 31 * *", 61 * DAY],
    ["0 0 1 */3 *", 92 * DAY],
    ["0 0 1 JAN *", 366 * DAY],
    ["0 0 29 2 *", 1461 * DAY],
    ["0 0 30 2 *", 1827 * DAY],
    ["0 9 1-7 * 1", 7 * DAY],
    ["0 0 */2 * *", 2 * DAY],
    ["0 0 ? * 5", 7 * DAY],
    ["5/20 * * * *", 1200],
    ["  0   3 * * *  ", DAY],
    ["CRON_TZ=Europe/Berlin 0 3 * * *", DAY],
    ["TZ=UTC @daily", DAY],
    ["@hourly", 3600],
    ["@midnight", DAY],
    ["@weekly", 7 * DAY],
    ["@monthly", 31 * DAY],
    ["@yearly", 366 * DAY],
    ["@every 1h30m", 5400],
    ["@every 10ms", 1],
    ["rate(1 minute)", 60],
    ["rate(30 days)", 30 * DAY],
    ["cron(0 8 1 * ? *)", 31 * DAY],
    ["cron(0 8 ? * SUN *)", 7 * DAY],
    ["cron(0 8 ? * 1 *)", 7 * DAY],
    ["cron(0 8 L * ? *)", 31 * DAY],
    ["cron(0 8 ? * 6L *)", 35 * DAY],
    ["cron(0 8 ? * mon#1 *)", 35 * DAY],
  ])("%s leaves %d seconds at most", (text, gap) => {
    expect(readSchedule(text)).toEqual({ gap });
  });

  test.each([
    "",
    "0 3 * *",
    "0 0 3 * * *",
    "0 0 * * 7",
    "60 * * * *",
    "0 24 * * *",
    "0 0 0 * *",
    "0 0 32 * *",
    "0 0 * 13 *",
    "*/0 * * * *",
    "5-1 * * * *",
    "0 0 L * *",
    "0 0 15W * *",
    "0 0 * * MON#1",
    "1,,2 * * * *",
    "a b c d e",
    "@reboot",
    "@every 0s",
    "@every -1h",
    "@every 1d",
    "rate(0 days)",
    "rate(days)",
    "cron(0 8 1 * * *)",
    "cron(0 8 ? * ? *)",
    "cron(0 8 1 * ?)",
    "cron(0 8 1 * ? 2027)",
    "cron(0 8 15W * ? *)",
    "constructor",
    `${"0,".repeat(80)}0 * * * *`,
  ])("%j is no schedule", (text) => {
    expect(readSchedule(text)).toBeNull();
  });

  test("a calendar day fires where both day fields, or with two restrictions either of them, allow it", () => {
    const day = { month: 5, date: 13, weekday: 3, daysInMonth: 31 };
    const firesOn = (text: string): boolean => {
      const schedule = parseSchedule(text);
      return schedule?.kind === "calendar" && schedule.firesOn(day);
    };
    expect(firesOn("0 0 13 * 5")).toBe(true);
    expect(firesOn("0 0 1 * 3")).toBe(true);
    expect(firesOn("0 0 1 * 5")).toBe(false);
    expect(firesOn("0 0 13 * *")).toBe(true);
    expect(firesOn("0 0 * * 5")).toBe(false);
    expect(firesOn("0 0 */2 * 5")).toBe(true);
    expect(firesOn("0 0 13 6 *")).toBe(false);
  });
});

test("fields hold the numbers that another parser finds, for all that both can read", () => {
  const parts = ["*", "*/3", "1", "2-5", "2-9/2", "10,3", "1,4-6", "4/2"];
  for (const [index, bounds] of [MINUTES, HOURS, DATES, MONTHS].entries()) {
    for (const part of parts) {
      const fields = ["0", "0", "*", "*", "*"];
      fields[index] = part;
      const expected = CronExpressionParser.parse(fields.join(" ")).fields;
      const values = [expected.minute, expected.hour, expected.dayOfMonth, expected.month][index]?.values;
      expect([...(parseField(part, bounds)?.values ?? [])].sort((a, b) => a - b)).toEqual(values);
    }
  }
});
