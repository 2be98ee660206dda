import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { bundledFolders, readPackage, renderLicenses, type BundledPackage } from "../../../src/dev/licenses.ts";
import { createFolder } from "../../support/repository.ts";

const outputs = (inputs: Readonly<Record<string, number>>) => ({
  outputs: {
    "dist/a.js": {
      bytes: 1,
      imports: [],
      exports: [],
      inputs: Object.fromEntries(Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }])),
    },
  },
});

const bundled = (name: string, version = "1.0.0"): BundledPackage => ({
  name,
  version,
  license: "MIT",
  text: `Text of ${name}`,
});

test("a package is bundled where something of it is in an output", () => {
  const metafile = outputs({
    "src/cli.ts": 10,
    "node_modules/plain/index.js": 5,
    "node_modules/plain/lib/more.js": 5,
    "node_modules/@scope/one/index.js": 5,
    "node_modules/@scope/one/node_modules/inner/index.js": 5,
    "node_modules/unused/index.js": 0,
  });
  expect(bundledFolders(metafile)).toEqual([
    "node_modules/@scope/one",
    "node_modules/@scope/one/node_modules/inner",
    "node_modules/plain",
  ]);
});

test("licence and notice files are read, with plain line ends", () => {
  const folder = createFolder({
    "package.json": '{ "name": "plain", "version": "1.2.3", "license": "MIT" }',
    "LICENSE.md": "Permission\r\nis granted.\n",
    NOTICE: "By somebody.\n",
  });
  expect(readPackage(folder)).toEqual({
    name: "plain",
    version: "1.2.3",
    license: "MIT",
    text: "Permission\nis granted.\n\nBy somebody.",
  });
});

test.each([
  ["no licence file", { "package.json": '{ "name": "plain", "version": "1.2.3", "license": "MIT" }' }],
  ["no licence", { "package.json": '{ "name": "plain", "version": "1.2.3" }', LICENSE: "…" }],
])("a package with %s can't be shipped", (_, files) => {
  expect(() => readPackage(createFolder(files))).toThrow("no licence to ship");
});

test("the same packages give the same file, each version once", () => {
  const packages = [bundled("b"), bundled("a", "2.0.0"), bundled("b"), bundled("a")];
  const text = renderLicenses(packages, ["Another thing\n"]);
  expect(text).toBe(renderLicenses(packages.toReversed(), ["Another thing\n"]));
  expect(text.match(/^\S+@\S+ \(MIT\)$/gm)).toEqual(["a@1.0.0 (MIT)", "a@2.0.0 (MIT)", "b@1.0.0 (MIT)"]);
  expect(text.trimEnd().endsWith("Another thing")).toBe(true);
});

test("the file that is shipped names the packages that do the work", () => {
  const text = readFileSync("dist/THIRD_PARTY_LICENSES.txt", "utf8");
  for (const name of ["@actions/core", "@open-policy-agent/opa-wasm", "@secretlint/core", "js-yaml", "policy.wasm"]) {
    expect(text).toMatch(new RegExp(`^${name}\\b`, "m"));
  }
});
