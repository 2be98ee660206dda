import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import type { FetchOptions, FetchResult } from "../../src/adapters/helm/fetch/fetch-dependency.ts";
import { fetchDependency } from "../../src/adapters/helm/fetch/fetch-dependency.ts";
import type { ChartDependencies } from "../../src/core/charts/dependencies.ts";
import { startServer, type Answer, type TestServer } from "../support/https-server.ts";
import { temporaryFolder } from "../support/repository.ts";

const HOST = "charts.test";
const UNLOCKED: ChartDependencies = { declared: [], lock: null };
const archive = gzipSync("not really a tar archive");
const hex = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");

function indexYaml(entries: readonly { version: string; url?: string; digest?: string }[]): string {
  const lines = entries.map(
    ({ version, url = `db-${version}.tgz`, digest = hex(archive) }) =>
      `  - name: db\n    version: ${version}\n    digest: ${digest}\n    urls: ["${url}"]\n`,
  );
  return `apiVersion: v1\nentries:\n  db:\n${lines.join("")}`;
}

/** Serves texts and bytes by path; anything else is a 404. */
function serving(files: Readonly<Record<string, string | Uint8Array | Answer>>): Answer {
  return (request, response, server) => {
    const found = files[request.url ?? ""];
    if (typeof found === "function") return found(request, response, server);
    response.statusCode = found === undefined ? 404 : 200;
    response.end(found);
  };
}

const redirect =
  (location: (server: TestServer) => string): Answer =>
  (_, response, server) =>
    response.writeHead(302, { location: location(server) }).end();

interface Asking extends Partial<FetchOptions> {
  readonly version?: string;
  readonly repository?: (server: TestServer) => string;
  readonly chart?: ChartDependencies;
}

async function fetchFrom(
  server: TestServer,
  { version = "1.2.3", repository, chart, ...options }: Asking = {},
): Promise<FetchResult> {
  const dependency = { name: "db", version, repository: repository?.(server) ?? `https://${HOST}:${server.port}/repo` };
  return fetchDependency(dependency, chart ?? UNLOCKED, {
    allowedHosts: [`${HOST}:${server.port}`],
    cacheFolder: options.cacheFolder ?? temporaryFolder(),
    resolve: async () => ["127.0.0.1"],
    ca: server.ca,
    ...options,
  });
}

const start = (files: Parameters<typeof serving>[0]) => startServer([HOST, "other.test"], serving(files));
const usual = { "/repo/index.yaml": indexYaml([{ version: "1.2.3" }]), "/repo/db-1.2.3.tgz": archive };

