import { realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import picomatch from "picomatch";
import { UsageError } from "../../core/errors.ts";
import { isWithin, uriOf } from "./paths.ts";

/** A path that the user typed, resolved. All paths are absolute and real. */
export type Start =
  | { readonly kind: "file"; readonly path: string; readonly typed: string }
  | { readonly kind: "folder"; readonly path: string; readonly typed: string }
  | {
      readonly kind: "glob";
      /** The folder that the glob starts in. */
      readonly path: string;
      readonly typed: string;
      /** Whether a path relative to the folder, with `/`, or a folder above it is meant. */
      readonly matches: (path: string) => boolean;
    };

/**
 * Resolves a typed path against `cwd`: a file, a folder, or a glob (picomatch), in this order, so
 * that a file whose name has brackets in it is found. Where a path with backslashes leads nowhere, it
 * is read as a Windows path. Throws `UsageError` for what does not exist or is neither file nor folder.
 */
export function resolveTyped(cwd: string, typed: string): Start {
  if (typed === "" || typed.includes("\0")) throw new UsageError(`${JSON.stringify(typed)} is not a path`);
  const slashed = typed.replaceAll("\\", "/");
  const start =
    existing(cwd, typed, typed) ??
    (slashed === typed ? null : existing(cwd, slashed, typed)) ??
    (slashed === typed ? null : glob(cwd, slashed, typed)) ??
    (process.platform === "win32" ? null : glob(cwd, typed, typed));
  if (start === null) throw new UsageError(`${JSON.stringify(typed)} does not exist`);
  return start;
}

/** The folder of a start: itself, that of the file, or the one that a glob starts in. */
export function folderOfStart(start: Start): string {
  return start.kind === "file" ? dirname(start.path) : start.path;
}

/** A matcher for globs over paths with `/`; what matches a folder matches all that is in it. */
export function pathMatcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const wanted = globs.map((text) => text.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, "")).filter((text) => text !== "");
  // A leading `!` would turn a glob into "everything but".
  const matches = picomatch(wanted, { dot: true, nonegate: true });
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      if (matches(path.slice(0, end))) return true;
    }
    return false;
  };
}

function existing(cwd: string, path: string, typed: string): Start | null {
  try {
    const real = realpathSync(resolve(cwd, path));
    const stats = statSync(real);
    if (stats.isDirectory()) return { kind: "folder", path: real, typed };
    if (stats.isFile()) return { kind: "file", path: real, typed };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return null;
    if (code === "ELOOP") throw new UsageError(`${JSON.stringify(typed)} is a symbolic link to itself`);
    throw new UsageError(`${JSON.stringify(typed)} cannot be read (${code ?? "unknown error"})`);
  }
  throw new UsageError(`${JSON.stringify(typed)} is neither a file nor a folder`);
}

function glob(cwd: string, pattern: string, typed: string): Start | null {
  const scanned = picomatch.scan(pattern, { nonegate: true });
  if (!scanned.isGlob) return null;
  const folder = existing(cwd, scanned.base === "" ? "." : scanned.base, typed);
  return folder?.kind === "folder" ? { ...folder, kind: "glob", matches: pathMatcher([scanned.glob]) } : null;
}

/** Whether a path (absolute) is one that `starts` mean, be it there or not. */
export function isMeant(starts: readonly Start[], path: string): boolean {
  return starts.some((start) => {
    if (start.kind === "file") return start.path === path;
    return isWithin(start.path, path) && (start.kind === "folder" || start.matches(uriOf(start.path, path)));
  });
}
