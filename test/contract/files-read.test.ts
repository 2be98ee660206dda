import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DiscoveredFile } from "../../src/adapters/files/discover.ts";
import { readAll } from "../../src/adapters/files/read-all.ts";
import { DEFAULT_READ_LIMITS, readText, type ReadOptions } from "../../src/adapters/files/read.ts";

const MANIFEST = "apiVersion: v1\nkind: Secret\n";
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "portcullis-read-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(uri: string, content?: string | Buffer, explicit = false): DiscoveredFile {
  const absolutePath = join(folder, uri);
  if (content !== undefined) writeFileSync(absolutePath, content);
  return { uri, absolutePath, explicit, context: false };
}

/** `text:<text>`, or kind and reason. */
async function outcome(of: DiscoveredFile, limits = {}, options: ReadOptions = {}): Promise<string> {
  const result = await readText(of, { ...DEFAULT_READ_LIMITS, ...limits }, options);
  if (result.kind === "text") return `text:${result.source.text}`;
  return result.kind === "skipped" ? `skipped:${result.reason}` : `unreadable:${result.unreadable.reason}`;
}

function utf16be(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, "utf16le").swap16();
}

describe("encodings", () => {
  test.each<[string, string | Buffer]>([
    ["UTF-8", "ä: 😀\r\n"],
    ["UTF-8 with a mark", "\uFEFFä: 😀\r\n"],
    ["UTF-16LE with a mark", Buffer.from("\uFEFFä: 😀\r\n", "utf16le")],
    ["UTF-16BE with a mark", utf16be("ä: 😀\r\n")],
  ])("%s", async (_name, content) => {
    expect(await outcome(file("a.yaml", content))).toBe("text:ä: 😀\r\n");
  });

  test("an empty file is an empty text", async () => {
    expect(await outcome(file("a.yaml", ""))).toBe("text:");
  });

  test.each<[string, Buffer]>([
    ["invalid UTF-8", Buffer.concat([Buffer.from(MANIFEST), Buffer.from([0xff, 0xfe])])],
    ["a NUL byte", Buffer.from(`${MANIFEST}\0`)],
    ["UTF-16 without a mark", Buffer.from(MANIFEST, "utf16le")],
    [
      "a lone surrogate in UTF-16",
      Buffer.concat([Buffer.from(`\uFEFF${MANIFEST}`, "utf16le"), Buffer.from([0x00, 0xd8])]),
    ],
    [
      "UTF-32",
      Buffer.concat([
        Buffer.from([0xff, 0xfe, 0, 0]),
        ...[...MANIFEST].map((char) => Buffer.from([char.charCodeAt(0), 0, 0, 0])),
      ]),
    ],
  ])("a manifest with %s is unreadable", async (_name, content) => {
    expect(await outcome(file("a.yaml", content))).toBe("unreadable:not-text");
    expect(await outcome(file("a.json", content))).toBe("unreadable:not-text");
  });

  test("bytes that are no manifest are skipped, unless they are asked for", async () => {
    const bytes = Buffer.from([1, 0, 2, 0xff]);
    expect(await outcome(file("a.json", bytes))).toBe("skipped:binary");
    expect(await outcome(file("a.json", bytes, true))).toBe("unreadable:not-text");
    expect(await outcome(file("deploy", bytes), {}, { named: true })).toBe("unreadable:not-text");
    expect(await outcome(file("logo.png", bytes, true))).toBe("skipped:binary");
    expect(await outcome(file(".env", bytes))).toBe("skipped:binary");
  });

  test("older encodings of other configuration are searched all the same", async () => {
    expect(await outcome(file("a.properties", Buffer.from([0x61, 0x3d, 0xe4])))).toBe("text:a=ä");
  });

  test("what git-crypt encrypted is encrypted", async () => {
    expect(await outcome(file("a.yaml", Buffer.from("\0GITCRYPT\0abc")))).toBe("skipped:encrypted");
  });
});

