import { describe, expect, test } from "@jest/globals";
import { RepositoryFacts, repositoryAddresses } from "../../../../src/core/facts/repository.ts";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";
import type { KubernetesObject } from "../../../../src/model/document.ts";

function facts(
  texts: Readonly<Record<string, string>>,
  { context = [], of = () => true }: { context?: readonly string[]; of?: (object: KubernetesObject) => boolean } = {},
) {
  const inputs = Object.entries(texts).map(([uri, text]) => ({
    source: { uri, text },
    explicit: false,
    context: context.includes(uri),
  }));
  const { files } = load(inputs, new Memory());
  const objects = files.flatMap((file) => (file.context ? [] : file.objects)).filter(of);
  return new RepositoryFacts(files, ["host/acme/platform"]).of(objects);
}

const ROLE = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\n";

describe("code owners", () => {
  test("the first file that is there counts, also where it was not asked for", () => {
    const texts = {
      CODEOWNERS: "* @b\n",
      ".github/CODEOWNERS": "/x/ @a\n",
      "x/a.yaml": ROLE,
      "y.yaml": ROLE,
      "z.yaml": ROLE,
    };
    const { codeowners } = facts(texts, { context: [".github/CODEOWNERS", "z.yaml"] });
    expect(codeowners).toEqual({
      file: ".github/CODEOWNERS",
      object: 0,
      sections: false,
      files: { "x/a.yaml": { owners: ["@a"], entry: "/x/" }, "y.yaml": { owners: [], entry: null } },
    });
  });

  test("none", () => {
    expect(facts({ "a.yaml": ROLE })["codeowners"]).toEqual({
      file: null,
      object: null,
      sections: false,
      files: { "a.yaml": { owners: [], entry: null } },
    });
  });
});

describe("what is deployed from a folder", () => {
  const application = (spec: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: ${spec}\n`;
  const flux = (spec: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: ${spec}\n`;
  const roles = { "apps/x/a.yaml": ROLE, "apps/b.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n" };

  test.each<[spec: string, deployed: unknown]>([
    [application("{source: {path: ./apps/x/}}"), { "apps/x": ["Role"] }],
    [application("{sources: [{path: apps}, {chart: b}, null]}"), { apps: ["Role", "Service"] }],
    [application("{source: {path: elsewhere}}"), {}],
    [application("null"), {}],
    [flux("{path: ./apps}"), { apps: ["Role", "Service"] }],
    [flux("{}"), { "": ["Kustomization", "Role", "Service"] }],
    [flux("{path: 5}"), {}],
    [
      application("{template: {spec: {source: {path: apps}}}}").replace("Application", "ApplicationSet"),
      { apps: ["Role", "Service"] },
    ],
    [ROLE, {}],
  ])("%s", (text, deployed) => {
    expect(facts({ ...roles, "gitops.yaml": text })["deployed"]).toEqual(deployed);
  });

  test("only the folders that the given objects name", () => {
    const texts = { ...roles, "a.yaml": application("{source: {path: apps}}") };
    expect(facts(texts, { of: ({ kind }) => kind === "Role" })["deployed"]).toEqual({});
  });
});

test("addresses, without what logs in", () => {
  expect(
    repositoryAddresses([
      "git@GitHub.com:acme/platform.git",
      "https://user:pass@github.com/acme/platform",
      "ssh://git@host:2222/a/b.git/",
      "https://host/a?ref=x",
      "/srv/git/a.git",
      "../a",
      "C:\\git\\a",
      "file:///srv/a",
      "https://host/",
      "https://a:b/c@host/d",
    ]),
  ).toEqual(["github.com/acme/platform", "host/a", "host/a/b"]);
});

test("the address of the repository is told as it is given", () => {
  expect(facts({ "a.yaml": ROLE })).toMatchObject({ repository: ["host/acme/platform"], renderings: {} });
});
