import { randomBytes } from "node:crypto";
import { constants, rmSync } from "node:fs";
import { access, chmod, open, realpath, rename, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../core/errors.ts";
import type { OutputFiles } from "./effects.ts";

/** A target as it was when the run began; `special` for a device, pipe or socket. */
interface Target {
  readonly shown: string;
  readonly path: string;
  readonly special: boolean;
  readonly mode: number | null;
}

/**
 * Checks that each of `paths` (relative to `cwd`) can be written, before the run begins, and says so
 * with a `UsageError` otherwise. Nothing is created until `write`.
 */
export async function openOutputFiles(paths: readonly string[], cwd: string): Promise<OutputFiles> {
  const targets = new Map<string, Target>();
  for (const path of paths) targets.set(path, await inspect(path, cwd));
  if (new Set([...targets.values()].map(({ path }) => path)).size < targets.size) {
    throw new UsageError("two outputs go to the same file");
  }
  const temporary = new Set<string>();
  return {
    async write(texts) {
      const moves: (readonly [from: string, to: Target])[] = [];
      try {
        for (const [path, text] of texts) {
          const target = targets.get(path) ?? (await inspect(path, cwd));
          await attempt(target.shown, async () => {
            // A pipe or a device has no place beside it to be renamed from.
            if (target.special) return await writeFile(target.path, text);
            const from = join(dirname(target.path), `.${basename(target.path)}.${randomBytes(6).toString("hex")}.tmp`);
            temporary.add(from);
            await writeWhole(from, text, target.mode);
            moves.push([from, target]);
          });
        }
        for (const [from, target] of moves) {
          await attempt(target.shown, () => rename(from, target.path));
          temporary.delete(from);
        }
      } finally {
        discard(temporary);
      }
    },
    discard: () => discard(temporary),
  };
}

async function inspect(shown: string, cwd: string): Promise<Target> {
  const asked = resolve(cwd, shown);
  return await attempt(shown, async () => {
    const stats = await stat(asked).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return null;
      throw error;
    });
    if (stats?.isDirectory()) throw new UsageError(`cannot write ${shown}: it is a folder`);
    // Through a link to what it names: the link stays.
    const path = stats ? await realpath(asked) : join(await realpath(dirname(asked)), basename(asked));
    const special = stats !== null && !stats.isFile();
    if (stats) await access(path, constants.W_OK);
    if (!special) await access(dirname(path), constants.W_OK | constants.X_OK);
    return { shown, path, special, mode: stats?.isFile() ? stats.mode & 0o777 : null };
  });
}

async function writeWhole(path: string, text: string, mode: number | null): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
  if (mode !== null) await chmod(path, mode);
}

async function attempt<T>(shown: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot write ${shown}: ${reasonOf(error)}`);
  }
}

function discard(temporary: Set<string>): void {
  for (const path of temporary) rmSync(path, { force: true });
  temporary.clear();
}

function reasonOf(error: unknown): string {
  const reasons: { readonly [code: string]: string } = {
    EACCES: "permission denied",
    EISDIR: "it is a folder",
    ENOENT: "its folder does not exist",
    ENOSPC: "no space left",
    ENOTDIR: "its folder is not a folder",
    EPERM: "permission denied",
    EROFS: "read-only file system",
  };
  return reasons[codeOf(error)] ?? (codeOf(error) || "unknown reason");
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
