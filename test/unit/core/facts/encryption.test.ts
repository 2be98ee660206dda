import { describe, expect, test } from "@jest/globals";
import { encryptionFacts } from "../../../../src/core/facts/encryption.ts";
import { load } from "../../../../src/core/load.ts";

function facts(texts: Readonly<Record<string, string>>) {
  let id = 0;
  const inputs = Object.entries(texts).map(([uri, text]) => ({
    source: { uri, text },
    explicit: false,
    context: false,
  }));
  const { files } = load(inputs, () => id++);
  return encryptionFacts(files.map(({ source, objects }) => ({ uri: source.uri, objects })));
}

const SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nsops: {age: [], mac: x}\n";
const PLAIN = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n";
const FLUX = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\n";

describe("encryptionFacts", () => {
  test("objects that SOPS encrypted, with their units", () => {
    const { encrypted } = facts({
      "apps/kustomization.yaml": "resources: [a.yaml]\n",
      "apps/a.yaml": SECRET,
      "b.yaml": SECRET,
      "c.yaml": PLAIN,
      "d.enc.yaml": "sops: {age: [], mac: x}\n",
    }) as {
      encrypted: unknown;
    };
    expect(encrypted).toEqual([
      { file: "apps/a.yaml", units: ["kustomization:apps"] },
      { file: "b.yaml", units: ["loose"] },
    ]);
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
