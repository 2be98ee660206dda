import { describe, expect, test } from "@jest/globals";
import { readDuration, readGoDuration } from "../../../../src/core/facts/durations.ts";

describe("readGoDuration", () => {
  test.each([
    ["0", 0],
    ["+0", 0],
    ["-0", 0],
    ["0s", 0],
    ["-0s", 0],
    ["1h30m", 5400],
    ["1h0m0s", 3600],
    ["1.5h", 5400],
    [".5h", 1800],
    ["1.h", 3600],
    ["+5s", 5],
    ["-1h", -3600],
    ["1m1h", 3660],
    ["1500ms", 1.5],
    ["2000us", 0.002],
    ["2000\u00b5s", 0.002],
    ["2000\u03bcs", 0.002],
    ["1000000000ns", 1],
    ["2562047h", 9_223_369_200],
  ])("%s is %d seconds", (text, seconds) => {
    expect(readGoDuration(text)).toBeCloseTo(seconds, 9);
  });

  test.each([
    "",
    "1",
    "3600",
    "30d",
    "4w",
    "1h 30m",
    " 1h",
    "h",
    ".h",
    "-",
    "1hh",
    "1H",
    "--1h",
    "1h-30m",
    "P1D",
    "2562048h",
    "1e3s",
  ])("%j is an error, as in Go", (text) => {
    expect(readGoDuration(text)).toBeNull();
  });
});

describe("readDuration", () => {
  test.each([
    ["1h", { go: 3600, vso: 3600, pki: 3600, plain: 3600 }],
    ["30s", { go: 30, vso: 30, pki: 30, proto: 30, plain: 30 }],
    ["1.5h", { go: 5400, vso: 5400, pki: 5400, plain: 5400 }],
    ["1h30m", { go: 5400, plain: 5400 }],
    ["30d", { pki: 2_592_000, plain: 2_592_000 }],
    ["4w", { plain: 2_419_200 }],
    ["2592000s", { go: 2_592_000, vso: 2_592_000, pki: 2_592_000, proto: 2_592_000, plain: 2_592_000 }],
    ["-5s", { go: -5, proto: -5, plain: -5 }],
    ["0", { go: 0, plain: 0 }],
    ["P30D", { iso: 2_592_000 }],
    ["P1Y2M3W4DT5H6M7.5S", { iso: 365 * 86_400 + 60 * 86_400 + 3 * 604_800 + 4 * 86_400 + 5 * 3600 + 6 * 60 + 7.5 }],
    ["PT12H", { iso: 43_200 }],
  ])("%s", (text, readings) => {
    expect(readDuration(text)).toEqual(readings);
  });

  test.each([
    "",
    "P",
    "PT",
    "P1",
    "P1DT",
    "1 d",
    "weekly",
    "100",
    "s",
    "1y",
    "${INTERVAL}",
    "[redacted]",
    "1h".repeat(30),
  ])("%j is a duration in no grammar", (text) => {
    expect(readDuration(text)).toBeNull();
  });
});
