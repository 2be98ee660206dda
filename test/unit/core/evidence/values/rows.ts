import type { ValueClass } from "../../../../../src/model/evidence.ts";

/** A name, a value, and the class of the value. */
export type ValueRow = readonly [name: string, value: string, expected: ValueClass];

/** Rows of one class, one a line: a name, a blank, a value. `~~` in a value joins pieces, so that no token stands here. */
export function rows(expected: ValueClass, text: string): readonly ValueRow[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", ...rest] = line.trim().split(" ");
      return [name, rest.join(" ").replaceAll("~~", ""), expected];
    });
}

/** Rows for one value under many names, which are separated by blanks. */
export function named(expected: ValueClass, value: string, names: string): readonly ValueRow[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => [name, value, expected]);
}
