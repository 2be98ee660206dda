import { describe, expect, test } from "@jest/globals";
import { literalFields } from "../../../../src/core/evidence/literal-fields.ts";
import type { EvidenceOptions } from "../../../../src/core/evidence/collect.ts";
import { evidenceOf, manifest, summary } from "./objects.ts";

const P = "Zk4trunkQ9-otterLm7";

function found(text: string, options: EvidenceOptions = {}): readonly string[] {
  const read = manifest(text);
  return summary(read, evidenceOf(read, options));
}

const kustomization = (rest: string) => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${rest}`;

describe("literals of generators", () => {
  test("are split at the first equals sign, quotes taken off", () => {
    const text = kustomization(`secretGenerator:
- literals:
  - password=${P}
  - "query='a=${P}'"
  - empty=
  - =${P}
  - nothing
`);
    expect(found(text)).toEqual([`5:likely value password ⟨${P}⟩`, `6:likely value query ⟨a=${P}⟩`]);
  });

  test("become entries of a Secret, or of a ConfigMap, where only a telling name counts", () => {
    const literals = (generator: string) =>
      found(kustomization(`${generator}:\n- literals: ["note=Tr0ub4dor&3xyz", "user=admin", "token=${P}"]\n`));
    expect(literals("secretGenerator")).toEqual([
      `4:likely value note ⟨Tr0ub4dor&3xyz⟩`,
      `4:likely value token ⟨${P}⟩`,
    ]);
    expect(literals("configMapGenerator")).toEqual([`4:likely value token ⟨${P}⟩`]);
  });

  test("may hold a text, or the credentials of registries", () => {
    const config = `{"auths":{"r.example.com":{"password":"${P}"}}}`;
    const text = kustomization(
      `secretGenerator:\n- literals:\n  - '.dockerconfigjson=${config}'\n  - 'app.json={"password":"${P}"}'\n`,
    );
    expect(found(text).map((line) => line.slice(0, 8))).toEqual(["5:likely", "6:likely"]);
  });

  test("sloppy generators are no error", () => {
    expect(
      found(
        kustomization(
          "secretGenerator: {literals: [a=b]}\nconfigMapGenerator:\n- null\n- {literals: x}\n- {literals: [[a], null, 3]}\n",
        ),
      ),
    ).toEqual([]);
  });

  test("a long row of quotes costs no more than its length", () => {
    const start = performance.now();
    found(kustomization(`secretGenerator:\n- literals:\n  - |\n    a=${`"`.repeat(300_000)}x\n`));
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});

describe("patches", () => {
  const patched = (operation: string) => found(kustomization(`patches:\n- patch: |\n    - ${operation}\n`));

  test("an operation names its value by its path", () => {
    expect(patched(`{op: replace, path: /spec/auth/password, value: ${P}}`)).toEqual([
      `5:likely nested password ⟨${P}⟩`,
    ]);
    expect(patched(`{op: add, path: /spec/passwords/-, value: ${P}}`)).toEqual([`5:likely nested passwords ⟨${P}⟩`]);
    expect(patched(`{op: add, path: "/metadata/annotations/a~1password", value: ${P}}`)).toEqual([
      `5:likely nested a/password ⟨${P}⟩`,
    ]);
    expect(patched(`{op: replace, path: /spec/host, value: ${P}}`)).toEqual([]);
    expect(patched(`{op: replace, path: "", value: ${P}}`)).toEqual([]);
    expect(patched(`{op: remove, path: /spec/password}`)).toEqual([]);
  });

  test("a replacement names its value by the field that it fills, a parameter of a plugin by its name", () => {
    const replacement = (field: string) =>
      found(kustomization(`replacements:\n- sourceValue: ${P}\n  targets: [{fieldPaths: ["${field}"]}]\n`));
    expect(replacement("spec.auth.password")).toEqual([`4:likely value password ⟨${P}⟩`.replace("value", "pair")]);
    expect(replacement("spec.auth.[password]")).toHaveLength(1);
    expect(replacement("spec.host")).toEqual([]);
    const plugin = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {source: {plugin: {parameters: [{name: db-password, string: ${P}}]}}}\n`;
    expect(found(plugin)).toEqual([`3:likely pair db-password ⟨${P}⟩`]);
  });
});

