import { describe, expect, test } from "@jest/globals";
import { encryptionFacts } from "../../../../src/core/facts/encryption.ts";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";

function facts(texts: Readonly<Record<string, string>>) {
  const inputs = Object.entries(texts).map(([uri, text]) => ({
    source: { uri, text },
    explicit: false,
    context: false,
  }));
  const { files } = load(inputs, new Memory());
  return encryptionFacts(files.map(({ source, objects }) => ({ uri: source.uri, objects })));
}

const SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nsops: {age: [], mac: x}\n";
const PLAIN = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n";
const FLUX = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\n";

describe("encryptionFacts", () => {
  const flux = (path: string) => `---\n${FLUX}spec: {path: ${path}}\n`;

  test("what a Flux Kustomization applies that SOPS encrypted", () => {
    const reconciled = (texts: Readonly<Record<string, string>>) =>
      (facts(texts) as { reconciled: unknown }).reconciled;
    expect(
      reconciled({ "flux.yaml": flux("./apps"), "apps/b.yaml": SECRET, "apps/a.yaml": SECRET, "c.yaml": SECRET }),
    ).toEqual({ apps: "apps/a.yaml" });
    expect(reconciled({ "flux.yaml": flux("./") + flux("apps"), "apps/a.yaml": SECRET, "c.yaml": SECRET })).toEqual({
      apps: "apps/a.yaml",
      "": "c.yaml",
    });
    expect(
      reconciled({
        "flux.yaml": flux("apps"),
        "apps/kustomization.yaml": "resources: [../base/a.yaml]\n",
        "base/a.yaml": SECRET,
      }),
    ).toEqual({ apps: "base/a.yaml" });
    expect(
      reconciled({
        "flux.yaml": flux("apps"),
        "apps/db/kustomization.yaml": "resources: [a.yaml]\n",
        "apps/db/a.yaml": SECRET,
      }),
    ).toEqual({ apps: "apps/db/a.yaml" });
    expect(
      reconciled({ "flux.yaml": flux("null"), "kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": SECRET }),
    ).toEqual({ "": "a.yaml" });
    expect(
      reconciled({
        "flux.yaml": flux("apps"),
        "other/kustomization.yaml": "resources: [../apps/a.yaml]\n",
        "apps/a.yaml": SECRET,
      }),
    ).toEqual({});
    expect(
      reconciled({ "flux.yaml": flux("apps"), "apps/a.yaml": PLAIN, "apps/d.enc.yaml": "sops: {age: [], mac: x}\n" }),
    ).toEqual({});
    expect(reconciled({ "apps/a.yaml": SECRET })).toEqual({});
  });

  test("files go to the nearest rules", () => {
    const { configs } = facts({
      ".sops.yaml": "creation_rules: []\n",
      "a/.sops.yaml": "creation_rules: []\n",
      "a/b/c.yaml": PLAIN,
      "d.yaml": SECRET,
      "e.txt": "x",
      "f.env": "sops_mac=x\n",
    }) as {
      configs: unknown;
    };
    expect(configs).toEqual({
      ".sops.yaml": [
        { file: "d.yaml", path: "d.yaml", secret: true, encrypted: true },
        { file: "f.env", path: "f.env", secret: false, encrypted: true },
      ],
      "a/.sops.yaml": [{ file: "a/b/c.yaml", path: "b/c.yaml", secret: true, encrypted: false }],
    });
    expect(facts({ "a.yaml": PLAIN })).toMatchObject({ configs: {} });
  });

  test.each([
    ["patches: [{patch: '[{op: add, path: /spec/decryption, value: {provider: sops}}]'}]\n", true],
    [
      "patchesStrategicMerge:\n- |\n  apiVersion: kustomize.toolkit.fluxcd.io/v1\n  kind: Kustomization\n  metadata: {name: a}\n  spec: {decryption: {provider: sops}}\n",
      true,
    ],
    ["patches: [{patch: '[{op: add, path: /spec/prune, value: true}]'}]\n", false],
    ["patches: 3\n", false],
  ])("patches that speak of decryption: %s", (text, expected) => {
    expect(facts({ "kustomization.yaml": text })).toMatchObject({ decryptionPatched: expected });
  });

  test("an object that decrypts is no patch", () => {
    expect(facts({ "a.yaml": `${FLUX}spec: {decryption: {provider: sops}}\n` })).toMatchObject({
      decryptionPatched: false,
    });
    expect(facts({ "a.yaml": `${FLUX}spec: {patches: [{patch: {spec: {decryption: {}}}}]}\n` })).toMatchObject({
      decryptionPatched: true,
    });
  });
});
