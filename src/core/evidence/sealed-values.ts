import type { MappingNode } from "../../model/document.ts";
import { decodeBase64 } from "./base64.ts";
import { below } from "./place.ts";
import type { Place, Sink } from "./sink.ts";
import { classifyValue } from "./values.ts";

/** The detector of what stands in the place of ciphertext and is none. */
export const UNSEALED_DETECTOR = "unsealed-value";

/**
 * Lengths of what RSA wrote, in bytes, with which sealed values begin (Sealed Secrets, `HybridEncrypt`):
 * the lengths of keys from 1024 to 8192 bits.
 */
const KEY_LENGTHS = new Set([128, 256, 384, 512, 1024]);

/** Looks at `spec.encryptedData` of a SealedSecret for values that were never sealed. */
export function seeUnsealedValues(sink: Sink, root: MappingNode, place: Place): void {
  const spec = root.entries.find(({ key }) => key === "spec")?.value;
  const data = spec?.kind === "mapping" ? spec.entries.find(({ key }) => key === "encryptedData")?.value : undefined;
  if (data?.kind !== "mapping") return;
  for (const { key, value } of data.entries) {
    if (value.kind !== "scalar" || value.value === null || isSealed(value.text)) continue;
    const there = ["spec", "encryptedData", key].reduce<Place>(below, place);
    const found = classifyValue(value.text, sink.context(key, there, { secretData: true }));
    if (found === "empty" || found === "encrypted" || found === "reference" || found === "placeholder") continue;
    sink.add({
      kind: "credential",
      detector: UNSEALED_DETECTOR,
      class: "likely",
      context: "value",
      keyName: key,
      nameClass: sink.nameClass(key),
      path: there.path,
      decoded: false,
      range: there.rangeOf(value, 0, value.text.length),
    });
  }
}

// Two bytes tell the length of what RSA wrote. What begins so and is too short was cut off, as in
// documentation: it gives nothing away.
function isSealed(text: string): boolean {
  const bytes = decodeBase64(withoutDots(text.trim()));
  if (bytes === null) return false;
  return KEY_LENGTHS.has(((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0));
}

function withoutDots(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === "." || text[end - 1] === "…")) end -= 1;
  return text.slice(0, end);
}
