import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_CONFIG } from "../../../../src/core/config/effective.ts";
import { evidenceOf, evidenceOptions, gatherEvidence } from "../../../../src/core/gather.ts";
import type { GatheredFile } from "../../../../src/core/gathered-file.ts";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";
import type { TokenDetector } from "../../../../src/core/ports.ts";
import type { RuleMetadata } from "../../../../src/model/rule.ts";

const rules = JSON.parse(readFileSync("dist/rules.json", "utf8")) as readonly RuleMetadata[];

/** Finds `TOKEN-<word>`, and `JWT-<word>` as a JSON Web Token. */
const detector: TokenDetector = {
  detect: async (text) =>
    [...text.matchAll(/(TOKEN|JWT)-[a-z0-9]+/g)].map(({ index, 0: match, 1: sort }) => ({
      detector: sort === "JWT" ? "pattern/jwt" : "test/token",
      kind: "token" as const,
      start: index,
      end: index + match.length,
    })),
};

const P = "kJ8mQ2vL9p";
const Q = "gT5rZ81kQw";

async function gather(text: string, uri = "app.yaml"): Promise<GatheredFile> {
  const { files } = load([{ source: { uri, text }, explicit: false, context: false }], new Memory());
  const options = evidenceOptions(DEFAULT_CONFIG, rules, files);
  const [file] = await gatherEvidence(files, detector, options, 0, () => undefined);
  if (file === undefined) throw new Error("the text is no file of the run");
  return file;
}

/** `Kind: path ⟨source text⟩` of each piece of evidence that an object is told of. */
const told = ({ objects, source }: GatheredFile) =>
  objects.flatMap(({ object, evidence }) =>
    evidence.map(
      ({ path, range, kind }) =>
        `${object.kind}: ${kind} ${path.join(".")} ⟨${source.text.slice(range.start.offset, range.end.offset)}⟩`,
    ),
  );

/** No secret is left in any value, and every one of them is masked. */
function expectHidden(file: GatheredFile, secrets: readonly string[]): void {
  const values = JSON.stringify(file.objects.map(({ redacted }) => redacted));
  for (const secret of secrets) {
    expect(file.source.text).toContain(secret);
    expect(values).not.toContain(secret);
    const at = file.source.text.indexOf(secret);
    const covers = evidenceOf(file).some(
      ({ range }) => range.start.offset <= at && range.end.offset >= at + secret.length,
    );
    expect(covers).toBe(true);
  }
}

