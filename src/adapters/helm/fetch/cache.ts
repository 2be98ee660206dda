import { createHash, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Archives by their digest. */
export interface ArchiveCache {
  /** The archive with this SHA-256, `null` where it is not there or no longer what it was. */
  get(digest: string): Promise<Buffer | null>;
  /** Keeps an archive; that it could not be kept is no error. */
  put(digest: string, data: Uint8Array): Promise<void>;
}

/** `$XDG_CACHE_HOME/portcullis/charts` (XDG Base Directory Specification); absolute. */
export function cacheFolder(env: { readonly [name: string]: string | undefined }): string {
  const base = env["XDG_CACHE_HOME"] ?? "";
  if (isAbsolute(base)) return join(base, "portcullis", "charts");
  const home = homedir();
  return isAbsolute(home) && home !== "/"
    ? join(home, ".cache", "portcullis", "charts")
    : join(tmpdir(), "portcullis-charts");
}

/**
 * A cache in a folder, which is made when it is needed. Files are complete or not there, and are
 * checked against their digest when they are read: others may be able to write to the folder.
 */
export function archiveCache(folder: string, maxBytes: number): ArchiveCache {
  const pathOf = (digest: string): string => join(folder, `${digest}.tgz`);
  return {
    async get(digest) {
      try {
        const handle = await open(
          pathOf(digest),
          constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
        );
        try {
          const stats = await handle.stat();
          if (!stats.isFile() || stats.size > maxBytes) return null;
          const data = await handle.readFile();
          return sha256(data) === digest ? data : null;
        } finally {
          await handle.close();
        }
      } catch {
        return null;
      }
    },
    async put(digest, data) {
      const temporary = join(folder, `.${digest}.${randomBytes(6).toString("hex")}.tmp`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const handle = await open(temporary, "wx", 0o600);
        try {
          await handle.writeFile(data);
        } finally {
          await handle.close();
        }
        await rename(temporary, pathOf(digest));
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** SHA-256 as lower-case hexadecimal digits. */
export function sha256(data: Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
