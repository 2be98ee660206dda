import type { DataPath } from "../../model/json.ts";
import type { RotationEntry } from "../../model/rotation.ts";
import type { JudgedObject } from "../input/policy-input.ts";

/** What becomes of the secret's value by itself, before what is declared. */
export type Renewal = "rotated" | "synced" | "still";

/** A secret that an object makes. */
export interface Made {
  readonly judged: JudgedObject;
  readonly kind: RotationEntry["kind"];
  readonly namespace: string;
  readonly name: string;
  /** The object's kind, or what makes a Secret in Git more than that. */
  readonly how: string;
  /** Where the object says so. */
  readonly path: DataPath;
  readonly renewal: Renewal;
  /** How often, in words; empty where nothing is known. */
  readonly words: string;
  /** Adds to a Secret that something else makes. */
  readonly adds: boolean;
  /** A mounted file is not updated either. */
  readonly immutable: boolean;
  /** Each value has a name of its own, so that a new one rolls out whatever uses it. */
  readonly renamed: boolean;
}

/** A Secret with what most makers have in common. */
export function made(judged: JudgedObject, name: string, path: DataPath, more: Partial<Made>): Made {
  return {
    judged,
    kind: "Secret",
    namespace: judged.object.namespace,
    name,
    how: judged.object.kind,
    path,
    renewal: "still",
    words: "",
    adds: false,
    immutable: false,
    renamed: false,
    ...more,
  };
}
