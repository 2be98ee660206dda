import type { ChartFile, ChartRendering, HelperPlace, RenderedTemplate } from "../../model/chart-rendering.ts";
import type { Precision } from "../../model/position.ts";

/** A line as `helm template` prints it, and where it comes from. */
export interface PrintedLine {
  readonly text: string;
  /** `null` for the line between two documents. */
  readonly origin: LineOrigin | null;
}

/** Where a printed line comes from. */
interface LineOrigin {
  readonly file: ChartFile;
  /** 1-based, in the template; `null` where only the file is known. */
  readonly line: number | null;
  readonly precision: Precision;
  /** The named template that printed the line or a part of it. */
  readonly helper: HelperPlace | null;
  /** Part of it differs on every run (`randAlphaNum`, `genCA` …). */
  readonly generated: boolean;
}

/**
 * The output of a chart in the form and order of `helm template`: first the manifests and then the
 * hooks, each below a line with the name of its template. The rendering was asked for its order.
 */
export function printedLines({ templates, manifests }: ChartRendering): readonly PrintedLine[] {
  const lines: PrintedLine[] = [];
  const add = (hook: boolean) => {
    for (const manifest of manifests) {
      const template = manifest.hook === hook ? templates[manifest.template] : undefined;
      if (template === undefined) continue;
      const source = { file: template.file, line: null, precision: "file", helper: null, generated: false } as const;
      lines.push({ text: "---", origin: null }, { text: `# Source: ${template.name}`, origin: source });
      addDocument(template, manifest.start, manifest.end, lines);
    }
  };
  add(false);
  trimEnd(lines);
  // Helm prints an empty line where a chart has nothing but hooks, or nothing at all.
  if (lines.length === 0) lines.push({ text: "", origin: null });
  add(true);
  return lines;
}

function addDocument(template: RenderedTemplate, start: number, end: number, lines: PrintedLine[]): void {
  const originAt = originsOf(template);
  for (let at = start; at <= end;) {
    const next = template.text.indexOf("\n", at);
    const stop = next === -1 || next >= end ? end : next;
    lines.push({ text: template.text.slice(at, stop), origin: originAt(at, stop) });
    at = stop + 1;
  }
}

// Lines are asked for in their order, so both lists are walked once.
function originsOf({ file, origins, generated }: RenderedTemplate): (start: number, end: number) => LineOrigin {
  let first = 0;
  let span = 0;
  return (start, end) => {
    while ((origins[first + 1]?.start ?? Infinity) <= start) first += 1;
    while ((generated[span]?.end ?? Infinity) <= start) span += 1;
    const origin = (origins[first]?.start ?? Infinity) <= Math.max(start, end - 1) ? origins[first] : undefined;
    let helper = origin?.helper ?? null;
    for (let index = first + 1; helper === null && (origins[index]?.start ?? Infinity) < end; index += 1) {
      helper = origins[index]?.helper ?? null;
    }
    return {
      file,
      line: origin?.line ?? null,
      precision: origin?.precision ?? "file",
      helper,
      generated: (generated[span]?.start ?? Infinity) < end,
    };
  };
}

const SPACE = /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]$/;

// As Go's `strings.TrimSpace` does: what JavaScript takes for white space is not the same.
function trimEnd(lines: PrintedLine[]): void {
  for (let last = lines.at(-1); last !== undefined; last = lines.at(-1)) {
    let end = last.text.length;
    while (end > 0 && SPACE.test(last.text.charAt(end - 1))) end -= 1;
    lines.pop();
    if (end === 0) continue;
    lines.push({ ...last, text: last.text.slice(0, end) });
    return;
  }
}
