import { describe, expect, test } from "@jest/globals";
import { lineSettings } from "../../../../src/core/input/line-settings.ts";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";

const ENC = "ENC[AES256_GCM,data:p673w==,iv:YY=,tag:A=,type:str]";

function loaded(texts: Readonly<Record<string, string>>, context: readonly string[] = []) {
  const inputs = Object.entries(texts).map(([uri, text]) => ({
    source: { uri, text },
    explicit: false,
    context: context.includes(uri),
  }));
  return load(inputs, new Memory()).files.flatMap(({ source, objects }) =>
    objects.map(({ kind, name, value }) => ({ uri: source.uri, kind, name, value })),
  );
}

const kinds = (texts: Readonly<Record<string, string>>) => loaded(texts).map(({ uri, kind }) => `${uri} ${kind}`);

describe("files of secret generators", () => {
  const kustomization =
    "secretGenerator:\n- envs: [db.env, ../other.env]\n  env: more.env\n  files: [key=a/tls.key, plain.txt]\n";

  test("stand for the Secret that they become", () => {
    const files = loaded({
      "app/kustomization.yaml": kustomization,
      "app/db.env": "A=1\nB=2\n",
      "app/a/tls.key": "x",
      "app/plain.txt": "y",
      "other.env": "C=3",
      "app/more.env": "D=4",
    });
    expect(
      files.filter(({ kind }) => kind === "SecretSource").map(({ uri, name, value }) => [uri, name, value]),
    ).toEqual([
      ["app/db.env", "app/kustomization.yaml", { A: "1", B: "2", apiVersion: "portcullis/v1", kind: "SecretSource" }],
      ["app/a/tls.key", "app/kustomization.yaml", { key: "x", apiVersion: "portcullis/v1", kind: "SecretSource" }],
      [
        "app/plain.txt",
        "app/kustomization.yaml",
        { "plain.txt": "y", apiVersion: "portcullis/v1", kind: "SecretSource" },
      ],
      ["other.env", "app/kustomization.yaml", { C: "3", apiVersion: "portcullis/v1", kind: "SecretSource" }],
      ["app/more.env", "app/kustomization.yaml", { D: "4", apiVersion: "portcullis/v1", kind: "SecretSource" }],
    ]);
  });

  test("those of ConfigMaps, manifests, and files that are there for references only are not", () => {
    expect(kinds({ "kustomization.yaml": "configMapGenerator:\n- envs: [a.env]\n", "a.env": "A=1" })).toEqual([
      "kustomization.yaml Kustomization",
    ]);
    const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    expect(kinds({ "kustomization.yaml": "secretGenerator:\n- files: [a.yaml]\n", "a.yaml": manifest })).toEqual([
      "kustomization.yaml Kustomization",
      "a.yaml ConfigMap",
    ]);
    const ignored = loaded({ "kustomization.yaml": "secretGenerator:\n- envs: [a.env]\n", "a.env": "A=1" }, ["a.env"]);
    expect(ignored.map(({ kind }) => kind)).toEqual(["Kustomization"]);
  });

  test("sloppy generators are no error", () => {
    expect(
      kinds({ "kustomization.yaml": "secretGenerator:\n- null\n- {envs: null, files: [null, 3, =, '']}\n- 4\n" }),
    ).toEqual(["kustomization.yaml Kustomization"]);
  });
});

describe("files of SOPS", () => {
  test.each([
    ["a.enc.yaml", `a: ${ENC}\nsops: {age: [], mac: x}\n`],
    ["a.json", `{"a": "${ENC}", "sops": {"kms": [], "version": "3.9.4"}}`],
    ["a.env", `A=${ENC}\nsops_mac=${ENC}\n`],
    ["a.ini", `[a]\nb = ${ENC}\n\n[sops]\nmac = ${ENC}\n`],
  ])("%s is one", (uri, text) => {
    expect(kinds({ [uri]: text })).toEqual([`${uri} SopsFile`]);
  });

  test.each([
    ["a.yaml", "sops: {enabled: true}\n"],
    ["b.yaml", "sops: {version: 3, enabled: true}\n"],
    ["c.yaml", "- sops\n"],
    ["d.yaml", "sops: {{ .Values.x }}\n"],
    ["a.env", "TOOL=sops\n"],
  ])("%s is none", (uri, text) => {
    expect(kinds({ [uri]: text })).toEqual([]);
  });

  test("the rules are told by the name of the file", () => {
    expect(
      kinds({
        ".sops.yaml": "creation_rules: []\n",
        "a/.sops.yaml": "creation_rules: []\n",
        "x.sops.yaml": "creation_rules: []\n",
      }),
    ).toEqual([".sops.yaml SopsConfig", "a/.sops.yaml SopsConfig"]);
    expect(kinds({ ".sops.yaml": "a: [\n", "b/.sops.yaml": "text" })).toEqual([]);
  });

  test("an object that SOPS encrypted stays an object", () => {
    expect(kinds({ "a.yaml": `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nsops: {age: [], mac: x}\n` })).toEqual(
      ["a.yaml Secret"],
    );
  });
});

describe("lines of settings", () => {
  const read = (text: string) =>
    lineSettings(text).map(({ key, keyStart, keyEnd, value }) => [
      key,
      text.slice(keyStart, keyEnd),
      text.slice(value.start, value.end),
    ]);

  test("each has its place", () => {
    expect(
      read(`A=1\r\n  export B = "two words"\n# C=3\n; D=4\n\nE='5\nF\n=G\n[part]\nh = i=j\n[ other ]\nA=\n`),
    ).toEqual([
      ["A", "A", "1"],
      ["B", "B", "two words"],
      ["E", "E", "'5"],
      ["part.h", "h", "i=j"],
      ["other.A", "A", ""],
    ]);
  });

  test("a hostile text costs no more than its length", () => {
    const start = performance.now();
    for (const text of [
      " ".repeat(400_000),
      `A=${" ".repeat(400_000)}x`,
      "A=1\n".repeat(200_000),
      "[".repeat(400_000),
      `export ${" ".repeat(400_000)}`,
    ])
      lineSettings(text);
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});
