import { describe, expect, test } from "@jest/globals";
import { objectsOf, type ObjectsContext } from "../../../../src/core/input/objects.ts";
import { parseYaml } from "../../../../src/core/yaml/parse.ts";
import type { KubernetesObject } from "../../../../src/model/document.ts";

function objectsIn(text: string, context: Partial<ObjectsContext> = {}): readonly KubernetesObject[] {
  const parsed = parseYaml(text);
  if (parsed.kind === "invalid") throw new Error(parsed.message);
  let id = 0;
  return objectsOf({ uri: "a.yaml", text }, parsed.documents, {
    units: ["loose"],
    namespace: "",
    partial: false,
    nextId: () => id++,
    ...context,
  });
}

function brief(objects: readonly KubernetesObject[]): string[] {
  return objects.map(({ apiVersion, kind, namespace, name, origin }) =>
    [apiVersion, kind, namespace, name, origin.document.index, origin.base.join(".")].join(" "),
  );
}

describe("objectsOf", () => {
  test("takes each document with apiVersion and kind, and no other", () => {
    const text = [
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: ns}",
      "",
      "foo: bar",
      "- apiVersion: v1\n  kind: Secret",
      "apiVersion: v1\nkind: 7",
      "apiVersion: ''\nkind: Secret",
      "apiVersion: 1\nkind: Secret",
      "just text",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b}",
    ].join("\n---\n");
    expect(brief(objectsIn(text))).toEqual(["v1 Secret ns a 0 ", "apps/v1 Deployment  b 8 "]);
  });

  test.each([
    ["metadata:", ""],
    ["metadata: text", ""],
    ["metadata: [a]", ""],
    ["metadata: {name: }", ""],
    ["metadata: {name: 1234}", "1234"],
    ["metadata: {name: true}", "true"],
    ["metadata: {name: {a: b}}", ""],
    ["metadata: {generateName: run-}", "run-"],
  ])("tolerates %j", (metadata, name) => {
    expect(objectsIn(`apiVersion: v1\nkind: Pod\n${metadata}\n`).map((object) => object.name)).toEqual([name]);
  });

  test("gives ids in order, units, and a namespace where the object has none", () => {
    const text = "apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: B\nmetadata: {namespace: own}\n";
    const objects = objectsIn(text, { units: ["x", "y"], namespace: "given" });
    expect(objects.map(({ id, units, namespace }) => ({ id, units, namespace }))).toEqual([
      { id: 0, units: ["x", "y"], namespace: "given" },
      { id: 1, units: ["x", "y"], namespace: "own" },
    ]);
  });

  test("takes lists apart", () => {
    const text =
      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: a}}\n- {foo: bar}\n" +
      "- {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, metadata: {name: b}}]}\n";
    expect(brief(objectsIn(text))).toEqual(["v1 Secret  a 0 items.0", "v1 Pod  b 0 items.2.items.0"]);
  });

  test("derives the kind of a typed list's items", () => {
    const text =
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleList\nitems:\n- metadata: {name: a}\n  rules: []\n" +
      "- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n";
    const objects = objectsIn(text);
    expect(brief(objects)).toEqual(["rbac.authorization.k8s.io/v1 Role  a 0 items.0", "v1 Pod  b 0 items.1"]);
    expect(objects[0]?.value).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: { name: "a" },
      rules: [],
    });
  });

  test.each([
    "apiVersion: x/v1\nkind: AllowList\nmetadata: {name: a}\nitems: [{spec: {}}]\n",
    "apiVersion: x/v1\nkind: AllowList\nspec: {}\nitems: [{metadata: {}}]\n",
    "apiVersion: x/v1\nkind: AllowList\nitems: [1.2.3.4]\n",
    "apiVersion: x/v1\nkind: AllowList\nitems: text\n",
  ])("does not take %j for a list", (text) => {
    expect(objectsIn(text).map(({ kind }) => kind)).toEqual(["AllowList"]);
  });

  const secret = "{apiVersion: v1, kind: Secret, metadata: {name: s}}";
  test.each([
    ["template.openshift.io/v1", "Template", `objects: [${secret}, {x: y}]`, "objects.0", false],
    ["v1", "Template", `objects: [${secret}]`, "objects.0", false],
    [
      "apiextensions.crossplane.io/v1",
      "Composition",
      `spec: {resources: [{name: a, base: ${secret}}]}`,
      "spec.resources.0.base",
      true,
    ],
    [
      "apiextensions.crossplane.io/v1",
      "Composition",
      `spec: {pipeline: [{step: x}, {input: {resources: [{base: ${secret}}]}}]}`,
      "spec.pipeline.1.input.resources.0.base",
      true,
    ],
    [
      "kubernetes.crossplane.io/v1alpha2",
      "Object",
      `spec: {forProvider: {manifest: ${secret}}}`,
      "spec.forProvider.manifest",
      false,
    ],
    ["fluxcd.controlplane.io/v1", "ResourceSet", `spec: {resources: [${secret}]}`, "spec.resources.0", false],
    [
      "work.open-cluster-management.io/v1",
      "ManifestWork",
      `spec: {workload: {manifests: [${secret}]}}`,
      "spec.workload.manifests.0",
      false,
    ],
    [
      "work.karmada.io/v1alpha1",
      "Work",
      `spec: {workload: {manifests: [${secret}]}}`,
      "spec.workload.manifests.0",
      false,
    ],
  ])("finds what %s %s carries, and keeps the carrier", (apiVersion, kind, body, base, partial) => {
    const objects = objectsIn(`apiVersion: ${apiVersion}\nkind: ${kind}\n${body}\n`);
    expect(brief(objects)).toEqual([`${apiVersion} ${kind}   0 `, `v1 Secret  s 0 ${base}`]);
    expect(objects.map((object) => object.partial)).toEqual([false, partial]);
  });

  test("leaves other kinds with such fields alone", () => {
    expect(objectsIn(`apiVersion: other.io/v1\nkind: Template\nobjects: [${secret}]\n`)).toHaveLength(1);
  });

  test("understands $patch in patches only", () => {
    const text =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n$patch: delete\n---\n" +
      "apiVersion: v1\nkind: Pod\nmetadata: {name: b}\n$patch: replace\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: c}\n";
    const of = (partial: boolean): [string, boolean][] =>
      objectsIn(text, { partial }).map((object) => [object.name, object.partial]);
    expect(of(true)).toEqual([
      ["b", false],
      ["c", true],
    ]);
    expect(of(false)).toEqual([
      ["a", false],
      ["b", false],
      ["c", false],
    ]);
  });

  test("takes a kustomization that says neither for what it is", () => {
    const implied = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" };
    expect(brief(objectsIn("resources: [a.yaml]\n", { implied }))).toEqual([
      `${implied.apiVersion} Kustomization   0 `,
    ]);
  });

  test("bounds lists in lists", () => {
    const text = `${'{"apiVersion":"v1","kind":"List","items":['.repeat(30)}${"]}".repeat(30)}`;
    expect(objectsIn(text)).toEqual([]);
  });
});
