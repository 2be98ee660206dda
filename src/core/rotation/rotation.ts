import { LOOSE, type Unit } from "../../model/document.ts";
import type { DataPath, JsonObject } from "../../model/json.ts";
import type { RotationConsumer, RotationEntry, RotationProducer } from "../../model/rotation.ts";
import { writtenUri } from "../charts/rendered-file.ts";
import { safeText } from "../evidence/redact.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import { declarationOf } from "./declared.ts";
import { annotationsOf } from "./fields.ts";
import type { Made } from "./made.ts";
import { madeBy } from "./makers.ts";
import { missingIn } from "./missing.ts";
import { noticeOf, surroundingsOf } from "./notices.ts";
import { usesOf, type Use } from "./uses.ts";

/** What the view is made of. */
export interface RotationInput {
  /** Those that are judged, and those that are only there for references. */
  readonly objects: readonly JudgedObject[];
  /** Whether an object is judged; an entry without such a one is left out. */
  readonly isOwn: (judged: JudgedObject) => boolean;
  /** Prefix of our annotations. */
  readonly prefix: string;
  /** Seconds since 1970-01-01T00:00:00Z that count as now. */
  readonly clock: number;
  /** Line of a path of an object (1-based); `null` where only the file is known. */
  readonly lineOf: (judged: JudgedObject, path: DataPath) => number | null;
}

interface Group {
  readonly kind: RotationEntry["kind"];
  readonly namespace: string;
  readonly name: string;
  readonly unit: Unit;
  readonly makers: Made[];
  readonly uses: Use[];
}

/**
 * Every secret that the objects declare or use: who makes it, how often it is renewed, who uses it, how they notice, and what is
 * missing. A use finds its maker in its own unit, else among the loose objects, as references of set rules do.
 */
export function rotationOf(input: RotationInput): readonly RotationEntry[] {
  const { objects } = input;
  const groups = new Map<string, Group>();
  const groupFor = (unit: Unit, { kind, namespace, name }: Made | Use): Group => {
    const key = keyOf(unit, kind, namespace, name);
    const group = groups.get(key) ?? { kind, namespace, name, unit, makers: [], uses: [] };
    groups.set(key, group);
    return group;
  };
  for (const judged of objects) {
    for (const made of madeBy(judged)) for (const unit of judged.object.units) groupFor(unit, made).makers.push(made);
  }
  for (const judged of objects) {
    for (const use of usesOf(judged)) {
      for (const unit of judged.object.units) {
        const maker = [unit, LOOSE]
          .flatMap((each) => [use.namespace, "*"].map((space) => keyOf(each, use.kind, space, use.name)))
          .map((key) => groups.get(key))
          .find((group) => group !== undefined && group.makers.length > 0);
        const home = maker === undefined ? undefined : homeOf(maker, groups);
        (home ?? maker ?? groupFor(unit, use)).uses.push(use);
      }
    }
  }
  const view = viewer(input);
  const entries = new Map<string, RotationEntry>();
  for (const group of groups.values()) {
    const { makers, uses } = group;
    const isCopy = uses.length === 0 && homeOf(group, groups) !== undefined;
    if (isCopy || ![...makers, ...uses].some(({ judged }) => input.isOwn(judged))) continue;
    const entry = view(group);
    const key = JSON.stringify({ ...entry, unit: "" });
    if (!entries.has(key)) entries.set(key, entry);
  }
  return [...entries.values()].toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

// A copy for other namespaces belongs to the secret that is copied.
function homeOf({ namespace, unit, makers: [made] }: Group, groups: ReadonlyMap<string, Group>): Group | undefined {
  if (namespace !== "*" || made === undefined) return undefined;
  const home = groups.get(keyOf(unit, made.kind, made.judged.object.namespace, made.name));
  return home?.makers.some(({ judged }) => judged === made.judged) === true ? home : undefined;
}

function viewer(input: RotationInput): (group: Group) => RotationEntry {
  const { objects, prefix, clock, lineOf } = input;
  const around = surroundingsOf(objects);
  const names = new Set(objects.map(({ object: { kind, name } }) => JSON.stringify([kind.toLowerCase(), name])));
  const isThere = (kind: string, name: string): boolean => names.has(JSON.stringify([kind, name]));
  const annotations = annotationsBy(objects);
  return ({ kind, namespace, name, unit, makers, uses }) => {
    const declared = makers.map((maker) => ({ maker, declaration: declarationOf(maker.judged, prefix, clock) }));
    const producers = declared.map(({ maker, declaration }): RotationProducer => {
      const words = [maker.words, declaration?.words ?? ""].filter((text) => text !== "");
      return {
        ...placed(maker, lineOf),
        how: safeText(maker.how),
        renewal: safeText(words.length === 0 ? "none declared" : words.join("; ")),
      };
    });
    const consumers = uses.map((use): RotationConsumer => ({
      ...placed(use, lineOf),
      mode: use.mode,
      notices: noticeOf(use, makers, annotations(use.judged, unit), around),
    }));
    return {
      kind,
      namespace: safeText(namespace),
      name: safeText(name),
      unit: safeText(unit),
      producers: once(producers),
      consumers: once(consumers),
      missing: missingIn(
        declared,
        consumers,
        uses.some(({ optional }) => !optional),
        isThere,
      ).map(safeText),
    };
  };
}

// A name may hold a token.
function placed(
  { judged, path }: Made | Use,
  lineOf: RotationInput["lineOf"],
): Pick<RotationProducer, "object" | "uri" | "line"> {
  const { apiVersion, kind, namespace, name } = judged.object;
  return {
    object: {
      apiVersion: safeText(apiVersion),
      kind: safeText(kind),
      namespace: safeText(namespace),
      name: safeText(name),
    },
    uri: safeText(writtenUri(judged.object.origin.source.uri)),
    line: lineOf(judged, path),
  };
}

// A patch and what it patches are one object in the cluster.
function annotationsBy(objects: readonly JudgedObject[]): (judged: JudgedObject, unit: Unit) => JsonObject {
  const idOf = ({ object: { kind, namespace, name } }: JudgedObject, unit: Unit): string =>
    keyOf(unit, kind, namespace, name);
  const all = new Map<string, JsonObject>();
  for (const judged of objects) {
    const own = annotationsOf(judged);
    if (Object.keys(own).length === 0) continue;
    for (const unit of judged.object.units) {
      const id = idOf(judged, unit);
      all.set(id, { ...all.get(id), ...own });
    }
  }
  return (judged, unit) => all.get(idOf(judged, unit)) ?? annotationsOf(judged);
}

function once<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function keyOf(unit: Unit, kind: string, namespace: string, name: string): string {
  return JSON.stringify([unit, kind, namespace, name]);
}

function orderOf({ namespace, name, kind, unit }: RotationEntry): string {
  return [namespace, name, kind, unit].join("\0");
}
