/**
 * The frames that cross the border to the module: the length of a JSON header (four bytes,
 * little-endian), the header, and the bytes whose sizes it names.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A frame of `header` and `parts`, in a buffer of its own that can be transferred. */
export function encodeFrame(header: object, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const encoded = encoder.encode(JSON.stringify(header));
  const size = parts.reduce((sum, part) => sum + part.length, 4 + encoded.length);
  const frame = new Uint8Array(size);
  new DataView(frame.buffer).setUint32(0, encoded.length, true);
  frame.set(encoded, 4);
  let at = 4 + encoded.length;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}

/** Reads a frame: its header, and then part after part. */
export function decodeFrame(frame: Uint8Array): { header: unknown; take: (size: number) => Uint8Array } {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const size = view.getUint32(0, true);
  const header: unknown = JSON.parse(decoder.decode(frame.subarray(4, 4 + size)));
  let at = 4 + size;
  return {
    header,
    take(length) {
      const part = frame.subarray(at, at + length);
      at += length;
      return part;
    },
  };
}
