import type { DataPath, Json } from "./json.ts";
import type { Position } from "./position.ts";

/** A text file as it was read: `uri` is relative to the root, with `/`. */
export interface SourceText {
  readonly uri: string;
  /** Decoded text without byte order mark; line ends as they stand. */
  readonly text: string;
}

/** How a scalar is written (YAML 1.2, chapter 7 and 8). JSON strings are `double`. */
export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** A scalar with its source offsets; `start` and `end` enclose the quotes or the block header. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: null | boolean | number | string;
  /** The scalar's text after unescaping and folding, before its type is resolved (`"0440"`). */
  readonly text: string;
  readonly style: ScalarStyle;
  /** Decoded from `!!binary`: `value` then holds the base64 text as written, without white space. */
  readonly binary: boolean;
  readonly start: number;
  readonly end: number;
}

/** One entry of a mapping. Entries that came through a merge key (`<<`) keep their own offsets. */
export interface MappingEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly merged: boolean;
  readonly value: YamlNode;
}

/** A mapping; merged entries come after own ones and never repeat a key. */
export interface MappingNode {
  readonly kind: "mapping";
  readonly entries: readonly MappingEntry[];
  readonly start: number;
  readonly end: number;
}

/** A sequence. */
export interface SequenceNode {
  readonly kind: "sequence";
  readonly items: readonly YamlNode[];
  readonly start: number;
  readonly end: number;
}

/** A node of a document. An alias is the very node that its anchor names. */
export type YamlNode = ScalarNode | MappingNode | SequenceNode;

/** One document of a YAML stream, or the one value of a JSON file. */
export interface YamlDocument {
  /** 0-based position in the stream. */
  readonly index: number;
  readonly root: YamlNode;
  /** Offsets of the document's first and past its last content. */
  readonly start: number;
  readonly end: number;
}

/** Why something could not be judged. */
export type UnreadableReason =
  | "read-failed"
  | "too-large"
  | "not-text"
  | "invalid-yaml"
  | "duplicate-key"
  | "unsupported-yaml"
  | "limit-exceeded"
  | "chart-not-evaluated"
  | "chart-failed"
  | "chart-incomplete"
  | "outside-root"
  | "evaluation-failed";

/**
 * Something that the gate was asked to judge and could not. It is data, not a log line, and makes
 * the verdict `error`. `message` never quotes the content.
 */
export interface Unreadable {
  readonly uri: string;
  readonly reason: UnreadableReason;
  readonly message: string;
  readonly at: Position | null;
}

/** The set of objects that are applied together: a kustomization's closure, or the rest. */
export type Unit = string;

/** The unit of all objects that belong to no kustomization. */
export const LOOSE: Unit = "loose";

/** Where in the repository an object comes from. */
export interface ObjectOrigin {
  readonly source: SourceText;
  readonly document: YamlDocument;
  /** Path of the object in its document: empty, or the way into a `List`. */
  readonly base: DataPath;
}

/** A Kubernetes object as a rule sees it, with the way back to its source. */
export interface KubernetesObject {
  /** 0-based, unique in one run; raw findings name objects by it. */
  readonly id: number;
  readonly origin: ObjectOrigin;
  readonly value: Json;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** `metadata.namespace`, else the kustomization's, else empty. */
  readonly namespace: string;
  /** Every unit that the object is part of; at least one. */
  readonly units: readonly Unit[];
  /** A patch: what is absent here may be present in what it patches. */
  readonly partial: boolean;
}
