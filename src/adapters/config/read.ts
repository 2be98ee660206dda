import { constants } from "node:fs";
import { lstat, open, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Config } from "../../model/config.ts";
import type { JsonObject } from "../../model/json.ts";
import type { RuleMetadata } from "../../model/rule.ts";
import { ConfigurationError } from "../../core/errors.ts";
import { DEFAULT_CONFIG } from "../../core/config/effective.ts";

/** Names of the config file at the root; the first is the one we write about. */
export const CONFIG_NAMES = [".portcullis.yaml", ".portcullis.yml"] as const;

const MOST_BYTES = 1024 * 1024;

/** Where to look for the config. */
export interface ConfigRequest {
  /** Absolute. */
  readonly root: string;
  /** Absolute; paths in messages are relative to it. */
  readonly cwd: string;
  /** The file that the user named, relative to `cwd`; `null` to look at the root. */
  readonly configFile: string | null;
  readonly rules: readonly RuleMetadata[];
  /** The commit whose file counts, in place of the one in the work tree; `null` for that one. */
  readonly at: string | null;
  /** The schema to hold it to; made only when there is a file. */
  readonly schema: () => JsonObject | Promise<JsonObject>;
}

/** The config with the file that it stands in, as shown to people; `null` for the defaults. */
export interface ConfigResult {
  readonly config: Config;
  readonly file: string | null;
  readonly notes: readonly string[];
}

/**
 * Reads the config that applies. Throws `ConfigurationError` where the named file does not exist or
 * cannot be read, and `InvalidConfigError` where its content is wrong. The validator is loaded only
 * when there is a file. A link at the root that leads out of the root is refused.
 */
export async function readConfig(request: ConfigRequest): Promise<ConfigResult> {
  const found = request.at === null ? await readHere(request) : await readAt(request, request.at);
  if (found === null) return { config: DEFAULT_CONFIG, file: null, notes: [] };
  const { text, file } = found;
  const [{ loadConfig }, { InvalidConfigError }] = await Promise.all([
    import("../../core/config/load.ts"),
    import("../../core/config/config-error.ts"),
  ]);
  const loaded = loadConfig({ uri: file, text }, await request.schema(), request.rules);
  if (loaded.kind === "invalid") throw new InvalidConfigError(loaded.errors);
  return { config: loaded.config, file, notes: loaded.notes };
}

interface FoundConfig {
  readonly text: string;
  /** As shown to people. */
  readonly file: string;
}

// A file that the commit lacks is no mistake, even if it is named: the change may be what adds it.
async function readAt({ root, cwd, configFile }: ConfigRequest, commit: string): Promise<FoundConfig | null> {
  const { readFileAt } = await import("../git/objects.ts");
  const named = configFile === null ? null : relative(root, resolve(cwd, configFile)).split(sep).join("/");
  for (const path of named === null ? CONFIG_NAMES : [named]) {
    const found = await readFileAt(root, commit, path, MOST_BYTES).catch((error: unknown) => {
      if (error instanceof TypeError) throw new ConfigurationError("the configuration is not UTF-8 text", path);
      throw error;
    });
    if (found === "too-large") throw new ConfigurationError("the configuration is larger than 1 MiB", path);
    if (found !== null) return { ...found, file: `${path} (in ${commit.slice(0, 12)})` };
  }
  return null;
}

async function readHere(request: ConfigRequest): Promise<FoundConfig | null> {
  const path = request.configFile === null ? await findAtRoot(request) : resolve(request.cwd, request.configFile);
  if (path === null) return null;
  const file = shownPath(path, request.cwd);
  return { text: await readText(path, file), file };
}

async function findAtRoot({ root, cwd }: ConfigRequest): Promise<string | null> {
  const found: string[] = [];
  for (const name of CONFIG_NAMES) {
    const path = join(root, name);
    if (!(await exists(path, cwd))) continue;
    await refuseLeaving(root, path, cwd);
    found.push(path);
  }
  const [first, second] = found;
  if (first !== undefined && second !== undefined) {
    throw new ConfigurationError(`there is ${CONFIG_NAMES[0]} as well; keep one of them`, shownPath(second, cwd));
  }
  return first ?? null;
}

/** Whether something has that name, a broken link included: that must not pass for "no config". */
async function exists(path: string, cwd: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return false;
    throw unreadable(error, shownPath(path, cwd));
  }
}

async function refuseLeaving(root: string, path: string, cwd: string): Promise<void> {
  const [from, to] = await Promise.all([realpath(root), realpath(path)]).catch((error: unknown) => {
    throw unreadable(error, shownPath(path, cwd));
  });
  const inside = relative(from, to);
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new ConfigurationError("the configuration is a link that leaves the root", shownPath(path, cwd));
  }
}

async function readText(path: string, file: string): Promise<string> {
  try {
    // Opening a named pipe would otherwise wait for somebody to write to it.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new ConfigurationError("the configuration is not a file", file);
      if (stats.size > MOST_BYTES) throw new ConfigurationError("the configuration is larger than 1 MiB", file);
      return new TextDecoder("utf-8", { fatal: true }).decode(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof ConfigurationError ? error : unreadable(error, file);
  }
}

function unreadable(error: unknown, file: string): ConfigurationError {
  const reasons: { readonly [code: string]: string } = {
    EACCES: "cannot read the configuration: permission denied",
    EISDIR: "the configuration is not a file",
    ELOOP: "cannot read the configuration: its links lead in a circle",
    ENOENT: "there is no such configuration file",
    ENOTDIR: "there is no such configuration file",
    EPERM: "cannot read the configuration: permission denied",
    ERR_ENCODING_INVALID_ENCODED_DATA: "the configuration is not UTF-8 text",
  };
  return new ConfigurationError(reasons[codeOf(error)] ?? "cannot read the configuration", file);
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

/** Relative to the working directory where it is below it, with `/`. */
function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  const shown = below.startsWith("..") || isAbsolute(below) ? path : below;
  return shown.split(sep).join("/");
}
