import type { Unreadable } from "../../model/document.ts";
import type { ReportedUnreadable } from "../../model/report.ts";
import { MASK } from "../../model/redacted.ts";
import { maskTokens } from "../evidence/token-shapes.ts";
import type { Digest } from "../ports.ts";
import { compareText } from "./located.ts";

/**
 * What could not be judged, in the order of files, each once and with its fingerprint: over file and
 * reason, without position, so that edits elsewhere in the file do not make it new.
 */
export function reportUnreadable(entries: readonly Unreadable[], digest: Digest): readonly ReportedUnreadable[] {
  const sorted = entries.toSorted(
    (a, b) =>
      compareText(a.uri, b.uri) || (a.at?.offset ?? -1) - (b.at?.offset ?? -1) || compareText(a.message, b.message),
  );
  const seen = new Set<string>();
  const ordinals = new Map<string, number>();
  const reported: ReportedUnreadable[] = [];
  for (const { uri, reason, message, at } of sorted) {
    const whole = JSON.stringify([uri, reason, message, at?.offset ?? null]);
    if (seen.has(whole)) continue;
    seen.add(whole);
    const key = maskTokens(JSON.stringify([reason, uri]), MASK);
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    reported.push({
      uri,
      reason,
      message,
      at,
      fingerprint: `v1:${digest(`${key}#${ordinal}`).slice(0, 32)}`,
      status: "new",
    });
  }
  return reported;
}
