import type { ChartFailure, ChartFile, ChartPlace } from "../model/chart-rendering.ts";
import type { RenderOutcome } from "../model/render-request.ts";
import { missingDependencyMessage } from "../core/charts/missing-dependency.ts";
import { printedLines, type PrintedLine } from "../core/charts/printed-lines.ts";
import { chartFlags } from "./chart-options.ts";
import type { CliEffects } from "./effects.ts";
import { complain, print } from "./print.ts";
import type { RenderOptions } from "./program.ts";

const EXIT_ERROR = 2;
/** What a terminal acts on, or what turns the direction of text. */
const UNSAFE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/**
 * Runs `render`: prints a chart as it is judged, or where its lines come from, and returns the exit
 * code. What could not be rendered is said on standard error, with its place. This is the one command
 * that prints what the input holds, secrets included. Throws `UsageError`.
 */
export async function runRender(chart: string, options: RenderOptions, effects: CliEffects): Promise<number> {
  const outcome = await effects.render({ cwd: effects.cwd, chart, flags: chartFlags(options) });
  const lines = printedLines(outcome.rendering);
  if (options.provenance === "json") await print(effects.stdout, provenance(lines, outcome));
  else if (outcome.rendering.name !== "") {
    const text = `${lines.map((line) => line.text).join("\n")}\n`;
    await print(effects.stdout, effects.stdout.isTTY ? showControls(text) : text);
  }
  for (const note of missingValues(outcome)) await complain(effects.stderr, note);
  const errors = errorsOf(outcome);
  for (const error of errors) await complain(effects.stderr, error);
  return errors.length > 0 ? EXIT_ERROR : 0;
}

function provenance(lines: readonly PrintedLine[], { rendering, displayPath }: RenderOutcome): string {
  const place = (file: ChartFile) => ({
    file: displayPath(file),
    ...(file.archive !== null && { member: file.path }),
  });
  const entries = lines.map(({ text, origin }, index) => ({
    line: index + 1,
    text,
    template: origin && { ...place(origin.file), line: origin.line },
    helper: origin?.helper
      ? { name: origin.helper.name, ...place(origin.helper.file), line: origin.helper.line }
      : null,
    precision: origin?.precision ?? null,
    ...(origin?.generated && { generated: true }),
  }));
  // One line of output for each line of the chart: it is read by people with grep, too.
  const body = entries.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n");
  const json = `{\n  "chart": ${JSON.stringify(rendering.name)},\n  "lines": [\n${body}\n  ]\n}\n`;
  return json.replaceAll(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function missingValues({ rendering, displayPath, folder }: RenderOutcome): readonly string[] {
  return rendering.missing.map(({ place, function: name, message }) => {
    const where = place === null ? folder : placeName(place, displayPath);
    return `${where}: rendered without a value that the chart asks for (${name}): ${message}`;
  });
}

function errorsOf({ rendering, unreadable, displayPath, displayUri, folder }: RenderOutcome): readonly string[] {
  const absent = rendering.missingDependencies.map((dependency) => missingDependencyMessage(dependency, folder));
  return [
    ...unreadable.map(({ uri, message }) => `${displayUri(uri)}: ${message}`),
    ...rendering.failures.map((failure) => describe(failure, displayPath)),
    ...absent.map((message) => `${displayPath({ path: "Chart.yaml", archive: null })}: ${message}`),
  ];
}

function describe({ place, message, through }: ChartFailure, displayPath: RenderOutcome["displayPath"]): string {
  const way = through.map((each) => placeName(each, displayPath));
  return `${placeName(place, displayPath)}: ${message}${way.length === 0 ? "" : ` (through ${way.join(", ")})`}`;
}

function placeName({ file, line }: ChartPlace, displayPath: RenderOutcome["displayPath"]): string {
  return file.archive === null ? `${displayPath(file)}:${line}` : `${displayPath(file)} (${file.path}:${line})`;
}

/** On a terminal, characters that it would act on are shown as what they are not. */
function showControls(text: string): string {
  return text.replaceAll(UNSAFE, "\uFFFD");
}
