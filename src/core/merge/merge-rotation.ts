import { LOOSE } from "../../model/document.ts";
import type { RotationEntry } from "../../model/rotation.ts";
import { NO_CONSUMER, NO_PRODUCER } from "../rotation/missing.ts";

/**
 * Joins what shards say of secrets: one may see who makes a secret and another who uses it. What is used in a unit and made by none
 * that its shard saw belongs to the loose secret of that name.
 */
export function mergeRotation(all: readonly (readonly RotationEntry[] | null)[]): readonly RotationEntry[] | null {
  const given = all.filter((entries) => entries !== null);
  if (given.length === 0) return null;
  const entries = given.flat();
  const keyOf = ({ kind, namespace, name }: RotationEntry, unit: string): string =>
    JSON.stringify([unit, kind, namespace, name]);
  const made = new Set(
    entries.filter(({ producers }) => producers.length > 0).map((entry) => keyOf(entry, entry.unit)),
  );
  const merged = new Map<string, RotationEntry>();
  for (const entry of entries) {
    const isOpen = !made.has(keyOf(entry, entry.unit)) && made.has(keyOf(entry, LOOSE));
    const unit = isOpen ? LOOSE : entry.unit;
    const key = keyOf(entry, unit);
    const known = merged.get(key);
    merged.set(key, known === undefined ? { ...entry, unit } : join(known, entry));
  }
  return [...merged.values()].toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function join(one: RotationEntry, other: RotationEntry): RotationEntry {
  const producers = once([...one.producers, ...other.producers]);
  const consumers = once([...one.consumers, ...other.consumers]);
  const missing = once([...one.missing, ...other.missing]).filter(
    (text) =>
      !(text.startsWith(NO_PRODUCER) && producers.length > 0) && !(text === NO_CONSUMER && consumers.length > 0),
  );
  return { ...one, producers, consumers, missing };
}

function once<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function orderOf({ namespace, name, kind, unit }: RotationEntry): string {
  return [namespace, name, kind, unit].join("\0");
}
