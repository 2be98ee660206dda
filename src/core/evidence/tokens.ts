import type { KubernetesObject, ScalarNode, SourceText, YamlDocument } from "../../model/document.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { DataPath } from "../../model/json.ts";
import type { Range } from "../../model/position.ts";
import { rangeWithin } from "../locate/within.ts";
import type { TokenDetector, TokenHit } from "../ports.ts";
import type { LineIndex } from "../yaml/lines.ts";
import { decodedEntries, nodeAt } from "./collect.ts";
import { jwtDetector } from "./jwt.ts";
import { findKeys } from "./keys.ts";
import { settingsOf, type EvidenceOptions } from "./options.ts";
import { describeName } from "./names.ts";
import { isCountingToken } from "./token-shapes.ts";
import { placeInObjects, type PlaceInObject } from "./token-place.ts";
import { findUrlCredentials } from "./urls.ts";

/** A file whose text is searched for tokens, with what is known of it already. */
export interface TokenInput {
  readonly source: SourceText;
  /** The file's documents; empty where it is no YAML or JSON. */
  readonly documents: readonly YamlDocument[];
  /** The objects of the file, with the evidence that `collectEvidence` gave. */
  readonly objects: readonly { readonly object: KubernetesObject; readonly evidence: readonly Evidence[] }[];
  readonly lines: LineIndex;
  /** Seconds since 1970-01-01T00:00:00Z that count as now, to tell expired tokens; without it none is. */
  readonly clock?: number;
}

/** Token evidence of one file. */
export interface TokenEvidence {
  /** Further evidence by object id. */
  readonly objects: ReadonlyMap<number, readonly Evidence[]>;
  /** Evidence that stands in no object: in comments, and in files that are no manifests. */
  readonly file: readonly Evidence[];
  /**
   * Ids of evidence of `collectEvidence` about credentials in URLs that are tokens of a known format:
   * the token says more, so one of the two is told.
   */
  readonly superseded: ReadonlySet<number>;
}

interface Hit {
  readonly kind: Evidence["kind"];
  readonly detector: string;
  readonly class: Evidence["class"];
  readonly range: Range;
  readonly decoded: boolean;
  /** Where it stands, when that is known already. */
  readonly at: PlaceInObject | null;
  /** Documentation makes such tokens up; it counts where it is the value of a field. */
  readonly madeUp: boolean;
}

/**
 * Known tokens, keys and URLs with credentials in the raw text of a file, in decoded entries of
 * Secrets and in scalars whose text differs from what is written (escapes, folded and indented lines).
 * A hit in a scalar of an object goes to that object. What `collectEvidence` has found already, or
 * another detector at the same place, is not repeated; ciphertext is left alone.
 */
export async function collectTokens(
  input: TokenInput,
  detector: TokenDetector,
  options: EvidenceOptions,
  nextId: () => number,
): Promise<TokenEvidence> {
  const { source, lines } = input;
  const hits = (await detector.detect(source.text, source.uri)).map((hit) =>
    rawHit(hit, source.text, lines, input.clock),
  );
  hits.push(...ownHits(source.text, lines, options));
  // An object comes behind the one that holds it, and the innermost one is told.
  for (const { object } of input.objects.toReversed()) hits.push(...(await virtualHits(object, input, detector)));
  return distribute(hits, input, options, nextId);
}

function rawHit(hit: TokenHit, text: string, lines: LineIndex, clock: number | undefined): Hit {
  const { kind, start, end } = hit;
  const token = text.slice(start, end);
  return {
    kind,
    detector: jwtDetector(hit.detector, token, clock),
    class: "likely",
    range: lines.rangeOf(start, end),
    decoded: false,
    at: null,
    madeUp: isCountingToken(token),
  };
}

// In raw text nothing is known of where a URL stands, so what may be documentation is left out.
function ownHits(text: string, lines: LineIndex, options: EvidenceOptions): readonly Hit[] {
  const { weakValues, patterns } = settingsOf(options);
  const keys = findKeys(text).map(({ kind, detector, start, end }): Hit => ({
    kind,
    detector,
    class: "likely",
    range: lines.rangeOf(start, end),
    decoded: false,
    at: null,
    madeUp: false,
  }));
  const urls = findUrlCredentials(text, { weakValues, patterns })
    .filter(({ class: found }) => found === "likely")
    .map(({ detector, class: found, start, end }): Hit => ({
      kind: "url-credential",
      detector,
      class: found,
      range: lines.rangeOf(start, end),
      decoded: false,
      at: null,
      madeUp: false,
    }));
  return [...keys, ...urls];
}

async function virtualHits(
  object: KubernetesObject,
  { source, lines, clock }: TokenInput,
  detector: TokenDetector,
): Promise<readonly Hit[]> {
  const hits: Hit[] = [];
  for (const { path, node, text } of decodedEntries(object)) {
    for (const hit of await detector.detect(text, `${source.uri}#${path.join(".")}`)) {
      const range = rangeWithin(source.text, node, 0, node.text.length, lines);
      hits.push({ ...rawHit(hit, text, lines, clock), range, decoded: true, at: { object, path } });
    }
  }
  const root = nodeAt(object.origin.document.root, object.origin.base);
  if (root === null) return hits;
  for (const { path, node } of rewrittenScalars(root, source.text)) {
    for (const hit of await detector.detect(node.text, `${source.uri}#${path.join(".")}`)) {
      const range = rangeWithin(source.text, node, hit.start, hit.end, lines);
      hits.push({ ...rawHit(hit, node.text, lines, clock), range, at: { object, path } });
    }
  }
  return hits;
}

