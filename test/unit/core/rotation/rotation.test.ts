import { describe, expect, test } from "@jest/globals";
import { judgeTexts } from "../../../support/judge.ts";
import { makeToken } from "../../../support/tokens.ts";
import { entries, entriesOf, env, external, lines, metadata, secret, vault, workload } from "./sample-set.ts";

describe("units", () => {
  const kustomization = (...resources: readonly string[]) => ({
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources,
  });

  test("resolve within themselves, else to loose objects, never to each other", () => {
    const all = entriesOf({
      "one/kustomization.yaml": [kustomization("a.yaml")],
      "one/a.yaml": [workload("Deployment", env("own")), secret("own")],
      "two/kustomization.yaml": [kustomization("a.yaml")],
      "two/a.yaml": [workload("Deployment", env("own")), { ...workload("DaemonSet", env("loose")) }],
      "c.yaml": [secret("loose")],
    });
    expect(all.map(({ name, unit, producers, consumers }) => [name, unit, producers.length, consumers.length])).toEqual(
      [
        ["loose", "loose", 1, 1],
        ["own", "kustomization:one", 1, 1],
        ["own", "kustomization:two", 0, 1],
      ],
    );
  });

  test("of a generator, whose Secrets get new names", () => {
    const all = entriesOf({
      "kustomization.yaml": [{ ...kustomization("a.yaml"), secretGenerator: [{ name: "gen", literals: [] }] }],
      "a.yaml": [workload("Deployment", env("gen"))],
    });
    expect(lines(all)).toEqual([
      {
        of: "Secret */gen",
        made: [expect.stringContaining("secretGenerator")],
        used: ["Deployment api env: rolled out, since each value has its own name"],
        missing: ["no schedule"],
      },
    ]);
  });
});

describe("hostile input", () => {
  test.each<[string, unknown]>([
    ["nothing", { ...external(), spec: null }],
    ["lists", { ...external(), spec: [[]] }],
    ["numbers", vault("VaultStaticSecret", { destination: { name: 3 }, refreshAfter: [] })],
    ["no annotations", { ...secret("s"), metadata: { name: "s", annotations: 7 } }],
    ["no containers", workload("Deployment", { containers: "x", volumes: [null, 1, { secret: 3 }] })],
    ["templates", workload("Deployment", env("{{ .Values.name }}"))],
    ["a prototype", JSON.parse('{"apiVersion":"v1","kind":"Secret","metadata":{"name":"__proto__"}}')],
  ])("%s", (_name, document) => {
    expect(() => entries(document)).not.toThrow();
  });

  test("masks tokens in names", () => {
    const name = makeToken("github-token");
    const text = JSON.stringify(entries(secret(name), workload("Deployment", env(name))));
    expect(text).not.toContain(name);
  });

  test("many consumers take linear time and one sentence", () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({
      ...workload("Deployment", env("s")),
      metadata: metadata(`d${index}`),
    }));
    const [entry] = entries(secret("s"), ...many);
    expect(entry?.consumers).toHaveLength(3000);
    expect(entry?.missing.at(-1)).toMatch(/^consumer does not notice: Deployment d0, .* and 2990 more$/);
  });
});

test("a run lists secrets only when it is asked to, with the lines where they are named", async () => {
  const texts = {
    "s.yaml": `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  a: ${makeToken("github-token")}\n`,
    "p.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  volumes:\n    - name: v\n      secret:\n        secretName: db\n",
  };
  expect((await judgeTexts(texts)).report.rotation).toBeNull();
  const { rotation } = (await judgeTexts(texts, {}, { rotation: true })).report;
  expect(rotation).toMatchObject([
    { name: "db", producers: [{ uri: "s.yaml", line: 4 }], consumers: [{ uri: "p.yaml", line: 9 }] },
  ]);
  expect(JSON.stringify(rotation)).not.toContain(makeToken("github-token"));
});
