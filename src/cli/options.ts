import { InvalidArgumentError } from "commander";
import { nearest } from "../core/config/nearest.ts";
import { MOST_SHARDS, parseShard } from "../core/shard.ts";
import type { Shard } from "../model/check-request.ts";
import { FORMATS, type Format } from "./effects.ts";

/** A report that goes to a file. */
export interface Output {
  readonly format: Format;
  readonly file: string;
}

/** Parser of an option that takes one of `names`; a slip is answered with the nearest of them. */
export function choice<const T extends string>(names: readonly T[]): (value: string) => T {
  return (value) => {
    const found = names.find((name) => name === value);
    if (found !== undefined) return found;
    const meant = nearest(value, names);
    throw new InvalidArgumentError(
      `It is one of ${names.join(", ")}${meant === null ? "." : `; did you mean "${meant}"?`}`,
    );
  };
}

/** Makes the parser of a repeatable option out of that of one value. */
export function repeated<T>(parse: (value: string) => T): (value: string, previous?: readonly T[]) => readonly T[] {
  return (value, previous = []) => [...previous, parse(value)];
}

/** Parser of `--output format=file`. */
export function output(value: string): Output {
  const [format = "", ...rest] = value.split("=");
  const file = rest.join("=");
  if (file === "") throw new InvalidArgumentError("It is written format=file, such as sarif=portcullis.sarif.");
  return { format: choice(FORMATS)(format), file };
}

const UNITS: { readonly [unit: string]: number } = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** Parser of a size in bytes: `500000`, `512K`, `10MB`; units are powers of 1024. */
export function byteSize(value: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,12})\s*([kmg]?)(?:i?b)?$/i.exec(value) ?? [];
  const size = Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
  if (digits === "" || size === 0 || !Number.isSafeInteger(size)) {
    throw new InvalidArgumentError("It is a number of bytes above 0, such as 500000, 512K or 10MB.");
  }
  return size;
}

/** Parser of a shard: `2/4` is the second of four. */
export function shard(value: string): Shard {
  const parsed = parseShard(value);
  if (parsed === null) {
    throw new InvalidArgumentError(`It is written index/count, such as 1/4, with at most ${MOST_SHARDS} shards.`);
  }
  return parsed;
}
