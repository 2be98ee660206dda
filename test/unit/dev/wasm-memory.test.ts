import { expect, test } from "@jest/globals";
import { limitMemory } from "../../../src/dev/wasm-memory.ts";

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** A module that exports one memory of two pages, and has a custom section behind it. */
const MODULE = [...HEADER, 5, 3, 1, 0, 2, 7, 5, 1, 1, 0x6d, 2, 0, 0, 3, 1, 0x78, 9];

async function grow(bytes: Uint8Array, pages: number): Promise<number> {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const memory = instance.exports["m"] as { buffer: ArrayBuffer; grow(pages: number): number };
  memory.grow(pages);
  return memory.buffer.byteLength / 65_536;
}

test("the memory grows up to the maximum and no further", async () => {
  const limited = limitMemory(new Uint8Array(MODULE), 300);
  await expect(grow(limited, 298)).resolves.toBe(300);
  await expect(grow(limited, 299)).rejects.toThrow(RangeError);
});

test.each([
  ["no memory", HEADER],
  ["a maximum of its own", [...HEADER, 5, 4, 1, 1, 2, 3]],
  ["two memories", [...HEADER, 5, 5, 2, 0, 2, 0, 2]],
  ["a larger minimum", [...HEADER, 5, 4, 1, 0, 0x80, 4]],
  ["a damaged size", [...HEADER, 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
])("refuses a module with %s", (_name, bytes) => {
  expect(() => limitMemory(new Uint8Array(bytes), 300)).toThrow("the module");
});
