import { constants, type Dirent, type Stats } from "node:fs";
import { lstat, open, readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { Unreadable, UnreadableReason } from "../../model/document.ts";
import type { Wanted } from "./chart-parts.ts";
import { isWithin } from "./paths.ts";

/** How much of a chart is read; sizes in bytes. */
export interface ChartLimits {
  readonly maxFileSize: number;
  readonly maxChartSize: number;
  /** Files and folders, those that are not read included. */
  readonly maxEntries: number;
}

/** Counts against the limits; one for all folders of a chart. */
export interface ChartBudget {
  readonly limits: ChartLimits;
  size: number;
  entries: number;
  exceeded: "size" | "entries" | null;
}

/** A folder to read, and where its files go. */
export interface ChartWalk {
  /** Absolute and real; nothing outside of it is read. */
  readonly root: string;
  /** Absolute and real, inside the root. */
  readonly folder: string;
  /** Root-relative path of the folder, as reports show it; empty for the root. */
  readonly uri: string;
  /** Where in the chart the folder's content stands; empty or with a `/` at its end. */
  readonly prefix: string;
  readonly wanted: Wanted;
  readonly budget: ChartBudget;
  /** Gets the files, by their path in the chart; what is there already is not read again. */
  readonly files: Map<string, Uint8Array>;
  readonly unreadable: Unreadable[];
}

// Neither wait for a pipe that replaced the file nor follow a link that did; absent on Windows.
const SAFELY = (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads the wanted files below a folder, as bytes. Links are followed, as Helm does, unless they leave
 * the root or lead to a folder around them. Never throws for what is or is not in the folder.
 */
export async function walkChart(walk: ChartWalk): Promise<void> {
  await enter(walk, walk.folder, "", [walk.folder]);
}

// `path` is relative to the walk's folder; `around` are the real folders that led here.
async function enter(walk: ChartWalk, real: string, path: string, around: readonly string[]): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(real, { withFileTypes: true });
  } catch (error) {
    return report(walk, path, "read-failed", `The folder cannot be read (${codeOf(error)}).`);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (walk.budget.exceeded !== null) return;
    const below = path === "" ? entry.name : `${path}/${entry.name}`;
    if (!walk.wanted(below, entry.isDirectory() ? "folder" : "file") && !entry.isSymbolicLink()) continue;
    if (++walk.budget.entries > walk.budget.limits.maxEntries) {
      walk.budget.exceeded = "entries";
      return;
    }
    const target = join(real, entry.name);
    if (entry.isSymbolicLink()) await follow(walk, target, below, around);
    else if (entry.isDirectory()) await enter(walk, target, below, [...around, target]);
    else await read(walk, target, below);
  }
}

async function follow(walk: ChartWalk, link: string, path: string, around: readonly string[]): Promise<void> {
  let real: string;
  let stats: Stats;
  try {
    real = await realpath(link);
    stats = await lstat(real);
  } catch (error) {
    if (!walk.wanted(path, "file") && !walk.wanted(path, "folder")) return;
    return report(walk, path, "read-failed", `The link leads nowhere (${codeOf(error)}).`);
  }
  if (!walk.wanted(path, stats.isDirectory() ? "folder" : "file")) return;
  if (!isWithin(walk.root, real))
    return report(walk, path, "outside-root", "The link leaves the root and was not followed.");
  if (!stats.isDirectory()) return read(walk, real, path);
  if (around.some((folder) => isWithin(real, folder))) {
    return report(walk, path, "read-failed", "The link leads to a folder around it and was not followed.");
  }
  await enter(walk, real, path, [...around, real]);
}

async function read(walk: ChartWalk, real: string, path: string): Promise<void> {
  const name = `${walk.prefix}${path}`;
  if (walk.files.has(name)) return;
  const { limits } = walk.budget;
  try {
    const handle = await open(real, constants.O_RDONLY | SAFELY);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return report(walk, path, "read-failed", "This is not a regular file.");
      if (stats.size > limits.maxFileSize) {
        return report(
          walk,
          path,
          "limit-exceeded",
          `The file is larger than ${mib(limits.maxFileSize)} and was left out of its chart.`,
        );
      }
      walk.budget.size += stats.size;
      if (walk.budget.size > limits.maxChartSize) {
        walk.budget.exceeded = "size";
        return;
      }
      // Read as far as it was when it was measured: it may grow meanwhile.
      const bytes = new Uint8Array(stats.size);
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      walk.files.set(name, bytes.subarray(0, length));
    } finally {
      await handle.close();
    }
  } catch (error) {
    report(walk, path, "read-failed", `The file cannot be read (${codeOf(error)}).`);
  }
}

/** `10 MiB`. */
export function mib(bytes: number): string {
  return `${Math.round((bytes / 2 ** 20) * 10) / 10} MiB`;
}

function report(walk: ChartWalk, path: string, reason: UnreadableReason, message: string): void {
  const uri = [walk.uri, path].filter((part) => part !== "").join("/");
  if (walk.unreadable.some((each) => each.uri === uri && each.reason === reason)) return;
  walk.unreadable.push({ uri, reason, message, at: null });
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";
}
