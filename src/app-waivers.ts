import type { ConfigResult } from "./adapters/config/read.ts";
import { ConfigurationError } from "./core/errors.ts";
import { safeText } from "./core/evidence/redact.ts";
import { addedConfigWaivers, NEEDS_APPROVAL, noteAt } from "./core/waivers/apply.ts";
import type { WaiverBase } from "./core/waivers/base-waivers.ts";
import type { CheckRequest } from "./model/check-request.ts";
import type { Config } from "./model/config.ts";
import type { WaiverRequest } from "./model/report.ts";

/** What becomes of waivers that only the head has, by what the configuration says and who has approved them. */
export function addedWaivers(
  { trust }: Pick<Config, "trust">,
  { base, approvedWaivers }: Pick<CheckRequest, "base" | "approvedWaivers">,
): WaiverBase["added"] {
  if (trust.waivers === "head") return "count";
  // Where the settings are those of the work tree nobody has to be convinced but its owner.
  if ((base?.settings ?? null) === null) return approvedWaivers ? "count" : "tell";
  return trust.waivers === "approved" && approvedWaivers ? "count" : "refuse";
}

/** Entries of `waivers` that only the head's configuration has, and what became of them. */
export interface AddedEntries {
  /** The configuration with those that count. */
  readonly config: Config;
  readonly requests: readonly WaiverRequest[];
  readonly notes: readonly string[];
}

/**
 * Compares the waivers of the head's configuration with those of the base's; `config` is the one that counts, and
 * `read` reads that of a commit, or of the work tree for `null`. A configuration that cannot be read has none: what counts was read before.
 */
export async function addedEntries(
  config: Config,
  { settings, commit }: { readonly settings: string | null; readonly commit: string },
  added: WaiverBase["added"],
  read: (at: string | null) => Promise<ConfigResult>,
): Promise<AddedEntries> {
  const other = await read(settings === null ? commit : null).catch((error: unknown) => {
    if (error instanceof ConfigurationError) return null;
    throw error;
  });
  const [head, base] = settings === null ? [config, other?.config] : [other?.config, config];
  const entries = addedConfigWaivers(head?.waivers ?? [], base?.waivers ?? []);
  switch (added) {
    case "count":
      return { config: settings === null ? config : withWaivers(config, entries), requests: [], notes: [] };
    case "tell":
      return {
        config,
        requests: [],
        notes: entries.map(({ place }) => noteAt(place.file, place.line, NEEDS_APPROVAL)),
      };
    case "refuse":
      return {
        config,
        requests: entries.map(({ rule, reason, until, place }) => ({
          by: "config",
          uri: safeText(place.file),
          line: place.line,
          rules: [rule],
          reason: safeText(reason),
          until,
        })),
        notes: [],
      };
  }
}

function withWaivers(config: Config, added: Config["waivers"]): Config {
  return { ...config, waivers: [...config.waivers, ...added] };
}
