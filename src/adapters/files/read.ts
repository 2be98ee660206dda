import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { holdsManifest } from "../../core/input/candidate.ts";
import { createManifestScan } from "../../core/input/manifest-scan.ts";
import { fileKind, hasManifestExtension, looksGenerated } from "../../core/input/text-kinds.ts";
import type { SourceText, Unreadable, UnreadableReason } from "../../model/document.ts";
import type { DiscoveredFile } from "./collection.ts";
import { decode, decodeLatin1, decodeRoughly } from "./decode.ts";

/** How much is read. Sizes in bytes. */
export interface ReadLimits {
  /** Larger files are not read. */
  readonly maxFileSize: number;
  /** Larger files that a program made are not searched for tokens. */
  readonly maxGeneratedSize: number;
}

/** The limits that hold where nobody sets others. */
export const DEFAULT_READ_LIMITS: ReadLimits = {
  maxFileSize: 10 * 1024 * 1024,
  maxGeneratedSize: 1024 * 1024,
};

/**
 * Why a file's content is not looked at: `not-configuration` is a file of another kind, `encrypted`
 * one that git-crypt encrypted.
 */
export type SkipReason = "binary" | "encrypted" | "generated" | "lock-file" | "not-configuration" | "too-large";

/** What came of reading one file. */
export type ReadResult =
  | { readonly kind: "text"; readonly file: DiscoveredFile; readonly source: SourceText }
  | { readonly kind: "skipped"; readonly file: DiscoveredFile; readonly reason: SkipReason }
  | { readonly kind: "unreadable"; readonly file: DiscoveredFile; readonly unreadable: Unreadable };

/** What one file is read for, besides what its name says. */
export interface ReadOptions {
  /** Something names the file as one that holds objects: the user, or a kustomization. */
  readonly named?: boolean;
  /** The file is to be searched whatever its kind: a generator of a kustomization names it, or a change touches it. */
  readonly text?: boolean;
}

const HEAD = 64 * 1024;
// What is larger than this is not even scanned for the keys of a manifest.
const MOST_SCANNED = 256 * 1024 * 1024;
// Neither wait for a pipe that replaced the file nor follow a link that did; absent on Windows.
const SAFELY = (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads a file as text, if it is one to be read. Never throws for what is in or wrong with the file.
 *
 * A file that may hold objects (`.yaml`, `.yml`, `.json`, or named) and is not text, or is over the
 * limit, is unreadable where its bytes show the top-level keys of a manifest, or where it is named;
 * else it is skipped. What cannot be opened is unreadable. A lock file is read only as far as to see
 * that it is no manifest under a lock file's name.
 */
export async function readText(
  file: DiscoveredFile,
  limits: ReadLimits = DEFAULT_READ_LIMITS,
  options: ReadOptions = {},
): Promise<ReadResult> {
  const named = file.explicit || options.named === true;
  const kind = fileKind(file.uri);
  if (kind === "other" && !named && options.text !== true) return skipped(file, "not-configuration");
  if (kind === "lock-file" && !named && options.text !== true && !hasManifestExtension(file.uri))
    return skipped(file, "lock-file");
  let handle: FileHandle | null = null;
  try {
    handle = await open(file.absolutePath, constants.O_RDONLY | SAFELY);
    const stats = await handle.stat();
    if (!stats.isFile()) return unreadable(file, "read-failed", "This is not a regular file.");
    const asked = options.named === true || (file.explicit && hasManifestExtension(file.uri));
    if (stats.size > limits.maxFileSize) return await judgeLarge(handle, file, stats.size, file.explicit || asked);
    const bytes = await readAtMost(handle, stats.size);
    return judgeContent(file, bytes, limits, { asked, text: options.text === true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return unreadable(file, "read-failed", `The file cannot be read (${error.code}).`);
  } finally {
    await handle?.close();
  }
}

// `asked`: somebody says that the file holds objects; `text`: that it is to be searched.
function judgeContent(
  file: DiscoveredFile,
  bytes: Buffer,
  limits: ReadLimits,
  { asked, text }: { asked: boolean; text: boolean },
): ReadResult {
  const decoded = decode(bytes);
  const mayHold = asked || hasManifestExtension(file.uri);
  if (decoded.kind === "text") {
    const generated = bytes.length > limits.maxGeneratedSize && looksGenerated(file.uri, decoded.text.slice(0, HEAD));
    const lock = fileKind(file.uri) === "lock-file" && !text;
    if (!asked && (lock || generated) && !(mayHold && holdsManifest(decoded.text))) {
      return skipped(file, lock ? "lock-file" : "generated");
    }
    return { kind: "text", file, source: { uri: file.uri, text: decoded.text } };
  }
  if (decoded.kind === "encrypted") return skipped(file, "encrypted");
  if (asked || (mayHold && holdsManifest(decodeRoughly(bytes)))) {
    return unreadable(file, "not-text", "The file is neither UTF-8 nor UTF-16 text.");
  }
  if (decoded.kind === "binary") return skipped(file, "binary");
  // No manifest, and in some older encoding: the tokens that it may hold are ASCII.
  return { kind: "text", file, source: { uri: file.uri, text: decodeLatin1(bytes) } };
}

async function judgeLarge(handle: FileHandle, file: DiscoveredFile, size: number, asked: boolean): Promise<ReadResult> {
  const tooLarge = unreadable(file, "too-large", "The file is larger than the limit and was not read.");
  if (asked) return tooLarge;
  if (hasManifestExtension(file.uri) && (size > MOST_SCANNED || (await scanLarge(handle)))) return tooLarge;
  return skipped(file, fileKind(file.uri) === "lock-file" ? "lock-file" : "too-large");
}

// Looks for the keys of a manifest a piece at a time; a large file never is in memory as a whole.
async function scanLarge(handle: FileHandle): Promise<boolean> {
  const scan = createManifestScan();
  const piece = Buffer.allocUnsafe(HEAD);
  for (;;) {
    const { bytesRead } = await handle.read(piece, 0, piece.length);
    if (bytesRead === 0) break;
    scan.push(decodeRoughly(piece.subarray(0, bytesRead)));
    if (scan.found()) return true;
  }
  scan.end();
  return scan.found();
}

// A file that grows while it is read is read as far as it was when it was measured.
async function readAtMost(handle: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(bytes, length, size - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

function skipped(file: DiscoveredFile, reason: SkipReason): ReadResult {
  return { kind: "skipped", file, reason };
}

function unreadable(file: DiscoveredFile, reason: UnreadableReason, message: string): ReadResult {
  return { kind: "unreadable", file, unreadable: { uri: file.uri, reason, message, at: null } };
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return typeof error === "object" && error !== null && "syscall" in error && "code" in error;
}