describe("a chart repository", () => {
  test("gives the archive that its index names", async () => {
    const server = await start(usual);
    const result = await fetchFrom(server);
    expect(result).toEqual({ kind: "fetched", name: "charts/db-1.2.3.tgz", data: archive });
    expect(server.requests.map(({ line }) => line)).toEqual(["GET /repo/index.yaml", "GET /repo/db-1.2.3.tgz"]);
    for (const { headers } of server.requests) {
      expect(Object.keys(headers).sort()).toEqual(["accept", "accept-encoding", "connection", "host", "user-agent"]);
    }
  });

  test.each([
    ["~1.2", "1.2.9"],
    ["^1.2.0", "1.10.0"],
    [">=1.2, <1.10", "1.2.9"],
    ["1.x.x", "1.10.0"],
    ["*", "2.0.0"],
    ["", "2.0.0"],
    ["1.2.3", "1.2.3"],
    ["v1.2.3", "1.2.3"],
    [">=2.0.0-0", "3.0.0-beta.1"],
    ["1.2.3+build.5", "1.2.3+build.5"],
  ])("without a lock, the newest that fits %j", async (version, chosen) => {
    const versions = ["1.2.3", "1.2.9", "1.10.0", "2.0.0", "3.0.0-beta.1", "1.2.3+build.5", "not-a-version"];
    const server = await start({
      "/repo/index.yaml": indexYaml(versions.map((each) => ({ version: each, url: "/a.tgz" }))),
      "/a.tgz": archive,
    });
    const result = await fetchFrom(server, { version });
    expect(result.kind === "fetched" ? result.name.replace("+build.5", "") : result).toBe(
      `charts/db-${chosen.replace("+build.5", "")}.tgz`,
    );
  });

  test.each([
    ["no such chart", { "/repo/index.yaml": "entries: { other: [] }" }, /has no chart of that name$/],
    ["no such version", { "/repo/index.yaml": indexYaml([{ version: "9.9.9" }]) }, /has no such version$/],
    ["no index", {}, /answers with status 404 where its index.yaml should be$/],
    ["no archive", { "/repo/index.yaml": usual["/repo/index.yaml"] }, /answers with status 404$/],
    ["a page for an index", { "/repo/index.yaml": "<html>hunter2</html>" }, /has no chart repository there$/],
    ["bad YAML", { "/repo/index.yaml": "entries: { hunter2" }, /is not YAML$/],
    ["deep nesting", { "/repo/index.yaml": "[".repeat(100_000) }, /is not YAML$/],
    ["no digest", { "/repo/index.yaml": indexYaml([{ version: "1.2.3", digest: '""' }]) }, /has no digest for it$/],
    [
      "another digest",
      { ...usual, "/repo/db-1.2.3.tgz": "tampered" },
      /does not have the digest that the index names$/,
    ],
    [
      "no archive behind the right digest",
      {
        "/repo/index.yaml": indexYaml([{ version: "1.2.3", digest: hex(Buffer.from("hunter2")) }]),
        "/repo/db-1.2.3.tgz": "hunter2",
      },
      /^it is no packed chart$/,
    ],
    [
      "a compressed index",
      { "/repo/index.yaml": (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("x") },
      /unasked$/,
    ],
    [
      "a prototype for a chart",
      { "/repo/index.yaml": "entries: { __proto__: { db: [] } }" },
      /has no chart of that name$/,
    ],
  ] satisfies [string, Record<string, string | Uint8Array | Answer>, RegExp][])(
    "%s is a reason",
    async (_, files, reason) => {
      const result = await fetchFrom(await start(files));
      expect(result).toEqual({ kind: "failed", reason: expect.stringMatching(reason) });
      expect(JSON.stringify(result)).not.toContain("hunter2");
    },
  );

  test("a constraint that is not understood is one", async () => {
    expect(await fetchFrom(await start(usual), { version: "!=1.0.0" })).toMatchObject({
      reason: expect.stringContaining("not understood"),
    });
    const started = Date.now();
    expect(await fetchFrom(await start(usual), { version: `${"1 ".repeat(50_000)}x` })).toMatchObject({
      kind: "failed",
    });
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  test("an index that several charts need is read once, unless reading it failed", async () => {
    let broken = true;
    const server = await start({
      ...usual,
      "/repo/index.yaml": (_, response) => response.writeHead(broken ? 500 : 200).end(usual["/repo/index.yaml"]),
    });
    const indexes = new Map();
    expect(await fetchFrom(server, { indexes })).toMatchObject({ kind: "failed" });
    broken = false;
    expect(await fetchFrom(server, { indexes })).toMatchObject({ kind: "fetched" });
    expect(await fetchFrom(server, { indexes })).toMatchObject({ kind: "fetched" });
    expect(server.requests.filter(({ line }) => line.endsWith("index.yaml"))).toHaveLength(2);
  });
});

describe("what is spoken to", () => {
  test.each([
    [
      "a host that is not listed",
      `https://${HOST}/repo`,
      ["other.test"],
      /charts\.test is not one of dependency-hosts/,
    ],
    ["a listed host at another port", `https://${HOST}:8443/repo`, [HOST], /charts\.test:8443 is not one of/],
    ["a domain for its hosts", `https://${HOST}/repo`, ["*.charts.test"], /is not one of/],
    ["a host that only ends so", "https://evilcharts.test/repo", ["*.charts.test", HOST], /is not one of/],
    ["plain HTTP", `http://${HOST}/repo`, [HOST], /neither https:\/\/ nor oci:\/\//],
    ["credentials in the URL", `https://user:hunter2@${HOST}/repo`, [HOST], /holds credentials/],
    [
      "a private address of a listed name",
      `https://${HOST}/repo`,
      [HOST],
      /not public; dependency-hosts has to list it as charts\.test:443/,
    ],
    ["an address that is not listed", "https://127.0.0.1/repo", [HOST], /127\.0\.0\.1 is not one of/],
    ["an address in other clothes", "https://0x7f.1/repo", [HOST], /127\.0\.0\.1 is not one of/],
    ["a name of somebody's Helm", "@stable", [HOST], /only somebody's Helm knows/],
    ["no repository", "", [HOST], /names no repository/],
    ["a folder", "file://../db", [HOST], /not a chart in this repository/],
    ["nothing that is a URL", "https://[", [HOST], /no URL/],
  ])("not %s", async (_, repository, allowedHosts, reason) => {
    const server = await start(usual);
    const result = await fetchFrom(server, { repository: () => repository, allowedHosts });
    expect(result).toEqual({ kind: "failed", reason: expect.stringMatching(reason) });
    expect(JSON.stringify(result)).not.toContain("hunter2");
    expect(server.requests).toEqual([]);
  });

  test.each([
    ["10.0.0.1"],
    ["169.254.169.254"],
    ["::1"],
    ["fe80::1"],
    ["fd00::1"],
    ["::ffff:10.0.0.1"],
    ["64:ff9b::a00:1"],
    ["100.64.0.1"],
  ])("not a name that leads to %s, even beside a public address", async (address) => {
    const server = await start(usual);
    const resolve = async () => ["93.184.216.34", address];
    const result = await fetchFrom(server, { repository: () => `https://${HOST}/repo`, allowedHosts: [HOST], resolve });
    expect(result).toMatchObject({ kind: "failed", reason: expect.stringContaining("not public") });
  });

  test("addresses that were checked for each request: the name itself is known to no resolver", async () => {
    const server = await start(usual);
    const asked: string[] = [];
    const resolve = async (hostname: string) => {
      asked.push(hostname);
      return ["127.0.0.1"];
    };
    expect(await fetchFrom(server, { resolve })).toMatchObject({ kind: "fetched" });
    expect(asked).toEqual([HOST, HOST]);
  });

  test("not a server with another certificate", async () => {
    const server = await start(usual);
    expect(await fetchFrom(server, { ca: (await start(usual)).ca })).toMatchObject({
      reason: expect.stringContaining("is not trusted"),
    });
    const unnamed = {
      allowedHosts: [`wrong.test:${server.port}`],
      repository: () => `https://wrong.test:${server.port}/repo`,
    };
    expect(await fetchFrom(server, unnamed)).toMatchObject({ reason: expect.stringContaining("is not trusted") });
  });

  test("not one whose name or port answers nothing", async () => {
    const server = await start(usual);
    const resolve = async () => {
      throw Object.assign(new Error("hunter2"), { code: "ENOTFOUND" });
    };
    expect(await fetchFrom(server, { resolve })).toEqual({
      kind: "failed",
      reason: `${HOST}:${server.port} cannot be resolved`,
    });
    const closed = { allowedHosts: [`${HOST}:1`], repository: () => `https://${HOST}:1/repo` };
    expect(await fetchFrom(server, closed)).toEqual({ kind: "failed", reason: `${HOST}:1 refuses the connection` });
  });
});

describe("redirects", () => {
  const at = (location: (server: TestServer) => string) => ({
    ...usual,
    "/repo/db-1.2.3.tgz": redirect(location),
    "/real.tgz": archive,
  });

  test("are followed on allowed hosts", async () => {
    const server = await start(at(({ port }) => `https://other.test:${port}/real.tgz`));
    const allowedHosts = [`${HOST}:${server.port}`, `*.test:${server.port}`, `other.test:${server.port}`];
    expect(await fetchFrom(server, { allowedHosts })).toMatchObject({ kind: "fetched" });
    expect(await fetchFrom(await start(at(() => "/real.tgz")))).toMatchObject({ kind: "fetched" });
  });

  test.each([
    [
      "to a host that is not listed",
      ({ port }: TestServer) => `https://other.test:${port}/real.tgz`,
      /other\.test:\d+ is not one of/,
    ],
    ["to the metadata service", () => "https://169.254.169.254/latest", /169\.254\.169\.254 is not one of/],
    ["to loopback", ({ port }: TestServer) => `https://127.0.0.1:${port}/real.tgz`, /127\.0\.0\.1:\d+ is not one of/],
    ["to plain HTTP", ({ port }: TestServer) => `http://${HOST}:${port}/real.tgz`, /is not HTTPS/],
    ["to a file", () => "file:///etc/passwd", /is not HTTPS/],
    ["with credentials", ({ port }: TestServer) => `https://u:hunter2@${HOST}:${port}/real.tgz`, /holds credentials/],
    ["to what is no URL", () => "https://[", /no URL/],
    ["in a circle", () => "/repo/db-1.2.3.tgz", /redirects more than 5 times/],
  ])("%s are refused", async (_, location, reason) => {
    const result = await fetchFrom(await start(at(location)));
    expect(result).toEqual({ kind: "failed", reason: expect.stringMatching(reason) });
    expect(JSON.stringify(result)).not.toContain("hunter2");
  });

  test("to a listed name that turns private are refused", async () => {
    const server = await start(at(({ port }) => `https://other.test:${port}/real.tgz`));
    const allowedHosts = [`${HOST}:${server.port}`, `*.test:${server.port}`];
    expect(await fetchFrom(server, { allowedHosts })).toMatchObject({
      reason: expect.stringMatching(/other\.test:\d+ is at an address that is not public/),
    });
  });
});

describe("limits", () => {
  test("an archive that is announced or sent too large", async () => {
    const limits = { maxArchiveSize: 1000 };
    const endless: Answer = (_, response) => {
      const send = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) continue;
      };
      response.on("drain", send);
      send();
    };
    for (const answer of [Buffer.alloc(5000), endless]) {
      const result = await fetchFrom(await start({ ...usual, "/repo/db-1.2.3.tgz": answer }), { limits });
      expect(result).toMatchObject({ kind: "failed", reason: expect.stringContaining("sends more than") });
    }
  });

  test("an index that is too large", async () => {
    const server = await start({ ...usual, "/repo/index.yaml": `# ${"x".repeat(5000)}` });
    expect(await fetchFrom(server, { limits: { maxIndexSize: 1000 } })).toMatchObject({
      reason: expect.stringContaining("sends more than"),
    });
  });

  test("a bomb", async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 2 ** 20));
    const server = await start({
      "/repo/index.yaml": indexYaml([{ version: "1.2.3", digest: hex(bomb) }]),
      "/repo/db-1.2.3.tgz": bomb,
    });
    const cacheFolder = temporaryFolder();
    const result = await fetchFrom(server, { limits: { maxUnpackedSize: 2 ** 20 }, cacheFolder });
    expect(result).toEqual({ kind: "failed", reason: "it is larger than 1 MiB unpacked" });
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  test.each<[string, Answer]>([
    ["says nothing", () => undefined],
    [
      "sends a byte at a time",
      (_, response) => {
        const timer = setInterval(() => response.write("#"), 50);
        response.on("close", () => clearInterval(timer));
      },
    ],
  ])("a server that %s", async (_, answer) => {
    const server = await start({ "/repo/index.yaml": answer });
    const started = Date.now();
    expect(await fetchFrom(server, { limits: { timeLimit: 400 } })).toEqual({
      kind: "failed",
      reason: `${HOST}:${server.port} takes too long`,
    });
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  test("a name that is never resolved", async () => {
    const server = await start(usual);
    const resolve = () => new Promise<readonly string[]>(() => undefined);
    expect(await fetchFrom(server, { limits: { timeLimit: 200 }, resolve })).toMatchObject({
      reason: expect.stringContaining("takes too long"),
    });
  });

  test("a server that breaks off", async () => {
    const server = await start({
      ...usual,
      "/repo/db-1.2.3.tgz": (_, response) => {
        response.writeHead(200, { "content-length": 1000 });
        response.write("x", () => response.destroy());
      },
    });
    expect(await fetchFrom(server)).toEqual({
      kind: "failed",
      reason: `${HOST}:${server.port} breaks the connection off`,
    });
  });
});

describe("the cache", () => {
  test("spares fetching the archive again", async () => {
    const server = await start(usual);
    const cacheFolder = join(temporaryFolder(), "deep/er");
    for (let times = 0; times < 2; times += 1)
      expect(await fetchFrom(server, { cacheFolder })).toMatchObject({ kind: "fetched", data: archive });
    expect(server.requests.filter(({ line }) => line.endsWith(".tgz"))).toHaveLength(1);
    expect(readdirSync(cacheFolder)).toEqual([`${hex(archive)}.tgz`]);
  });

  test.each([
    ["a file that somebody changed", (path: string) => writeFileSync(path, "tampered")],
    [
      "a link",
      (path: string) => {
        writeFileSync(`${path}.real`, archive);
        symlinkSync(`${path}.real`, path);
      },
    ],
    ["a folder", (path: string) => mkdirSync(path)],
  ])("does not believe %s", async (_, spoil) => {
    const server = await start(usual);
    const cacheFolder = temporaryFolder();
    spoil(join(cacheFolder, `${hex(archive)}.tgz`));
    expect(await fetchFrom(server, { cacheFolder })).toMatchObject({ kind: "fetched", data: archive });
    expect(server.requests.some(({ line }) => line.endsWith(".tgz"))).toBe(true);
  });

  test("that cannot be written is no error, and leaves nothing behind", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    expect(await fetchFrom(await start(usual), { cacheFolder: join(folder, "file/cache") })).toMatchObject({
      kind: "fetched",
    });
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("");
  });
});

describe("a registry", () => {
  const layer = (digest: string, mediaType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip") =>
    JSON.stringify({
      schemaVersion: 2,
      layers: [
        { mediaType: "application/vnd.cncf.helm.chart.provenance.v1.prov", digest },
        { mediaType, digest },
      ],
    });
  const manifest = layer(`sha256:${hex(archive)}`);
  const blobPath = `/v2/org/charts/db/blobs/sha256:${hex(archive)}`;
  const registry = (server: TestServer) => `oci://${HOST}:${server.port}/org/charts`;
  const open = { "/v2/org/charts/db/manifests/1.2.3": manifest, [blobPath]: archive };

  test("gives the layer that its manifest names", async () => {
    const server = await start(open);
    expect(await fetchFrom(server, { repository: registry })).toEqual({
      kind: "fetched",
      name: "charts/db-1.2.3.tgz",
      data: archive,
    });
  });

  test("reads a plus sign in a version as an underscore", async () => {
    const server = await start({ ...open, "/v2/org/charts/db/manifests/1.2.3_x": manifest });
    expect(await fetchFrom(server, { repository: registry, version: "1.2.3+x" })).toMatchObject({
      name: "charts/db-1.2.3+x.tgz",
    });
  });

  test("gets a token for anybody, which goes to it alone", async () => {
    const guarded =
      (body: string | Uint8Array): Answer =>
      ({ headers }, response, { port }) => {
        if (headers.authorization === "Bearer anybody") return void response.end(body);
        response
          .writeHead(401, {
            "www-authenticate": `Bearer realm="https://${HOST}:${port}/token",service="reg",scope="repository:x:push"`,
          })
          .end();
      };
    const server = await start({
      "/v2/org/charts/db/manifests/1.2.3": guarded(manifest),
      [blobPath]: redirect(({ port }) => `https://other.test:${port}/blob`),
      "/token?service=reg&scope=repository%3Aorg%2Fcharts%2Fdb%3Apull": '{"token":"anybody"}',
      "/blob": archive,
    });
    const allowedHosts = [`${HOST}:${server.port}`, `other.test:${server.port}`];
    expect(await fetchFrom(server, { repository: registry, allowedHosts })).toMatchObject({ kind: "fetched" });
    expect(server.requests.map(({ line, headers }) => [line.split(/[?/]/).at(-1), headers.authorization])).toEqual([
      ["1.2.3", undefined],
      ["service=reg&scope=repository%3Aorg%2Fcharts%2Fdb%3Apull", undefined],
      ["1.2.3", "Bearer anybody"],
      [`sha256:${hex(archive)}`, "Bearer anybody"],
      ["blob", undefined],
    ]);
  });

  const challenge =
    (header: string): Answer =>
    (_, response) =>
      response.writeHead(401, { "www-authenticate": header }).end();
  test.each([
    [
      "asks for a password",
      { "/v2/org/charts/db/manifests/1.2.3": challenge('Basic realm="x"') },
      /asks for credentials/,
    ],
    [
      "sends elsewhere for a token",
      { "/v2/org/charts/db/manifests/1.2.3": challenge('Bearer realm="https://169.254.169.254/x"') },
      /169\.254\.169\.254 is not one of/,
    ],
    [
      "sends to plain HTTP for a token",
      { "/v2/org/charts/db/manifests/1.2.3": challenge(`Bearer realm="http://${HOST}/x"`) },
      /not HTTPS/,
    ],
    ["has no such tag", {}, /has no such chart or version/],
    [
      "has a picture there",
      {
        "/v2/org/charts/db/manifests/1.2.3": layer(
          `sha256:${hex(archive)}`,
          "application/vnd.oci.image.layer.v1.tar+gzip",
        ),
      },
      /is no chart$/,
    ],
    ["names a digest of another kind", { "/v2/org/charts/db/manifests/1.2.3": layer("md5:0") }, /is no chart$/],
    ["names a path for a digest", { "/v2/org/charts/db/manifests/1.2.3": layer("sha256:../../../x") }, /is no chart$/],
    ["sends a manifest that is none", { "/v2/org/charts/db/manifests/1.2.3": "hunter2" }, /is no chart$/],
    ["sends another layer", { ...open, [blobPath]: "tampered" }, /does not have the digest that the manifest names/],
    [
      "sends another manifest",
      {
        "/v2/org/charts/db/manifests/1.2.3": (_, response) =>
          response.writeHead(200, { "docker-content-digest": `sha256:${"0".repeat(64)}` }).end(manifest),
      },
      /does not have the digest that it names/,
    ],
    [
      "fails",
      { "/v2/org/charts/db/manifests/1.2.3": (_, response) => response.writeHead(500).end("hunter2") },
      /answers with status 500/,
    ],
  ] satisfies [string, Record<string, string | Uint8Array | Answer>, RegExp][])(
    "that %s is a reason",
    async (_, files, reason) => {
      const result = await fetchFrom(await start(files), { repository: registry });
      expect(result).toEqual({ kind: "failed", reason: expect.stringMatching(reason) });
      expect(JSON.stringify(result)).not.toContain("hunter2");
    },
  );

  test.each(["1.x", "", "^1.2.3", "latest"])("is not asked for %j without a lock", async (version) => {
    const server = await start(open);
    expect(await fetchFrom(server, { repository: registry, version })).toMatchObject({
      reason: expect.stringContaining("name it exactly"),
    });
    expect(server.requests).toEqual([]);
  });

  test.each([
    "oci://",
    "oci:///x",
    "oci://charts.test/UPPER",
    "oci://charts.test/../x",
    "oci://charts.test/a?b",
    "oci://u:p@charts.test/a",
  ])("%s is none", async (repository) => {
    const server = await start(open);
    expect(await fetchFrom(server, { repository: () => repository, allowedHosts: [HOST] })).toMatchObject({
      kind: "failed",
    });
    expect(server.requests).toEqual([]);
  });
});

describe("names", () => {
  test.each(["../../evil", "a/b", "", ".hidden", "-x", "a\nb", "x".repeat(300)])(
    "%j is none of a chart",
    async (name) => {
      const result = await fetchDependency({ name, version: "1.0.0", repository: `https://${HOST}` }, UNLOCKED, {
        allowedHosts: [HOST],
      });
      expect(result).toEqual({ kind: "failed", reason: "its name is none of a chart" });
    },
  );
});
