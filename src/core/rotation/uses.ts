import { valueAt, type DataPath, type Json, type JsonObject } from "../../model/json.ts";
import type { RotationEntry } from "../../model/rotation.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import { groupOf, isName, itemsAt, textAt } from "./fields.ts";
import { containersOf, podSpecsOf, type PodSpec } from "./pod-specs.ts";

/** How an object uses a secret. */
export type UseMode =
  | "env"
  | "envFrom"
  | "volume"
  | "subPath"
  | "projected"
  | "csi"
  | "nodePublish"
  | "imagePullSecrets"
  | "tls"
  | "valuesFrom";

/** One way in which an object uses a secret; `path` is that of the first field that names it so. */
export interface Use {
  readonly judged: JudgedObject;
  readonly kind: RotationEntry["kind"];
  readonly namespace: string;
  readonly name: string;
  readonly mode: UseMode;
  readonly path: DataPath;
  /** The consumer runs without it. */
  readonly optional: boolean;
  /** Annotations of the pods. */
  readonly annotations: JsonObject;
}

type Found = Pick<Use, "mode" | "path"> &
  Partial<Pick<Use, "kind" | "namespace" | "annotations" | "optional">> & { name: string };

/** What an object uses, each Secret once for each mode. */
export function usesOf(judged: JudgedObject): readonly Use[] {
  const uses = new Map<string, Use>();
  const found = [...podSpecsOf(judged).flatMap(ofPods), ...ofFields(judged)];
  for (const each of found) {
    const use: Use = {
      judged,
      kind: "Secret",
      namespace: judged.object.namespace,
      optional: false,
      annotations: {},
      ...each,
    };
    const key = JSON.stringify([use.kind, use.namespace, use.name, use.mode]);
    const isNew = uses.get(key)?.optional !== false && (!uses.has(key) || !use.optional);
    if (isName(use.name) && isNew) uses.set(key, use);
  }
  return [...uses.values()];
}

function ofPods(pod: PodSpec): readonly Found[] {
  const { annotations } = pod;
  return [
    ...ofContainers(pod),
    ...ofVolumes(pod),
    ...named(pod.spec, ["imagePullSecrets"], ["name"], "imagePullSecrets", pod.path),
  ].map((found) => ({ ...found, annotations }));
}

function ofContainers(pod: PodSpec): readonly Found[] {
  return containersOf(pod).flatMap(({ path, item }) => [
    ...named(item, ["env"], ["valueFrom", "secretKeyRef", "name"], "env", path),
    ...named(item, ["envFrom"], ["secretRef", "name"], "envFrom", path),
  ]);
}

function ofVolumes(pod: PodSpec): readonly Found[] {
  const parts = new Set(
    containersOf(pod)
      .flatMap(({ item }) => itemsAt(item, ["volumeMounts"]))
      .filter(({ item }) => textAt(item, ["subPath"]) !== "" || textAt(item, ["subPathExpr"]) !== "")
      .map(({ item }) => textAt(item, ["name"])),
  );
  return itemsAt(pod.spec, ["volumes"]).flatMap(({ path, item }): readonly Found[] => {
    const at = [...pod.path, ...path];
    const isPart = parts.has(textAt(item, ["name"]));
    const field = (mode: UseMode, place: DataPath): Found => ({
      mode,
      path: [...at, ...place],
      name: textAt(item, place),
      optional: isOptional(item, place),
    });
    return [
      field(isPart ? "subPath" : "volume", ["secret", "secretName"]),
      { ...field("csi", ["csi", "volumeAttributes", "secretProviderClass"]), kind: "SecretProviderClass" },
      field("nodePublish", ["csi", "nodePublishSecretRef", "name"]),
      ...named(item, ["projected", "sources"], ["secret", "name"], isPart ? "subPath" : "projected", at),
    ];
  });
}

// Objects that are no workloads.
function ofFields(judged: JudgedObject): readonly Found[] {
  const { redacted, object } = judged;
  switch (object.kind) {
    case "Ingress":
      return named(redacted, ["spec", "tls"], ["secretName"], "tls");
    case "Gateway":
      return groupOf(judged) === "networking.istio.io"
        ? named(redacted, ["spec", "servers"], ["tls", "credentialName"], "tls")
        : itemsAt(redacted, ["spec", "listeners"]).flatMap(({ path, item }) => ofListener(judged, path, item));
    case "HelmRelease":
      return itemsAt(redacted, ["spec", "valuesFrom"])
        .filter(({ item }) => item["kind"] === "Secret")
        .map(({ path, item }) => ({
          mode: "valuesFrom",
          path: [...path, "name"],
          name: textAt(item, ["name"]),
          optional: isOptional(item, ["name"]),
        }));
    case "ServiceAccount":
      return named(redacted, ["imagePullSecrets"], ["name"], "imagePullSecrets");
    default:
      return [];
  }
}

function ofListener({ object }: JudgedObject, path: DataPath, listener: JsonObject): readonly Found[] {
  return itemsAt(listener, ["tls", "certificateRefs"])
    .filter(({ item }) => (item["kind"] ?? "Secret") === "Secret")
    .map((each) => ({
      mode: "tls",
      path: [...path, ...each.path, "name"],
      name: textAt(each.item, ["name"]),
      namespace: textAt(each.item, ["namespace"]) || object.namespace,
    }));
}

// Stands next to the name.
function isOptional(item: JsonObject, name: DataPath): boolean {
  return valueAt(item, [...name.slice(0, -1), "optional"]) === true;
}

function named(value: Json, list: DataPath, field: DataPath, mode: UseMode, base: DataPath = []): readonly Found[] {
  return itemsAt(value, list).map(({ path, item }) => ({
    mode,
    path: [...base, ...path, ...field],
    name: textAt(item, field),
    optional: isOptional(item, field),
  }));
}
