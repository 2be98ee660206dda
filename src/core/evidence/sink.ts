import type { ScalarNode } from "../../model/document.ts";
import type { Evidence, EvidenceContext, NameClass, ValueClass } from "../../model/evidence.ts";
import type { DataPath } from "../../model/json.ts";
import type { Range } from "../../model/position.ts";
import type { NamePatterns } from "./names.ts";
import { describeName } from "./names.ts";
import type { Settings } from "./options.ts";
import type { ValueContext } from "./values.ts";

/** Turns a stretch of a scalar's text (UTF-16 offsets) into the source range that a person changes. */
type RangeOf = (node: ScalarNode, start: number, end: number) => Range;

/** Where a scalar stands and how it came there. */
export interface Place {
  /** Path in the object; text inside a scalar has the path of that scalar. */
  readonly path: DataPath;
  /** Whether the scalar stands in text that another scalar holds: paths do not grow in there. */
  readonly nested: boolean;
  /** How many texts deep. */
  readonly depth: number;
  readonly rangeOf: RangeOf;
  readonly usernames: readonly string[];
  /** Whether it is, or stands in, an entry of a ConfigMap, an annotation or a label. */
  readonly config: boolean;
}

/** One thing seen, before it has an id. */
export interface Sighting {
  readonly kind: Evidence["kind"];
  readonly detector: string;
  readonly class: ValueClass;
  readonly context: EvidenceContext;
  readonly keyName: string | null;
  readonly nameClass: NameClass;
  readonly path: DataPath;
  readonly decoded: boolean;
  readonly range: Range;
}

/** Most evidence that one object may give; what is more tells nothing new. */
const MOST_EVIDENCE = 5000;

/** Collects the evidence of one object, with what all classification in it has in common. */
export class Sink {
  readonly settings: Settings;
  readonly patterns: NamePatterns;
  readonly #common: Partial<ValueContext>;
  readonly #nextId: () => number;
  readonly #seen = new Set<string>();
  readonly #starts = new Set<number>();
  readonly #evidence: Evidence[] = [];

  constructor(settings: Settings, uri: string, vaultPlugin: boolean, nextId: () => number) {
    this.settings = settings;
    this.patterns = settings.patterns;
    this.#nextId = nextId;
    this.#common = {
      placeholdersAreWeak: !settings.isExample(uri),
      weakValues: settings.weakValues,
      minLength: settings.minLength,
      minEntropy: settings.minEntropy,
      knownNames: settings.knownNames,
      vaultPlugin,
    };
  }

  get evidence(): readonly Evidence[] {
    return this.#evidence;
  }

  /** The context for a value under `keyName`. */
  context(keyName: string, place: Place, more: Partial<ValueContext> = {}): ValueContext {
    return {
      ...this.#common,
      keyName,
      nameClass: this.nameClass(keyName),
      usernames: place.usernames,
      proseIsPlain: this.settings.proseIsPlain || !place.config,
      ...more,
    };
  }

  /** Whether a credential was seen that starts at this offset of the source. */
  hasCredentialAt(offset: number): boolean {
    return this.#starts.has(offset);
  }

  /** What the name says under the user's settings. */
  nameClass(keyName: string): NameClass {
    return describeName(keyName, this.patterns).class;
  }

  /** Takes a sighting, unless the same was seen at the same place. */
  add(sighting: Sighting): void {
    if (this.#evidence.length >= MOST_EVIDENCE) return;
    const { kind, range, path } = sighting;
    const key = `${kind} ${range.start.offset} ${range.end.offset} ${JSON.stringify(path)}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (kind === "credential") this.#starts.add(range.start.offset);
    this.#evidence.push({ id: this.#nextId(), ...sighting });
  }
}
