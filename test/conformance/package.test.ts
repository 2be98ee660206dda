import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { createFolder, temporaryFolder } from "../support/repository.ts";

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const manifest = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reader
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
`;

describe("the npm package", () => {
  let packed: Packed;
  let folder: string;

  const npm = (...args: readonly string[]): string =>
    execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const npx = (...args: readonly string[]): { status: number; stdout: string } => {
    try {
      return { status: 0, stdout: execFileSync("npx", ["--no-install", ...args], { cwd: folder, encoding: "utf8" }) };
    } catch (error) {
      return error as { status: number; stdout: string };
    }
  };

  beforeAll(() => {
    const destination = temporaryFolder();
    const [first] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", destination], {
        encoding: "utf8",
      }),
    ) as Packed[];
    if (first === undefined) throw new Error("npm packed nothing");
    packed = first;
    folder = createFolder({ "package.json": '{ "private": true }', "role.yaml": manifest });
    npm("install", "--offline", "--no-audit", "--no-fund", join(destination, packed.filename));
  });

  test("needs no other package", () => {
    expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["portcullis"]);
  });

  test("says its version", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(npx("portcullis", "--version")).toEqual({ status: 0, stdout: `${version}\n` });
  });

  test("judges a manifest", () => {
    const { status, stdout } = npx("portcullis", "role.yaml");
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: expect.stringMatching(/^role\.yaml:7:17 {2}high {2}rbac\/secrets-access-broad\//),
    });
  });

  test("holds what it is said to hold, and nothing of the sources", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => !path.startsWith("dist/")).toSorted()).toEqual([
      "LICENSE",
      "README.md",
      "action.yml",
      "package.json",
    ]);
    for (const path of readdirSync("dist", { recursive: true, encoding: "utf8" })) {
      if (statSync(join("dist", path)).isFile()) expect(paths).toContain(`dist/${path.replaceAll("\\", "/")}`);
    }
    expect(packed.size).toBeLessThan(12 * 1024 * 1024);
  });

  test("brings the schemas that it publishes", () => {
    for (const name of ["config", "report"]) {
      expect(existsSync(join(folder, `node_modules/portcullis/dist/schemas/${name}.schema.json`))).toBe(true);
    }
  });
});