describe("sealed values", () => {
  const sealed = (value: string) =>
    found(`apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    note: ${value}\n`);
  const ciphertext = Buffer.from([2, 0, ...Array.from({ length: 600 }, (_, index) => (index * 73) % 256)]).toString(
    "base64",
  );

  test("what is no ciphertext was pasted", () => {
    expect(sealed(P)).toEqual([`5:likely value note ⟨${P}⟩`]);
    expect(sealed("hello")).toHaveLength(1);
    expect(sealed(Buffer.from("hello world").toString("base64"))).toHaveLength(1);
  });

  test.each([
    ciphertext,
    ciphertext.slice(0, 40),
    `${ciphertext.slice(0, 40)}...`,
    '""',
    "null",
    "<sealed>",
    "${SEALED}",
  ])("%s is none", (value) => {
    expect(sealed(value)).toEqual([]);
  });
});

describe("fields for literals", () => {
  test("by what is said next to the value, and above it", () => {
    const store = `apiVersion: external-secrets.io/v1\nkind: SecretStore\nspec: {provider: {fake: {data: [{key: /a/password, value: ${P}}, {key: b, value: hello}]}}}\n`;
    expect(found(store)).toEqual([`3:likely value /a/password ⟨${P}⟩`]);
    const user = `apiVersion: sql.cnrm.cloud.google.com/v1beta1\nkind: SQLUser\nspec: {password: {value: ${P}}, host: {value: ${P}}}\n`;
    expect(found(user)).toEqual([`3:likely value password ⟨${P}⟩`]);
  });

  test("headers that carry a credential", () => {
    const webhook = `apiVersion: external-secrets.io/v1\nkind: SecretStore\nspec: {provider: {webhook: {headers: {Authorization: Bearer ${P}, X-Shop-Token: ${P}, Accept: ${P}, X-Api-Key: "{{ .key }}", X-Auth-Token: null}}}}\n`;
    expect(found(webhook)).toEqual([`3:likely header Authorization ⟨${P}⟩`, `3:likely header X-Shop-Token ⟨${P}⟩`]);
    const model = `apiVersion: kagent.dev/v1alpha2\nkind: ModelConfig\nspec: {defaultHeaders: {Authorization: Bearer ${P}, Accept: text/plain}}\n`;
    expect(found(model)).toEqual([`3:likely header Authorization ⟨${P}⟩`]);
  });

  test("what the objects of a SecretProviderClass name are keys of a store", () => {
    const provider =
      "apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nspec:\n  parameters:\n    objects: |\n      - objectName: a\n        secretKey: password\n";
    expect(found(provider)).toEqual([]);
  });

  test("the user's own", () => {
    const literals = literalFields([
      { group: "example.com", kind: "Widget", path: "spec.*.phrase" },
      { group: "example.com" },
      null,
    ]);
    expect(literals).toHaveLength(1);
    expect(literalFields("spec")).toEqual([]);
    const widget = `apiVersion: example.com/v1\nkind: Widget\nspec: {a: {phrase: ${P}}, phrase: ${P}}\n`;
    expect(found(widget, { literalFields: literals })).toEqual([`3:likely value phrase ⟨${P}⟩`]);
  });

  test("the user's own names of parameters", () => {
    const application = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {source: {helm: {parameters: [{name: licence.text, value: ${P}}]}}}\n`;
    expect(found(application)).toEqual([]);
    expect(found(application, { parameterNameRegex: /^licence\./ })).toEqual([`3:likely value licence.text ⟨${P}⟩`]);
  });
});
