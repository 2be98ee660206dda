import type { Unit } from "./document.ts";
import type { ObjectIdentity } from "./finding.ts";

/** What makes a secret. */
export interface RotationProducer {
  readonly object: ObjectIdentity;
  /** `ExternalSecret`, `Certificate`, `SOPS`, … */
  readonly how: string;
  /** File, and the line where it says what it makes (1-based); `null` where only the file is known. */
  readonly uri: string;
  readonly line: number | null;
  /** How often the secret is renewed, in words: `synced every 1h`, `declared: every 30d, last 2026-11-02`. */
  readonly renewal: string;
}

/** What uses a secret. */
export interface RotationConsumer {
  readonly object: ObjectIdentity;
  /** `env`, `envFrom`, `volume`, `subPath`, `projected`, `csi`, `nodePublish`, `imagePullSecrets`, `tls`, `valuesFrom`. */
  readonly mode: string;
  readonly uri: string;
  readonly line: number | null;
  /** How it comes to know a new value, in words: `restarted by Reloader`, `only when it restarts`. */
  readonly notices: string;
}

/** A secret that the set declares or uses, with its way from who makes it to who uses it. Text in it needs escaping. */
export interface RotationEntry {
  /** What has the name: a class of the CSI driver may hand out secrets that are no Secrets. */
  readonly kind: "Secret" | "SecretProviderClass";
  /** Empty where none is set, `*` where it is made in several. */
  readonly namespace: string;
  readonly name: string;
  /** The first of the units where all of this is the same. */
  readonly unit: Unit;
  readonly producers: readonly RotationProducer[];
  readonly consumers: readonly RotationConsumer[];
  /** In words: `no producer in the set`, `no schedule`. */
  readonly missing: readonly string[];
}
