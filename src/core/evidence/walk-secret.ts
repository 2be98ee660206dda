import type { MappingEntry } from "../../model/document.ts";
import { decodeBase64Text } from "./base64.ts";
import { below } from "./place.ts";
import { seeForms } from "./scalar-evidence.ts";
import { seeEncodedEntry, seeTextEntry, usernamesIn } from "./secret-entries.ts";
import type { Place, Sink } from "./sink.ts";
import { seeEntryText, type Walk } from "./walk-text.ts";

/** Walks `data` or `stringData` of a Secret; `entry.key` says which. `walk` is for texts that hold objects. */
export function walkSecret(sink: Sink, { key, value: data }: MappingEntry, place: Place, walk: Walk): void {
  if (data.kind !== "mapping") return;
  const encoded = key === "data";
  const inside = { ...place, usernames: usernamesIn(data, ({ text }) => (encoded ? decodeBase64Text(text) : text)) };
  for (const { key: name, value } of data.entries) {
    if (value.kind !== "scalar") continue;
    const there = below(inside, name);
    if (encoded) {
      seeEncodedEntry(sink, value, name, there);
      continue;
    }
    const found = seeTextEntry(sink, value, name, there);
    if (value.value === null || found === "encrypted" || found === "reference") continue;
    seeForms(sink, value, name, there);
    if (found === "plain") seeEntryText(sink, value, name, there, walk);
  }
}