describe("objects in objects", () => {
  test.each([
    ["OpenShift Template", "apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n  - ", ""],
    [
      "ManifestWork",
      "apiVersion: work.open-cluster-management.io/v1\nkind: ManifestWork\nspec: {workload: {manifests: [",
      "]}}",
    ],
    ["Composition", "apiVersion: apiextensions.crossplane.io/v1\nkind: Composition\nspec: {resources: [{base: ", "}]}"],
    [
      "carrier in a List",
      "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Template\n    objects:\n      - ",
      "",
    ],
  ])("%s: evidence is the item's, and the carrier is redacted", async (_, before, after) => {
    const item = `{apiVersion: v1, kind: Pod, spec: {containers: [{name: a, env: [{name: DB_PASSWORD, value: ${P}}], args: [TOKEN-arg]}]}}`;
    const file = await gather(before + item + after);
    expect(file.objects).toHaveLength(2);
    expect(told(file)).toEqual([
      `Pod: credential spec.containers.0.env.0.value ⟨${P}⟩`,
      "Pod: token spec.containers.0.args.0 ⟨TOKEN-arg⟩",
    ]);
    expectHidden(file, [P, "TOKEN-arg"]);
  });

  test("what stands next to the items is the carrier's", async () => {
    const file = await gather(
      `apiVersion: v1\nkind: Template\nparameters:\n  - {name: DB_PASSWORD, value: ${P}}\nobjects:\n  - {apiVersion: v1, kind: ConfigMap, data: {API_TOKEN: ${Q}}}\n`,
    );
    expect(told(file)).toEqual([
      `Template: credential parameters.0.value ⟨${P}⟩`,
      `ConfigMap: credential data.API_TOKEN ⟨${Q}⟩`,
    ]);
    expectHidden(file, [P, Q]);
  });

  test("carriers in carriers", async () => {
    const file = await gather(
      `apiVersion: work.karmada.io/v1alpha1\nkind: Work\nspec:\n  workload:\n    manifests:\n      - apiVersion: v1\n        kind: Template\n        objects: [{apiVersion: v1, kind: Secret, stringData: {password: ${P}}}]\n`,
    );
    expect(told(file)).toEqual([`Secret: credential stringData.password ⟨${P}⟩`]);
    expect(file.objects).toHaveLength(3);
    expectHidden(file, [P]);
  });

  test("an inline patch of a kustomization is an object of its own; a list of operations is not", async () => {
    const file = await gather(
      `resources: [app.yaml]
patches:
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a} # TOKEN-comment
      data:
        DB_PASSWORD: ${P}
        other: TOKEN-value
  - target: {kind: Deployment}
    patch: |
      - op: add
        path: /spec/password
        password: ${Q}
`,
      "kustomization.yaml",
    );
    expect(told(file)).toEqual([
      `Kustomization: credential patches.1.patch ⟨${Q}⟩`,
      "Kustomization: token patches.0.patch ⟨TOKEN-comment⟩",
      `ConfigMap: credential data.DB_PASSWORD ⟨${P}⟩`,
      "ConfigMap: token data.other ⟨TOKEN-value⟩",
    ]);
    expectHidden(file, [P, Q, "TOKEN-comment", "TOKEN-value"]);
  });

  test("a token that escapes hide from the raw text is the item's as well", async () => {
    const file = await gather(
      'apiVersion: v1\nkind: Template\nobjects:\n  - {apiVersion: v1, kind: ConfigMap, data: {a: "some TOK\\x45N-escaped"}}\n',
    );
    expect(told(file)).toEqual(["ConfigMap: token data.a ⟨TOK\\x45N-escaped⟩"]);
    expect(JSON.stringify(file.objects.map(({ redacted }) => redacted))).not.toContain("TOKEN-escaped");
  });

  test("many objects in one carrier cost no more than their number", async () => {
    const items = Array.from(
      { length: 2000 },
      (_, index) => `  - {apiVersion: v1, kind: ConfigMap, data: {TOKEN: "${P}${index}"}}\n`,
    );
    const started = performance.now();
    const file = await gather(`apiVersion: v1\nkind: Template\nobjects:\n${items.join("")}`);
    expect(file.objects.filter(({ evidence }) => evidence.length === 1)).toHaveLength(2000);
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});

describe("tokens in URLs", () => {
  const pod = (value: string) =>
    `apiVersion: v1\nkind: Pod\nspec: {containers: [{env: [{name: REPO, value: "${value}"}]}]}\n`;

  test("a token is told once, as a token", async () => {
    const file = await gather(pod("https://ci:TOKEN-abcdef12345@git.example.com/a.git"));
    expect(told(file)).toEqual(["Pod: token spec.containers.0.env.0.value ⟨TOKEN-abcdef12345⟩"]);
    expectHidden(file, ["TOKEN-abcdef12345"]);
  });

  test("a JSON Web Token in a URL is told as the credential that it is used for", async () => {
    const file = await gather(pod("https://ci:JWT-abcdef12345@git.example.com/a.git"));
    expect(told(file)).toEqual(["Pod: url-credential spec.containers.0.env.0.value ⟨JWT-abcdef12345⟩"]);
  });

  test("a token elsewhere in the value takes nothing away", async () => {
    const file = await gather(pod(`https://ci:${P}@git.example.com/TOKEN-abc`));
    expect(told(file)).toEqual([
      `Pod: url-credential spec.containers.0.env.0.value ⟨${P}⟩`,
      "Pod: token spec.containers.0.env.0.value ⟨TOKEN-abc⟩",
    ]);
    expectHidden(file, [P, "TOKEN-abc"]);
  });

  test("the same outside of objects", async () => {
    const file = await gather(`# https://ci:TOKEN-abcdef12345@git.example.com/a.git\n${pod("x")}`);
    expect(file.evidence.map(({ kind }) => kind)).toEqual(["token"]);
  });
});
