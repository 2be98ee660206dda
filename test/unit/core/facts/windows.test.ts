import { describe, expect, test } from "@jest/globals";
import type { JsonObject } from "../../../../src/model/json.ts";
import { isWindowList, readWindows } from "../../../../src/core/facts/windows.ts";

const HOUR = 3600;
const DAY = 86_400;
/** Two years without their first and last day. */
const SPAN = 729 * DAY;

const read = (...list: JsonObject[]) => readWindows(list, { intervals: 1_000_000 });
const daily = (hour: number, duration: string): JsonObject => ({ schedule: `0 ${hour} * * *`, duration });

describe("readWindows", () => {
  test("one window a day", () => {
    expect(read(daily(1, "2h"))).toEqual({ longestOpen: 2 * HOUR, longestClosed: 22 * HOUR });
  });

  test("windows that touch or overlap are one", () => {
    expect(read(daily(1, "2h"), daily(3, "90m"), daily(4, "1h"))).toEqual({
      longestOpen: 4 * HOUR,
      longestClosed: 20 * HOUR,
    });
    expect(read(daily(3, "2h"), daily(1, "2h"))).toEqual({ longestOpen: 4 * HOUR, longestClosed: 20 * HOUR });
  });

  test("a window that lasts as long as its schedule takes never shuts", () => {
    expect(read(daily(0, "24h"))).toEqual({ longestOpen: SPAN, longestClosed: 0 });
    expect(read({ cron: "@every 1h", windowDuration: "1h" })).toEqual({ longestOpen: SPAN, longestClosed: 0 });
  });

  test("a window over midnight", () => {
    expect(read(daily(22, "8h"))).toEqual({ longestOpen: 8 * HOUR, longestClosed: 16 * HOUR });
  });

  test("weekdays", () => {
    expect(read({ schedule: "0 8 * * 1-5", duration: "10h" })).toEqual({
      longestOpen: 10 * HOUR,
      longestClosed: 62 * HOUR,
    });
    expect(read({ schedule: "0 0 * * 6", duration: "24h" }, { schedule: "0 0 * * 0", duration: "24h" })).toEqual({
      longestOpen: 2 * DAY,
      longestClosed: 5 * DAY,
    });
  });

  test("a window that never opens, or not for a moment", () => {
    expect(read({ schedule: "0 0 30 2 *", duration: "1h" })).toEqual({ longestOpen: 0, longestClosed: SPAN });
    expect(read(daily(1, "0s"))).toEqual({ longestOpen: 0, longestClosed: SPAN });
  });

  test("a window that is open for most of the week is not shut before it is first seen", () => {
    expect(read({ schedule: "0 0 * * 4", duration: "156h" })).toEqual({
      longestOpen: 156 * HOUR,
      longestClosed: 12 * HOUR,
    });
  });

  test("windows every so often", () => {
    expect(read({ schedule: "@every 6h", duration: "1h" })).toEqual({ longestOpen: HOUR, longestClosed: 5 * HOUR });
  });

  test("time zones move windows against each other", () => {
    const berlin = { cron: "0 3 * * *", windowDuration: "1h", timezone: "Europe/Berlin" };
    expect(read(berlin, { cron: "0 3 * * *", windowDuration: "1h" })).toEqual({
      longestOpen: 2 * HOUR,
      longestClosed: 22 * HOUR,
    });
    const newYork = { cron: "0 22 * * *", windowDuration: "1h", timezone: "America/New_York" };
    expect(read(newYork, { cron: "0 2 * * *", windowDuration: "1h" })).toEqual({
      longestOpen: 2 * HOUR,
      longestClosed: 22 * HOUR,
    });
  });

  test.each([
    ["a schedule", { schedule: "nightly", duration: "1h" }],
    ["a duration", { schedule: "0 1 * * *", duration: "1 hour" }],
    ["a negative duration", { schedule: "0 1 * * *", duration: "-1h" }],
    ["a time zone", { schedule: "0 1 * * *", duration: "1h", timezone: "Mars/Olympus" }],
    ["an endless time zone", { schedule: "0 1 * * *", duration: "1h", timezone: "A".repeat(1000) }],
  ])("%s that cannot be read makes the list unreadable", (_, bad) => {
    expect(read(daily(1, "1h"), bad)).toBeNull();
  });

  test("more windows than anyone writes are not laid out", () => {
    expect(read(...Array.from({ length: 33 }, () => daily(1, "1h")))).toBeNull();
    expect(readWindows([{ schedule: "@every 1ms", duration: "500ms" }], { intervals: 1000 })).toBeNull();
    expect(readWindows([{ schedule: "* * * * *", duration: "1s" }], { intervals: 1000 })).toBeNull();
  });
});

test("isWindowList", () => {
  expect(isWindowList([daily(1, "1h")])).toBe(true);
  expect(isWindowList([{ cron: "0 1 * * *", windowDuration: "1h" }])).toBe(true);
  expect(isWindowList([])).toBe(false);
  expect(isWindowList([daily(1, "1h"), null])).toBe(false);
  expect(isWindowList([{ schedule: "0 1 * * *" }])).toBe(false);
  expect(isWindowList([{ schedule: 5, duration: "1h" }])).toBe(false);
});
