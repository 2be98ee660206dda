import type { ObjectIdentity } from "../model/finding.ts";
import type { RotationConsumer, RotationEntry, RotationProducer } from "../model/rotation.ts";
import { code, escapeMarkdown, row } from "./markdown-text.ts";
import { describeUnit } from "./wording.ts";

/** Producers and consumers shown of one secret; the rest is counted. JSON has all. */
const MOST_SHOWN = 20;

/** The columns of the table. */
const COLUMNS = ["Secret", "Made by", "Renewed", "Used by", "Notices", "Missing"] as const;

/** One secret for the text report: a heading and its lines. Escape each. */
export function describeRotation(
  entry: RotationEntry,
  displayPath: (uri: string) => string,
): { readonly heading: string; readonly lines: readonly string[] } {
  const place = ({ uri, line }: RotationProducer | RotationConsumer): string => lineIn(displayPath(uri), line);
  return {
    heading: describeSecret(entry),
    lines: [
      ...bounded(
        entry.producers,
        (each) => `made by ${describeMaker(each)}, ${place(each)}: ${each.renewal}`,
        (more) => `made by ${more}`,
      ),
      ...bounded(
        entry.consumers,
        (each) => `used by ${describeUse(each)}, ${place(each)}: ${each.notices}`,
        (more) => `used by ${more}`,
      ),
      ...entry.missing.map((text) => `missing: ${text}`),
    ],
  };
}

/** The table of secrets as a section of the page, whose rows may be left out for size. */
export function rotationSection(
  entries: readonly RotationEntry[],
  displayPath: (uri: string) => string,
): { head: readonly string[]; rows: readonly string[]; one: string; many: string } {
  return {
    head: ["### Rotation", "", row(COLUMNS), row(COLUMNS.map(() => "---"))],
    rows: rotationRows(entries, displayPath),
    one: "secret",
    many: "secrets",
  };
}

function rotationRows(entries: readonly RotationEntry[], displayPath: (uri: string) => string): readonly string[] {
  const list = <Item>(items: readonly Item[], show: (item: Item) => string): string =>
    bounded(items, show, (more) => more).join("<br>");
  const place = ({ uri, line }: RotationProducer | RotationConsumer): string => code(lineIn(displayPath(uri), line));
  return entries.map((entry) =>
    row([
      escapeMarkdown(describeSecret(entry)),
      list(entry.producers, (each) => `${escapeMarkdown(describeMaker(each))} ${place(each)}`),
      list(entry.producers, ({ renewal }) => escapeMarkdown(renewal)),
      list(entry.consumers, (each) => `${escapeMarkdown(describeUse(each))} ${place(each)}`),
      list(entry.consumers, ({ notices }) => escapeMarkdown(notices)),
      entry.missing.map(escapeMarkdown).join("<br>"),
    ]),
  );
}

/** The secrets as the JSON report has them. */
export function rotationFields(entries: readonly RotationEntry[]): readonly object[] {
  return entries.map(({ kind, namespace, name, unit, producers, consumers, missing }) => ({
    kind,
    namespace,
    name,
    unit,
    producers: producers.map(({ object, how, uri, line, renewal }) => ({
      object: identityFields(object),
      how,
      file: uri,
      line,
      renewal,
    })),
    consumers: consumers.map(({ object, mode, uri, line, notices }) => ({
      object: identityFields(object),
      mode,
      file: uri,
      line,
      notices,
    })),
    missing,
  }));
}

function identityFields({ apiVersion, kind, namespace, name }: ObjectIdentity): object {
  return { apiVersion, kind, namespace, name };
}

function describeSecret({ kind, namespace, name, unit }: RotationEntry): string {
  const inside = describeUnit(unit);
  return `${short({ apiVersion: "", kind, namespace, name })}${inside === null ? "" : `, in ${inside}`}`;
}

function describeMaker({ object, how }: RotationProducer): string {
  return `${short(object)}${how === object.kind ? "" : ` (${how})`}`;
}

function describeUse({ object, mode }: RotationConsumer): string {
  return `${short(object)} as ${mode}`;
}

function short({ kind, namespace, name }: ObjectIdentity): string {
  return `${kind} ${namespace === "" ? name : `${namespace}/${name}`}`;
}

function lineIn(path: string, line: number | null): string {
  return line === null ? path : `${path}:${line}`;
}

function bounded<Item>(
  items: readonly Item[],
  show: (item: Item) => string,
  rest: (more: string) => string,
): readonly string[] {
  const shown = items.slice(0, MOST_SHOWN).map(show);
  return items.length > MOST_SHOWN ? [...shown, rest(`${items.length - MOST_SHOWN} more`)] : shown;
}
