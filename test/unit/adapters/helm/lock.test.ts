import { describe, expect, test } from "@jest/globals";
import { lockedDependency } from "../../../../src/adapters/helm/fetch/lock.ts";
import { chartDependencies } from "../../../../src/core/charts/dependencies.ts";

function files(texts: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]));
}

const CHART = `apiVersion: v2
name: p
version: 1.0.0
dependencies:
  - name: a
    version: ">=1.0.0, <2"
    repository: file://../a
    condition: a.enabled,a & b
    tags: [x, "<y>"]
    alias: first
    import-values:
      - data
      - child: default.data
        parent: myimports
      - { parent: "z", child: "a" }
  - name: a
    version: ~1.2
    repository: file://../a
    enabled: true
    alias: second
    tags: []
  - name: b
    version: 0.x.x
    repository: file://../b
`;

/** As `helm dependency update` 4.3 writes it for the chart above. */
const LOCK = `dependencies:
- name: a
  repository: file://../a
  version: 1.2.3
- name: a
  repository: file://../a
  version: 1.2.3
- name: b
  repository: file://../b
  version: 0.1.0
digest: sha256:6331f440e6f78fb60b91c07a0c502bbad4743250c98d46ccbd7a0a779c31f759
generated: "2026-11-23T23:16:27.58762174Z"
`;

const b = { name: "b", version: "0.x.x", repository: "file://../b" };

describe("a lock that Helm made", () => {
  test("pins the version", () => {
    const chart = chartDependencies(files({ "Chart.yaml": CHART, "Chart.lock": LOCK }));
    expect(lockedDependency(b, chart)).toEqual({ kind: "locked", version: "0.1.0", repository: "file://../b" });
    expect(lockedDependency({ name: "a", version: "~1.2", repository: "file://../a" }, chart)).toMatchObject({
      version: "1.2.3",
    });
  });

  test.each([
    ["another constraint", CHART.replace("0.x.x", "0.1.x"), LOCK],
    ["another repository", CHART.replace("file://../b", "file://../c"), LOCK],
    ["another condition", CHART.replace("a & b", "b"), LOCK],
    ["a dependency more", `${CHART}  - { name: c, version: 1.x, repository: 'https://example.com' }\n`, LOCK],
    ["another locked version", CHART, LOCK.replace("0.1.0", "0.2.0")],
    ["another digest", CHART, LOCK.replace("6331", "0000")],
    ["no digest", CHART, LOCK.replace(/digest.*\n/, "")],
    ["an empty lock", CHART, "{}\n"],
  ])("is stale for %s", (_, chart, lock) => {
    expect(lockedDependency(b, chartDependencies(files({ "Chart.yaml": chart, "Chart.lock": lock })))).toEqual({
      kind: "stale",
    });
  });

  test.each([
    ["no lock", {}],
    ["one that is no YAML", { "Chart.lock": "a: [" }],
    ["one that is a list", { "Chart.lock": "- a\n" }],
    ["an empty one", { "Chart.lock": "" }],
  ])("pins nothing as %s", (_, lock) => {
    expect(lockedDependency(b, chartDependencies(files({ "Chart.yaml": CHART, ...lock })))).toEqual({ kind: "none" });
  });

  test("gives an alias of a repository its URL", () => {
    // sha256 of [[{"name":"a","version":"1.x","repository":"https://example.com/charts"}],[{"name":"a","version":"1.2.3","repository":"https://example.com/charts"}]]
    const digest = "sha256:8595d4f0ca99107dc7b48cf0b367972b039aa49668f91f2007f5fcd68291b73b";
    const lock = `dependencies:\n- { name: a, repository: "https://example.com/charts", version: 1.2.3 }\ndigest: ${digest}\n`;
    for (const repository of ["@example", "alias:example"]) {
      const chart = `name: p\ndependencies:\n- { name: a, version: 1.x, repository: "${repository}" }\n`;
      const dependencies = chartDependencies(files({ "Chart.yaml": chart, "Chart.lock": lock }));
      expect(lockedDependency({ name: "a", version: "1.x", repository }, dependencies)).toEqual({
        kind: "locked",
        version: "1.2.3",
        repository: "https://example.com/charts",
      });
    }
  });

  test("can be one of Helm 2", () => {
    // sha256 of {"dependencies":[{"name":"a","version":"1.x","repository":"https://example.com"}]}
    const digest = "sha256:cc278c699134510c0fb8a666896ec03a711912dd9dede2aa35e5491787bb1b8b";
    const requirements = `dependencies:\n- { name: a, version: 1.x, repository: "https://example.com" }\n`;
    const lock = `dependencies:\n- { name: a, version: 1.0.1, repository: "https://example.com" }\ndigest: ${digest}\n`;
    const chart = chartDependencies(
      files({ "Chart.yaml": "apiVersion: v1\n", "requirements.yaml": requirements, "requirements.lock": lock }),
    );
    expect(lockedDependency({ name: "a", version: "1.x", repository: "https://example.com" }, chart)).toMatchObject({
      version: "1.0.1",
    });
  });
});
