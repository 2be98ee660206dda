import type { ScalarNode } from "../../model/document.ts";
import { SegmentWriter, type Segments } from "./segments.ts";
import { writeBlock, writeDouble, writePlain, writeSingle } from "./walk-scalar.ts";

const aligned = new WeakMap<ScalarNode, Segments | null>();

/**
 * How the characters of `node.text` map to those of its source `text`, worked out once per node.
 * The scalar is read again by the rules of its style, and what comes out is compared with
 * `node.text`: `null` unless both are the same, as for a key that is written as an alias.
 */
export function align(text: string, node: ScalarNode): Segments | null {
  const known = aligned.get(node);
  if (known !== undefined) return known;
  const segments = read(text, node);
  aligned.set(node, segments);
  return segments;
}

function read(text: string, node: ScalarNode): Segments | null {
  const writer = new SegmentWriter(text);
  const { start, end } = node;
  // The first character decides, not `node.style`: nodes made for keys do not know theirs, and
  // no plain scalar starts with one of these.
  switch (text[start]) {
    case "'":
      writeSingle(writer, text, start + 1, end - 1);
      break;
    case '"':
      writeDouble(writer, text, start + 1, end - 1);
      break;
    case "|":
    case ">":
      writeBlock(writer, text, node);
      break;
    default:
      writePlain(writer, text, start, end);
  }
  return writer.finish(node.text, end);
}
