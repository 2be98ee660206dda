import type { ValueClass } from "../../model/evidence.ts";

/** Classes from the one that matters most to the one that matters least. */
const ORDER: readonly ValueClass[] = [
  "likely",
  "weak",
  "hash",
  "plain",
  "scalar",
  "placeholder",
  "public",
  "reference",
  "encrypted",
  "empty",
];

/** The class of a whole whose parts have these classes: that of its worst part. At least one is given. */
export function worstOf(classes: readonly ValueClass[]): ValueClass {
  return ORDER.find((each) => classes.includes(each)) ?? "plain";
}