describe("what is read", () => {
  test("goes by the kind of file", async () => {
    expect(await outcome(file("main.go", "x"))).toBe("skipped:not-configuration");
    expect(await outcome(file("main.go", "x"), {}, { text: true })).toBe("text:x");
    expect(await outcome(file("main.go", "x", true))).toBe("text:x");
    expect(await outcome(file("go.sum", "x"), {}, { text: true })).toBe("text:x");
    expect(await outcome(file("go.sum", "x"))).toBe("skipped:lock-file");
    expect(await outcome(file("package-lock.json", "{}"))).toBe("skipped:lock-file");
    expect(await outcome(file("package-lock.json", MANIFEST))).toBe(`text:${MANIFEST}`);
  });

  test("large generated text is skipped, large generated manifests are not", async () => {
    const line = "x".repeat(5_000);
    expect(await outcome(file("data.json", `"${line}"`), { maxGeneratedSize: 1_000 })).toBe("skipped:generated");
    expect(await outcome(file("data.json", `"${line}"`))).toContain("text:");
    expect(await outcome(file("crds.yaml", `${MANIFEST}# ${line}`), { maxGeneratedSize: 1_000 })).toContain("text:");
  });

  test("what cannot be opened is unreadable", async () => {
    expect(await outcome(file("gone.yaml"))).toBe("unreadable:read-failed");
    symlinkSync("a.yaml", join(folder, "link.yaml"));
    expect(await outcome(file("link.yaml"))).toBe("unreadable:read-failed");
    execFileSync("mkfifo", [join(folder, "pipe.yaml")]);
    expect(await outcome(file("pipe.yaml"))).toBe("unreadable:read-failed");
    expect(await outcome({ ...file("x"), uri: "x.yaml", absolutePath: folder })).toBe("unreadable:read-failed");
  });
});

describe("files over the limit", () => {
  function large(uri: string, head: string, tail: string, size = 100 * 1024 * 1024): DiscoveredFile {
    const made = file(uri, head);
    const handle = openSync(made.absolutePath, "r+");
    ftruncateSync(handle, size);
    writeSync(handle, tail, size - tail.length);
    closeSync(handle);
    return made;
  }

  test.each([
    ["at the head", "big.yaml", MANIFEST, "\n"],
    ["after 100 MB", "big.yaml", "# note\n", `\n${MANIFEST}`],
    ["at both ends of a JSON file", "big.json", '{"apiVersion": "v1", "items": ["', '"], "kind": "List"}'],
  ])("a manifest with its keys %s is unreadable", async (_name, uri, head, tail) => {
    const before = process.memoryUsage().arrayBuffers;
    expect(await outcome(large(uri, head, tail))).toBe("unreadable:too-large");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024);
  });

  test("one without them is skipped, unless it is asked for", async () => {
    const data = large("data.json", '{"a": [{"apiVersion": 1, "kind": 2}, "', '"]}', 11 * 1024 * 1024);
    expect(await outcome(data)).toBe("skipped:too-large");
    expect(await outcome({ ...data, explicit: true })).toBe("unreadable:too-large");
    expect(await outcome(data, {}, { named: true })).toBe("unreadable:too-large");
    expect(await outcome(large("package-lock.json", "{", "}", 11 * 1024 * 1024))).toBe("skipped:lock-file");
    expect(await outcome(large("big.env", "A=b", "\n", 11 * 1024 * 1024))).toBe("skipped:too-large");
  });
});

describe("readAll", () => {
  test("keeps the order and reads few files ahead", async () => {
    const files = Array.from({ length: 100 }, (_all, index) => file(`f${index}.yaml`, `n: ${index}`));
    let asked = 0;
    let taken = 0;
    const seen: string[] = [];
    for await (const result of readAll(files, DEFAULT_READ_LIMITS, () => ((asked += 1), {}))) {
      taken += 1;
      expect(asked - taken).toBeLessThanOrEqual(16);
      seen.push(result.file.uri);
    }
    expect(seen).toEqual(files.map(({ uri }) => uri));
  });

  test("can be left early", async () => {
    for await (const result of readAll([file("a.yaml", "x"), file("gone.yaml")])) {
      expect(result.kind).toBe("text");
      break;
    }
  });
});
