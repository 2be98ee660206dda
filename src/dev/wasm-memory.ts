/** Edits the memory section of a WebAssembly module (W3C core specification, 5.5.8). */

const MEMORY_SECTION = 5;
const HEADER_SIZE = 8;

/**
 * The module with a maximum, in pages of 64 KiB, on its one memory: the engine then refuses to let it
 * grow further. Throws where the module has not exactly one memory of its own without a maximum.
 */
export function limitMemory(module: Uint8Array, maximum: number): Uint8Array {
  let at = HEADER_SIZE;
  while (at < module.length) {
    const id = module[at];
    const size = readNumber(module, at + 1);
    const end = size.next + size.value;
    if (id === MEMORY_SECTION) {
      const count = readNumber(module, size.next);
      const flags = module[count.next];
      const minimum = readNumber(module, count.next + 1);
      if (count.value !== 1 || flags !== 0 || minimum.next !== end || minimum.value > maximum) break;
      const body = [1, 1, ...writeNumber(minimum.value), ...writeNumber(maximum)];
      return Buffer.concat([
        module.subarray(0, at),
        Buffer.from([MEMORY_SECTION, ...writeNumber(body.length), ...body]),
        module.subarray(end),
      ]);
    }
    at = end;
  }
  throw new Error("the module's memory can't be limited");
}

// Unsigned LEB128.
function readNumber(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0, next = at; ; shift += 7) {
    const byte = bytes[next++];
    if (byte === undefined || shift > 28) throw new Error("the module is damaged");
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next };
  }
}

function writeNumber(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}
