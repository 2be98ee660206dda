import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { isWithin } from "./paths.ts";

/** Larger values files are not read; Helm's own limit for a file of a chart is smaller. */
const LARGEST = 10 * 2 ** 20;

/** Values files of a run: those that the configuration names, and those that a person typed. */
export interface NamedValues {
  /** Relative to the root; they may not lead out of it. */
  readonly configured: readonly string[];
  /** Relative to the working directory. */
  readonly typed: readonly string[];
}

/**
 * Reads values files by the names that reports use. What is not there, is too large or leads out of the
 * root is left out, and reported for the charts that name it. `root` is absolute and real.
 */
export async function readValues(
  root: string,
  cwd: string,
  { configured, typed }: NamedValues,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of configured) {
    const path = await realpath(join(root, name)).catch(() => null);
    const data = path !== null && isWithin(root, path) ? await readSmall(path) : null;
    if (data !== null) files.set(name, data);
  }
  for (const name of typed) {
    const data = await readSmall(resolve(cwd, name));
    if (data !== null) files.set(valuesName(root, cwd, name), data);
  }
  return files;
}

/** The name of a typed values file: its path from the root where it lies in it, else as it was typed. */
export function valuesName(root: string, cwd: string, name: string): string {
  const path = relative(root, resolve(cwd, name));
  return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path) ? name : path.split(sep).join("/");
}

async function readSmall(path: string): Promise<Uint8Array | null> {
  try {
    const stats = await stat(path);
    return stats.isFile() && stats.size <= LARGEST ? await readFile(path) : null;
  } catch {
    return null;
  }
}
