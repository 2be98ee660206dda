import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";
import { rotationOf } from "../../../../src/core/rotation/rotation.ts";
import type { RotationEntry } from "../../../../src/model/rotation.ts";

const NOW = Date.parse("2026-11-28T00:00:00Z") / 1000;

export function entriesOf(files: { readonly [uri: string]: readonly unknown[] }): readonly RotationEntry[] {
  const texts = Object.entries(files).map(([uri, documents]) => ({
    source: { uri, text: documents.map((document) => JSON.stringify(document)).join("\n---\n") },
    explicit: false,
    context: false,
  }));
  const objects = load(texts, new Memory()).files.flatMap((file) =>
    file.objects.map((object) => ({ object, redacted: object.value, evidence: [], certificates: [] })),
  );
  return rotationOf({ objects, isOwn: () => true, prefix: "portcullis", clock: NOW, lineOf: () => 3 });
}

export const entries = (...documents: readonly unknown[]) => entriesOf({ "a.yaml": documents });

/** One line for each entry: who makes it, who uses it, and what is missing. */
export const lines = (all: readonly RotationEntry[]) =>
  all.map(({ kind, namespace, name, producers, consumers, missing }) => ({
    of: `${kind} ${namespace}/${name}`,
    made: producers.map(({ object, how, renewal }) => `${how} ${object.name}: ${renewal}`),
    used: consumers.map(({ object, mode, notices }) => `${object.kind} ${object.name} ${mode}: ${notices}`),
    missing,
  }));

export const metadata = (name: string, annotations: object = {}) => ({ name, namespace: "shop", annotations });
export const workload = (kind: string, spec: object, annotations: object = {}, template: object = {}) => ({
  apiVersion: kind === "CronJob" || kind === "Job" ? "batch/v1" : "apps/v1",
  kind,
  metadata: metadata("api", annotations),
  spec:
    kind === "CronJob"
      ? { jobTemplate: { spec: { template: { spec } } } }
      : { template: { metadata: { annotations: template }, spec } },
});
export const env = (name: string) => ({
  containers: [{ name: "c", image: "i", env: [{ name: "A", valueFrom: { secretKeyRef: { name, key: "a" } } }] }],
});
export const volume = (name: string, mount: object = {}) => ({
  containers: [{ name: "c", image: "i", volumeMounts: [{ name: "v", mountPath: "/s", ...mount }] }],
  volumes: [{ name: "v", secret: { secretName: name } }],
});
export const secret = (name: string, annotations: object = {}, more: object = {}) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: metadata(name, annotations),
  ...more,
});
export const external = (spec: object = {}, annotations: object = {}) => ({
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: metadata("db", annotations),
  spec,
});
export const vault = (kind: string, spec: object) => ({
  apiVersion: "secrets.hashicorp.com/v1beta1",
  kind,
  metadata: metadata("maker"),
  spec: { destination: { name: "db" }, ...spec },
});
