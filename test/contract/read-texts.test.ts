import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { DiscoveredFile } from "../../src/adapters/files/discover.ts";
import { readTexts } from "../../src/adapters/files/read-texts.ts";

let base: string;
let root: string;

function write(path: string, text = "a: 1\n"): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function read(...uris: string[]): Promise<readonly string[]> {
  const files = uris.map((uri): DiscoveredFile => ({
    uri,
    absolutePath: join(root, uri),
    explicit: false,
    context: false,
  }));
  const { texts } = await readTexts(
    { root, files, errors: [], skipped: {} },
    { searches: () => false, maxFileSize: null, progress: () => undefined },
  );
  return texts.map(({ source, context }) => `${source.uri}${context ? " (context)" : ""}`);
}

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "portcullis-texts-")));
  root = join(base, "repo");
  mkdirSync(root);
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

test("the CODEOWNERS file that counts comes along, and the lock files of charts", async () => {
  write("CODEOWNERS", "* @a\n");
  write("docs/CODEOWNERS", "* @b\n");
  write("a.yaml");
  write("c/Chart.yaml");
  write("c/Chart.lock");
  write("d/Chart.yaml");
  write("d/Chart.lock");
  expect(await read("a.yaml", "c/Chart.yaml")).toEqual([
    "CODEOWNERS (context)",
    "a.yaml",
    "c/Chart.lock (context)",
    "c/Chart.yaml",
  ]);
  expect(await read("CODEOWNERS", "a.yaml")).toEqual(["CODEOWNERS", "a.yaml"]);
  write(".github/CODEOWNERS", "* @c\n");
  expect(await read("a.yaml", "CODEOWNERS")).toEqual([".github/CODEOWNERS (context)", "a.yaml"]);
});

test("none that is not there, or lies outside of the root", async () => {
  write("a.yaml");
  expect(await read("a.yaml")).toEqual(["a.yaml"]);
  writeFileSync(join(base, "owners"), "* @a\n");
  symlinkSync("../owners", join(root, "CODEOWNERS"));
  expect(await read("a.yaml")).toEqual(["a.yaml"]);
});
