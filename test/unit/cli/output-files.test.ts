import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openOutputFiles } from "../../../src/cli/output-files.ts";
import { UsageError } from "../../../src/core/errors.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portcullis-output-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("creates nothing until it writes, and leaves nothing beside what it wrote", async () => {
  mkdirSync(join(folder, "out"));
  const outputs = await openOutputFiles(["a.json", "out/b.sarif"], folder);
  expect(readdirSync(folder)).toEqual(["out"]);
  await outputs.write(
    new Map([
      ["a.json", "A"],
      ["out/b.sarif", "B"],
    ]),
  );
  expect(new Set(readdirSync(folder, { recursive: true, encoding: "utf8" }))).toEqual(
    new Set(["a.json", "out", join("out", "b.sarif")]),
  );
  expect(readFileSync(join(folder, "a.json"), "utf8")).toBe("A");
  expect(readFileSync(join(folder, "out", "b.sarif"), "utf8")).toBe("B");
});

test("replaces a file, keeps its mode, and writes through a link", async () => {
  writeFileSync(join(folder, "real.json"), "old");
  chmodSync(join(folder, "real.json"), 0o640);
  symlinkSync("real.json", join(folder, "link.json"));
  const outputs = await openOutputFiles(["link.json"], folder);
  await outputs.write(new Map([["link.json", "new"]]));
  expect(lstatSync(join(folder, "link.json")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, "real.json"), "utf8")).toBe("new");
  expect(statSync(join(folder, "real.json")).mode & 0o777).toBe(0o640);
});

test("writes to a device as it stands", async () => {
  const outputs = await openOutputFiles(["/dev/null"], folder);
  await outputs.write(new Map([["/dev/null", "text"]]));
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
});

test.each([
  ["gone/a.json", "its folder does not exist"],
  ["file/a.json", "its folder is not a folder"],
  ["folder", "it is a folder"],
])("%s is refused at once", async (path, reason) => {
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "folder"));
  await expect(openOutputFiles([path], folder)).rejects.toEqual(new UsageError(`cannot write ${path}: ${reason}`));
});

test("one file under two names is refused", async () => {
  await expect(openOutputFiles(["a.json", "./a.json"], folder)).rejects.toEqual(
    new UsageError("two outputs go to the same file"),
  );
});

test("where one cannot be written in the end, no file changes", async () => {
  mkdirSync(join(folder, "out"));
  writeFileSync(join(folder, "a.json"), "old");
  const outputs = await openOutputFiles(["a.json", "out/b.json"], folder);
  rmSync(join(folder, "out"), { recursive: true });
  const texts = new Map([
    ["a.json", "new"],
    ["out/b.json", "B"],
  ]);
  await expect(outputs.write(texts)).rejects.toEqual(
    new UsageError("cannot write out/b.json: its folder does not exist"),
  );
  expect(readdirSync(folder)).toEqual(["a.json"]);
  expect(readFileSync(join(folder, "a.json"), "utf8")).toBe("old");
});

test("discarding in the middle of it leaves nothing half-written", async () => {
  writeFileSync(join(folder, "a.json"), "old");
  const outputs = await openOutputFiles(["a.json", "b.json"], folder);
  const texts = new Map([
    ["a.json", "x".repeat(5_000_000)],
    ["b.json", "x".repeat(5_000_000)],
  ]);
  const writing = outputs.write(texts).catch(() => undefined);
  await new Promise((later) => setImmediate(later));
  outputs.discard();
  await writing;
  const left = readdirSync(folder);
  expect(left.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  for (const name of left) expect(["old", texts.get("a.json")]).toContain(readFileSync(join(folder, name), "utf8"));
});
