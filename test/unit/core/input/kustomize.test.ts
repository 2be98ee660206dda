import { describe, expect, test } from "@jest/globals";
import { planKustomizations, type KustomizePlan } from "../../../../src/core/input/kustomize.ts";
import { objectsOf } from "../../../../src/core/input/objects.ts";
import { resolveReference } from "../../../../src/core/input/reference-path.ts";
import { locate } from "../../../../src/core/locate/locate.ts";
import { lineIndex } from "../../../../src/core/yaml/lines.ts";
import { parseYaml } from "../../../../src/core/yaml/parse.ts";

function plan(files: Record<string, string>): KustomizePlan {
  const sources = Object.entries(files).flatMap(([uri, text]) => {
    const parsed = parseYaml(text);
    return parsed.kind === "documents" ? [{ source: { uri, text }, documents: parsed.documents }] : [];
  });
  return planKustomizations(sources, (uri) => Object.hasOwn(files, uri));
}

describe("units", () => {
  const files = {
    "base/kustomization.yaml": "resources: [app.yaml, rbac.yaml]\nnamespace: base-ns\n",
    "base/app.yaml": "",
    "base/rbac.yaml": "",
    "dev/kustomization.yaml": "resources: [../base]\nnamespace: dev\n",
    "prod/kustomization.yml": "bases: [../base/]\ncomponents: [../extra]\npatches:\n- path: patch.yaml\n",
    "prod/patch.yaml": "",
    "extra/Kustomization":
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [./more.yaml]\nnamespace: extra-ns\n",
    "extra/more.yaml": "",
    "other.yaml": "",
  };
  const made = plan(files);

  test.each([
    ["base/app.yaml", ["kustomization:dev", "kustomization:prod"], "", false],
    ["dev/kustomization.yaml", ["kustomization:dev"], "dev", false],
    ["prod/patch.yaml", ["kustomization:prod"], "extra-ns", true],
    ["extra/more.yaml", ["kustomization:prod"], "extra-ns", false],
    ["other.yaml", ["loose"], "", false],
  ])("%s", (uri, units, namespace, partial) => {
    expect(made.placementOf(uri)).toEqual({ units, namespace, partial });
  });

  test("names what is a candidate and what is missing", () => {
    expect([...made.candidates].sort()).toEqual([
      "base/app.yaml",
      "base/rbac.yaml",
      "extra/more.yaml",
      "prod/patch.yaml",
    ]);
    expect(made.missing).toEqual([]);
    expect(plan({ "kustomization.yaml": "resources: [gone.yaml, ../x, dir]\n" })).toMatchObject({
      missing: ["dir", "gone.yaml"],
    });
  });

  test("the outer namespace wins over the inner one", () => {
    const one = plan({
      "a/kustomization.yaml": "resources: [../b]\nnamespace: outer\n",
      "b/kustomization.yaml": "namespace: inner\nresources: [x.yaml]\n",
      "b/x.yaml": "",
    });
    expect(one.placementOf("b/x.yaml").namespace).toBe("outer");
  });

  test("the root of the repository is a folder, too", () => {
    expect(plan({ "kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": "" }).placementOf("a.yaml").units).toEqual([
      "kustomization:.",
    ]);
  });

  test("cycles end, and everything in one has a unit", () => {
    const made2 = plan({
      "a/kustomization.yaml": "resources: [../b, .]\n",
      "b/kustomization.yaml": "resources: [../a, x.yaml]\n",
      "b/x.yaml": "",
    });
    expect(made2.placementOf("b/x.yaml").units).toEqual(["kustomization:a"]);
  });

  test("a resource that is a patch elsewhere is whole", () => {
    const made2 = plan({
      "a/kustomization.yaml": "resources: [x.yaml]\n",
      "b/kustomization.yaml": "patchesStrategicMerge: [../a/x.yaml]\n",
      "a/x.yaml": "",
    });
    expect(made2.placementOf("a/x.yaml").partial).toBe(false);
  });

  test("Flux objects of that name are no kustomizations", () => {
    const flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nresources: [a.yaml]\n";
    expect(plan({ "kustomization.yaml": flux, "a.yaml": "" }).kustomizations.size).toBe(0);
  });

  test("every field that names files is read", () => {
    const text = [
      "crds: [crd.json]",
      "configurations: [conf.yaml]",
      "generators: [gen.yaml]",
      "transformers: [trans.yaml, 'apiVersion: x\nkind: y']",
      "replacements: [{path: repl.yaml}, {source: {}}]",
      "openapi: {path: api.json}",
      "patchesJson6902: [{path: ops.yaml}]",
      "secretGenerator: [{name: s, files: [k=tls.key, plain.txt], envs: [.env], env: old.env, literals: [a=b]}]",
      "configMapGenerator: [{files: [c.conf]}]",
    ].join("\n");
    const names = [
      "crd.json",
      "conf.yaml",
      "gen.yaml",
      "trans.yaml",
      "repl.yaml",
      "api.json",
      "ops.yaml",
      "tls.key",
      "plain.txt",
      ".env",
      "old.env",
      "c.conf",
    ];
    const made2 = plan({ "kustomization.yaml": text, ...Object.fromEntries(names.map((name) => [name, ""])) });
    expect([...made2.candidates].sort()).toEqual([
      "api.json",
      "conf.yaml",
      "crd.json",
      "gen.yaml",
      "ops.yaml",
      "repl.yaml",
      "trans.yaml",
    ]);
    expect([...made2.texts].sort()).toEqual([".env", "c.conf", "old.env", "plain.txt", "tls.key"]);
    expect(made2.placementOf("ops.yaml").partial).toBe(true);
  });

  test.each(["", "[]", "resources: text", "resources: [{a: b}, , 7]", "- a", "patches: {a: b}", "patches: [~]"])(
    "tolerates %j",
    (text) => {
      expect(plan({ "kustomization.yaml": text }).errors).toEqual([]);
    },
  );

  test("many overlays of many files end in an error, not in a dead process", () => {
    const names = Array.from({ length: 1_200 }, (_all, index) => `f${index}.yaml`);
    const files2: Record<string, string> = { "base/kustomization.yaml": `resources: [${names.join(", ")}]\n` };
    for (const name of names) files2[`base/${name}`] = "";
    for (const name of names) files2[`o/${name}/kustomization.yaml`] = "resources: [../../base]\n";
    const { errors } = plan(files2);
    expect(errors.length).toBeGreaterThan(0);
    expect(new Set(errors.map(({ reason }) => reason))).toEqual(new Set(["limit-exceeded"]));
  });
});

