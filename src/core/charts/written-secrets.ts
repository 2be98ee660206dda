import type { Evidence } from "../../model/evidence.ts";
import { mayBeSecret } from "../evidence/redact.ts";
import type { SecretPlaces } from "../evidence/secret-ranges.ts";
import type { ChartTexts } from "./chart-texts.ts";
import { uriOf, type RenderedFile } from "./rendered-file.ts";

/**
 * Notes where secrets of rendered text stand in the template itself: those that are written in it, and
 * not only printed by it. Reports show template lines, and must not show them.
 */
export function noteWrittenSecrets(
  file: RenderedFile,
  evidence: readonly Evidence[],
  texts: ChartTexts,
  places: SecretPlaces,
): void {
  const uri = uriOf(file.chart, file.template.file);
  const { text } = file.source;
  for (const { range } of evidence.filter(mayBeSecret)) {
    for (let { line } = range.start; line <= range.end.line; line += 1) {
      const printed = file.lines.lineSpan(line);
      if (printed === null) continue;
      const secret = text
        .slice(Math.max(printed.start, range.start.offset), Math.min(printed.end, range.end.offset))
        .trim();
      if (secret === "") continue;
      const origin = file.template.origins.findLast(
        ({ start }) => start <= Math.max(printed.start, range.start.offset),
      );
      const opened = origin === undefined ? null : texts.open(uri);
      const span = opened?.lines.lineSpan(origin?.line ?? 0);
      if (opened === null || span === null || span === undefined) continue;
      const at = opened.source.text.slice(span.start, span.end).indexOf(secret);
      if (at !== -1) places.add(uri, span.start + at, span.start + at + secret.length);
    }
  }
}
