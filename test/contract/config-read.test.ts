import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readConfig, type ConfigRequest } from "../../src/adapters/config/read.ts";
import { InvalidConfigError } from "../../src/core/config/config-error.ts";
import { DEFAULT_CONFIG } from "../../src/core/config/effective.ts";
import { configSchema } from "../../src/core/config/schema.ts";
import { ConfigurationError } from "../../src/core/errors.ts";
import { EXAMPLE_RULES } from "../unit/core/config/example-rules.ts";

let folder: string;
let root: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portcullis-config-"));
  root = join(folder, "repository");
  mkdirSync(join(root, "deploy"), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(parts: Partial<ConfigRequest> = {}) {
  return readConfig({
    root,
    cwd: root,
    configFile: null,
    at: null,
    rules: EXAMPLE_RULES,
    schema: () => configSchema(EXAMPLE_RULES),
    ...parts,
  });
}

async function failure(
  parts: Partial<ConfigRequest> = {},
): Promise<{ file?: string; line?: number; column?: number; message: string }> {
  const error: unknown = await read(parts).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConfigurationError)) throw new Error("no ConfigurationError was thrown", { cause: error });
  const { file, line, column, message } = error;
  return {
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    message,
  };
}

describe("at the root", () => {
  test("nothing means the defaults, without making a schema", async () => {
    const schema = () => {
      throw new Error("not needed");
    };
    expect(await read({ schema })).toEqual({ config: DEFAULT_CONFIG, file: null, notes: [] });
  });

  test.each([".portcullis.yaml", ".portcullis.yml"])("%s is read, from a folder below too", async (name) => {
    writeFileSync(join(root, name), "\uFEFFfail-on: low\n");
    expect(await read()).toMatchObject({ config: { failOn: "low" }, file: name });
    expect(await read({ cwd: join(root, "deploy") })).toMatchObject({ config: { failOn: "low" } });
  });

  test("two of them are one too many", async () => {
    writeFileSync(join(root, ".portcullis.yaml"), "");
    writeFileSync(join(root, ".portcullis.yml"), "");
    expect(await failure()).toEqual({
      file: ".portcullis.yml",
      message: "there is .portcullis.yaml as well; keep one of them",
    });
  });

  test("a link may stay inside the root, and not leave it", async () => {
    writeFileSync(join(root, "deploy", "gate.yaml"), "fail-on: low\n");
    symlinkSync(join("deploy", "gate.yaml"), join(root, ".portcullis.yaml"));
    expect(await read()).toMatchObject({ config: { failOn: "low" } });
    rmSync(join(root, ".portcullis.yaml"));
    writeFileSync(join(folder, "outside.yaml"), "fail-on: low\n");
    symlinkSync(join("..", "outside.yaml"), join(root, ".portcullis.yaml"));
    expect(await failure()).toEqual({
      file: ".portcullis.yaml",
      message: "the configuration is a link that leaves the root",
    });
  });

  test("a broken link and a circle of links do not pass for no config", async () => {
    symlinkSync("nowhere.yaml", join(root, ".portcullis.yaml"));
    expect(await failure()).toEqual({ file: ".portcullis.yaml", message: "there is no such configuration file" });
    rmSync(join(root, ".portcullis.yaml"));
    symlinkSync(".portcullis.yaml", join(root, ".portcullis.yaml"));
    expect(await failure()).toEqual({
      file: ".portcullis.yaml",
      message: "cannot read the configuration: its links lead in a circle",
    });
  });

  test("a folder of that name is an error", async () => {
    mkdirSync(join(root, ".portcullis.yaml"));
    expect(await failure()).toEqual({ file: ".portcullis.yaml", message: "the configuration is not a file" });
  });
});

describe("a named file", () => {
  test("is read in place of the one at the root, relative to the working directory", async () => {
    writeFileSync(join(root, ".portcullis.yaml"), "fail-on: never\n");
    writeFileSync(join(root, "deploy", "gate.yaml"), "fail-on: low\n");
    expect(await read({ cwd: join(root, "deploy"), configFile: "gate.yaml" })).toMatchObject({
      config: { failOn: "low" },
      file: "gate.yaml",
    });
  });

  test("may be outside of the root", async () => {
    writeFileSync(join(folder, "gate.yaml"), "fail-on: low\n");
    expect(await read({ configFile: "../gate.yaml" })).toMatchObject({ config: { failOn: "low" } });
  });

  test.each(["gone.yaml", "deploy/gone.yaml", "gone/gone.yaml"])(
    "%s that does not exist is an error",
    async (configFile) => {
      expect(await failure({ configFile })).toEqual({
        file: configFile,
        message: "there is no such configuration file",
      });
    },
  );

  test("that is a named pipe is refused and not waited for", async () => {
    execFileSync("mkfifo", [join(root, "pipe.yaml")]);
    expect(await failure({ configFile: "pipe.yaml" })).toEqual({
      file: "pipe.yaml",
      message: "the configuration is not a file",
    });
  });

  test("that is no text or too large is refused", async () => {
    writeFileSync(join(root, "binary.yaml"), Buffer.from([0xff, 0xfe, 0x00, 0x80]));
    expect(await failure({ configFile: "binary.yaml" })).toEqual({
      file: "binary.yaml",
      message: "the configuration is not UTF-8 text",
    });
    writeFileSync(join(root, "large.yaml"), Buffer.alloc(2 * 1024 * 1024, "#"));
    expect(await failure({ configFile: "large.yaml" })).toEqual({
      file: "large.yaml",
      message: "the configuration is larger than 1 MiB",
    });
  });
});

test("wrong content is told with every error on its place", async () => {
  writeFileSync(join(root, ".portcullis.yaml"), "fail_on: high\nprofile: strikt\n");
  expect(await failure()).toEqual({
    file: ".portcullis.yaml",
    line: 1,
    column: 1,
    message: 'unknown key "fail_on"; did you mean "fail-on"?',
  });
  await expect(read()).rejects.toMatchObject({ errors: [{ line: 1 }, { line: 2, column: 10, suggestion: "strict" }] });
  await expect(read()).rejects.toBeInstanceOf(InvalidConfigError);
});

test("a secret manifest passed by mistake is not quoted", async () => {
  const canary = "ghp_canary0123456789";
  writeFileSync(
    join(root, "secret.yaml"),
    `apiVersion: v1\nkind: Secret\nstringData:\n  ${canary}: ${canary}\n${canary}: 1\nprofile: ${canary}\npaths: [../${canary}]\n`,
  );
  const thrown: unknown = await read({ configFile: "secret.yaml" }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(InvalidConfigError);
  expect(JSON.stringify(thrown) + String(thrown) + String((thrown as Error).stack)).not.toContain("canary");
});
