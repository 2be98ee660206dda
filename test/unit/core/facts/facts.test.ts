import { describe, expect, test } from "@jest/globals";
import type { Json, JsonObject } from "../../../../src/model/json.ts";
import { collectFacts } from "../../../../src/core/facts/facts.ts";

interface Facts {
  durations: JsonObject;
  schedules: JsonObject;
  times: JsonObject;
  windows: readonly JsonObject[];
}

const facts = (...values: Json[]): Facts =>
  collectFacts(values.map((value, id) => ({ id, value }))) as unknown as Facts;

describe("collectFacts", () => {
  test("reads each text of an object by what it can be", () => {
    const found = facts({
      kind: "ExternalSecret",
      metadata: { annotations: { "portcullis/last-rotated": "2025-12-01", "portcullis/rotation-interval": "30d" } },
      spec: {
        refreshInterval: "1h",
        schedule: "0 3 * * *",
        image: "registry.example.com/a:1",
        count: 5,
        on: true,
        none: null,
      },
    });
    expect(found).toEqual({
      durations: { "1h": { go: 3600, vso: 3600, pki: 3600, plain: 3600 }, "30d": { pki: 2_592_000, plain: 2_592_000 } },
      schedules: { "0 3 * * *": { gap: 86_400 } },
      times: { "2025-12-01": 1_764_547_200 },
      windows: [],
    });
  });

  test("finds lists of windows, with object and path", () => {
    const windows = [{ schedule: "0 1 * * *", duration: "1h" }];
    const found = facts({ spec: {} }, { spec: { syncWindows: { kind: "allow", windows } } });
    expect(found.windows).toEqual([
      { object: 1, path: ["spec", "syncWindows", "windows"], longestOpen: 3600, longestClosed: 23 * 3600 },
    ]);
    expect(facts({ windows: [{ schedule: "never", duration: "1h" }] }).windows).toEqual([]);
  });

  test("what cannot be read is absent", () => {
    expect(facts({ a: "monthly", b: "every day", c: "[redacted]", d: "${INTERVAL}", e: "0 0 * * 7" })).toEqual({
      durations: {},
      schedules: {},
      times: {},
      windows: [],
    });
  });

  test("no name in the input reaches a prototype", () => {
    const found = facts(JSON.parse('{"__proto__": "1h", "constructor": {"prototype": "2h"}}') as Json);
    expect(Object.keys(found.durations).sort()).toEqual(["1h", "2h"]);
    expect(Object.getPrototypeOf(found.durations)).toBe(Object.prototype);
  });

  test("10,000 objects take little time", () => {
    const objects = Array.from({ length: 10_000 }, (_, index) => ({
      metadata: { name: `web-${index}`, labels: { app: `web-${index % 50}` } },
      spec: {
        replicas: 3,
        schedule: `${index % 60} 3 * * *`,
        refreshInterval: `${index % 100}m`,
        image: `web:${index}`,
      },
    }));
    const start = performance.now();
    const found = facts(...objects);
    expect(performance.now() - start).toBeLessThan(60_000);
    expect(Object.keys(found.schedules)).toHaveLength(60);
    expect(Object.keys(found.durations)).toHaveLength(100);
  });

  test("hostile input is cut off, not worked through", () => {
    const deep = Array.from({ length: 5000 }).reduce<Json>((inner) => ({ a: inner }), "1h");
    const start = performance.now();
    const found = facts(
      deep,
      Array.from({ length: 50_000 }, (_, index) => `${index}s`),
      Array.from(
        { length: 5000 },
        (_, index) => `${index % 60} ${index % 24} ${1 + (index % 28)} ${1 + (index % 12)} *`,
      ),
      Array.from({ length: 1000 }, () => [{ schedule: "* * * * *", duration: "1s" }]),
      `${"9".repeat(100_000)}h`,
      `${"1h".repeat(20)}x`,
      `${"*,".repeat(60)}* * * * *`,
    );
    expect(performance.now() - start).toBeLessThan(60_000);
    expect(Object.keys(found.durations)).toHaveLength(20_000);
    expect(Object.keys(found.schedules).length).toBeLessThanOrEqual(2000);
    expect(found.windows).toEqual([]);
  });
});