/** Most scalars of one object that are searched apart from its text. */
const MOST_SCALARS = 5000;

interface ScalarAtPath {
  readonly path: DataPath;
  readonly node: ScalarNode;
}

// Scalars of several lines and those with escapes: a token may be whole in them only.
function rewrittenScalars(root: NonNullable<ReturnType<typeof nodeAt>>, text: string): readonly ScalarAtPath[] {
  const found: ScalarAtPath[] = [];
  const seen = new Set<object>();
  const visit = (node: NonNullable<ReturnType<typeof nodeAt>>, path: DataPath): void => {
    if (seen.has(node) || found.length >= MOST_SCALARS) return;
    seen.add(node);
    if (node.kind === "mapping") for (const { key, value } of node.entries) visit(value, [...path, key]);
    else if (node.kind === "sequence") for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    else if (isRewritten(node, text)) found.push({ path, node });
  };
  visit(root, []);
  return found;
}

function isRewritten(node: ScalarNode, text: string): boolean {
  if (node.text.length < 16) return false;
  const extra = node.end - node.start - node.text.length;
  if (extra === 0 || (extra === 2 && node.style !== "literal" && node.style !== "folded")) return false;
  return !text.startsWith(node.text, node.start);
}

function distribute(
  hits: readonly Hit[],
  input: TokenInput,
  options: EvidenceOptions,
  nextId: () => number,
): TokenEvidence {
  const { patterns } = settingsOf(options);
  const known = new Known();
  const given = input.objects.flatMap(({ evidence }) => evidence.filter(({ kind }) => kind !== "credential"));
  const urls = given.filter(({ kind }) => kind === "url-credential");
  for (const each of given) known.add(each);
  const objects = new Map<number, Evidence[]>();
  const file: Evidence[] = [];
  const superseded = new Set<number>();
  const all = input.objects.map(({ object }) => object);
  for (const hit of hits.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    if (known.has(hit)) continue;
    const place = hit.at ?? placeInObjects(hit.range, input.documents, all);
    if (place === "encrypted" || (hit.madeUp && !isSet(place))) continue;
    known.add(hit);
    if (isStrong(hit)) {
      for (const { id, range } of urls) if (overlap(range, hit.range)) superseded.add(id);
    }
    const last = place?.path.findLast((step) => typeof step === "string");
    const keyName = typeof last === "string" ? last : null;
    const evidence: Evidence = {
      id: nextId(),
      kind: hit.kind,
      detector: hit.detector,
      class: hit.class,
      context: hit.at === null && place === null ? "text" : hit.decoded ? "value" : "text",
      keyName,
      nameClass: keyName === null ? "neutral" : describeName(keyName, patterns).class,
      path: place?.path ?? [],
      decoded: hit.decoded,
      range: hit.range,
    };
    if (place === null) file.push(evidence);
    else {
      const found = objects.get(place.object.id) ?? [];
      objects.set(place.object.id, found);
      found.push(evidence);
    }
  }
  return { objects, file, superseded };
}

// What stands among other words, in a description or a text for people, is an example.
function isSet(place: PlaceInObject | null): boolean {
  if (place === null) return false;
  const { document, base } = place.object.origin;
  const node = nodeAt(document.root, [...base, ...place.path]);
  return node?.kind === "scalar" && !/\s/.test(node.text.trim());
}

// A token tells more than the URL around it. JSON Web Tokens may have expired or be public, so there
// the URL, which says that it is used as a credential, comes first.
function isStrong({ kind, detector }: Pick<Evidence, "kind" | "detector">): boolean {
  return kind === "token" && !detector.startsWith("pattern/jwt");
}

function rankOf(hit: Hit): number {
  if (hit.kind === "token") return isStrong(hit) ? 0 : 2;
  return 1;
}

/** Places where something was found, by kind; two hits that overlap are one if they tell the same. */
class Known {
  readonly #ranges = new Map<string, Range[]>();

  add(seen: Pick<Evidence, "kind" | "detector" | "range">): void {
    const kind = kindOf(seen);
    const ranges = this.#ranges.get(kind);
    if (ranges === undefined) this.#ranges.set(kind, [seen.range]);
    else ranges.push(seen.range);
  }

  has(seen: Pick<Evidence, "kind" | "detector" | "range">): boolean {
    const kind = kindOf(seen);
    const kinds = [kind, ...(SAID_BY[kind] ?? [])];
    return kinds.some((each) => this.#ranges.get(each)?.some((other) => overlap(other, seen.range)) === true);
  }
}

/** What need not be told where something of these kinds was found. */
const SAID_BY: { readonly [kind: string]: readonly string[] } = {
  "private-key": ["encrypted-private-key"],
  "url-credential": ["token"],
  "weak-token": ["token", "url-credential"],
};

function kindOf(seen: Pick<Evidence, "kind" | "detector">): string {
  return seen.kind === "token" && !isStrong(seen) ? "weak-token" : seen.kind;
}

function overlap(a: Range, b: Range): boolean {
  return a.start.offset < b.end.offset && b.start.offset < a.end.offset;
}
