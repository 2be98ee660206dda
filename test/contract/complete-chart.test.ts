import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { completeChart } from "../../src/adapters/helm/fetch/complete-chart.ts";
import { startServer } from "../support/https-server.ts";
import { temporaryFolder } from "../support/repository.ts";

const archive = gzipSync("a chart");
const digest = createHash("sha256").update(archive).digest("hex");

describe("completeChart", () => {
  test("adds what can be fetched under a key of its own, and says why the rest cannot be", async () => {
    const server = await startServer(["charts.test"], (request, response) => {
      if (request.url === "/index.yaml")
        response.end(`entries: { db: [{ version: 1.0.0, digest: ${digest}, urls: [db.tgz] }] }`);
      else response.end(archive);
    });
    const repository = `https://charts.test:${server.port}`;
    const text = `name: app
dependencies:
  - { name: db, version: 1.x, repository: "${repository}" }
  - { name: db, version: 1.x, repository: "${repository}", alias: second }
  - { name: queue, version: 1.x, repository: "${repository}" }
  - { name: there, version: 1.x, repository: "https://other.test" }
  - { name: away, version: 1.x, repository: "https://other.test" }
`;
    const files = new Map([
      ["Chart.yaml", new TextEncoder().encode(text)],
      ["charts/there-1.0.0.tgz", archive],
    ]);
    const chart = { key: "key", files, unreadable: [], mounts: new Map<string, string>() };
    const { chart: completed, failed } = await completeChart(chart, {
      allowedHosts: [`charts.test:${server.port}`],
      cacheFolder: temporaryFolder(),
      resolve: async () => ["127.0.0.1"],
      ca: server.ca,
    });
    expect([...completed.files.keys()]).toEqual(["Chart.yaml", "charts/there-1.0.0.tgz", "charts/db-1.0.0.tgz"]);
    expect(completed.files.get("charts/db-1.0.0.tgz")).toEqual(archive);
    expect(completed.key).toMatch(/^[0-9a-f]{64}$/);
    expect([...failed]).toEqual([
      ["queue", `charts.test:${server.port} has no chart of that name`],
      ["away", "other.test is not one of dependency-hosts in the configuration"],
    ]);
    expect(files.size).toBe(2);
    expect(server.requests.map(({ line }) => line)).toEqual(["GET /index.yaml", "GET /db.tgz"]);
  });

  test("leaves a chart alone that lacks nothing, or gets nothing", async () => {
    const chart = {
      key: "key",
      files: new Map([["Chart.yaml", new TextEncoder().encode("name: app\n")]]),
      unreadable: [],
    };
    expect((await completeChart(chart, { allowedHosts: [] })).chart).toBe(chart);
    const lacking = {
      ...chart,
      files: new Map([
        ["Chart.yaml", new TextEncoder().encode("dependencies: [{ name: a, repository: 'https://a.test' }]\n")],
      ]),
    };
    expect((await completeChart(lacking, { allowedHosts: [] })).chart).toBe(lacking);
  });
});
