import { constants } from "node:fs";
import { lstat, open } from "node:fs/promises";
import { join } from "node:path";
import { readBaseline as parse, type Baseline } from "../../core/baseline/baseline.ts";
import { BASELINE_NAME } from "../../core/compare/pending.ts";
import { ConfigurationError } from "../../core/errors.ts";

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Reads the baseline at the root, in the work tree or in the commit `at`; `null` where there is none. Throws
 * `ConfigurationError` for one that cannot be used: it must not pass for none, nor for all.
 */
export async function readBaseline(root: string, at: string | null): Promise<Baseline | null> {
  const text = at === null ? await readHere(root) : await readAt(root, at);
  if (text === null) return null;
  const baseline = parse(text);
  if (typeof baseline === "string") throw new ConfigurationError(baseline, BASELINE_NAME);
  return baseline;
}

async function readAt(root: string, commit: string): Promise<string | null> {
  const { readFileAt } = await import("../git/objects.ts");
  const found = await readFileAt(root, commit, BASELINE_NAME, MOST_BYTES).catch((error: unknown) => {
    if (error instanceof TypeError) throw new ConfigurationError("the baseline is not UTF-8 text", BASELINE_NAME);
    throw error;
  });
  if (found === "too-large") throw tooLarge();
  return found === null ? null : found.text;
}

async function readHere(root: string): Promise<string | null> {
  const path = join(root, BASELINE_NAME);
  const stats = await lstat(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw new ConfigurationError("cannot read the baseline", BASELINE_NAME);
  });
  if (stats === null) return null;
  // A link could lead out of the repository, and a commit would not follow it.
  if (!stats.isFile()) throw new ConfigurationError("the baseline is not a file", BASELINE_NAME);
  if (stats.size > MOST_BYTES) throw tooLarge();
  try {
    const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch {
    throw new ConfigurationError("cannot read the baseline as UTF-8 text", BASELINE_NAME);
  }
}

function tooLarge(): ConfigurationError {
  return new ConfigurationError("the baseline is larger than 16 MiB", BASELINE_NAME);
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