describe("references", () => {
  test.each([
    ["a/b", "../c", "a/c"],
    ["a/b", "./x.yaml", "a/b/x.yaml"],
    ["a/b", "../..", ""],
    ["", "x//y/", "x/y"],
    ["", "...", "..."],
  ])("from %j, %j leads to %j", (folder, path, uri) => {
    expect(resolveReference(folder, path)).toEqual({ kind: "inside", uri });
  });

  test.each(["..", "../x", "a/../../x", "/etc/passwd", "C:\\x", "c:/x"])("%j leaves the root", (path) => {
    expect(resolveReference("", path)).toEqual({ kind: "outside" });
  });

  test.each([
    "https://example.com/x.yaml",
    "github.com/org/repo/path?ref=v1",
    "git@github.com:org/repo.git",
    "ssh://git@host/x",
    "git::https://host/x.git",
    "example.com/org/repo//path",
    "org/repo?ref=main",
    "oci://ghcr.io/x",
  ])("%j is remote", (path) => {
    expect(resolveReference("a", path)).toEqual({ kind: "remote" });
  });

  test("one that leaves the root is an error on its line", () => {
    const { errors } = plan({
      "a/kustomization.yaml": "resources:\n- ok.yaml\n- ../../etc/passwd\n- https://example.com/x\n",
    });
    expect(errors).toEqual([
      {
        uri: "a/kustomization.yaml",
        reason: "outside-root",
        message: expect.any(String),
        at: { line: 3, column: 3, offset: 23 },
      },
    ]);
    expect(JSON.stringify(errors)).not.toContain("passwd");
  });
});

describe("inline patches", () => {
  function located(text: string, path: (string | number)[]): string[] {
    const { inlinePatches, errors } = plan({ "k/kustomization.yaml": text });
    expect(errors).toEqual([]);
    const lines = lineIndex(text);
    return inlinePatches.flatMap(({ source, documents, placement }) =>
      objectsOf(source, documents, { ...placement, nextId: () => 0 }).map((object) => {
        expect(object).toMatchObject({ partial: true, units: ["kustomization:k"] });
        const { range } = locate(object.origin.document, path, lines);
        return text.slice(range.start.offset, range.end.offset);
      }),
    );
  }
  const object = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  key: "va\\u006cue"\n';
  const indented = object.replaceAll(/^/gm, "      ").trimEnd();

  test.each([
    ["literal", `patches:\n  - patch: |-\n${indented}\n`, '"va\\u006cue"'],
    ["literal with CRLF", `patches:\n  - patch: |\n${indented}\n`.replaceAll("\n", "\r\n"), '"va\\u006cue"'],
    ["literal with an indicator", `patchesStrategicMerge:\n  - |2\n${indented}\n`, '"va\\u006cue"'],
    ["single quotes", "patches:\n- patch: '{apiVersion: v1, kind: Secret, stringData: {key: value}}'\n", "value"],
    ["double quotes", 'patches:\n- patch: "apiVersion: v1\\nkind: Secret\\nstringData:\\n  key: value\\n"\n', "value"],
  ])("are located exactly: %s", (_name, text, expected) => {
    expect(located(text, ["stringData", "key"])).toEqual([expected]);
  });

  test("JSON patches and deletions are no objects", () => {
    expect(located("patches:\n- patch: |\n    - op: add\n      path: /x\n      value: 1\n", [])).toEqual([]);
    expect(located("patches:\n- patch: |\n    apiVersion: v1\n    kind: Pod\n    $patch: delete\n", [])).toEqual([]);
  });

  test("one that cannot be read is an error on its line, which shows nothing of it", () => {
    const { errors } = plan({ "kustomization.yaml": "patches:\n- patch: |\n    a: b\n    c: [hunter2\n" });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.at?.line).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(errors)).not.toContain("hunter2");
  });

  test("an alias stays one node", () => {
    const bomb = `a0: &a0 [x]\n${Array.from({ length: 15 }, (_all, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`).join("\n")}`;
    const text = `patches:\n- patch: |\n${bomb.replaceAll(/^/gm, "    ")}\n`;
    expect(plan({ "kustomization.yaml": text }).inlinePatches).toHaveLength(1);
  });
});
