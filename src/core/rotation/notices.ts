import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import { annotationPlaces } from "./declared.ts";
import { groupOf, isTrue, itemsAt, objectAt, textAt, textsAt } from "./fields.ts";
import type { Made } from "./made.ts";
import { containersOf, podSpecsOf } from "./pod-specs.ts";
import type { Use, UseMode } from "./uses.ts";

/** What a consumer says that takes up no new value by itself. */
export const ONLY_RESTART = "only when it restarts";

/** What of the set matters to every consumer. */
export interface Surroundings {
  /** Reloader watches every workload. */
  readonly reloadsAll: boolean;
  /** Whether the CSI driver fetches again; `null` where the set does not show it. */
  readonly driverRotates: boolean | null;
}

/** Looks for what installs Reloader and the CSI driver. */
export function surroundingsOf(objects: readonly JudgedObject[]): Surroundings {
  let reloadsAll = false;
  let driverRotates: boolean | null = null;
  for (const judged of objects) {
    const { kind } = judged.object;
    if (kind === "HelmRelease") {
      const values = objectAt(judged.redacted, ["spec", "values"]);
      reloadsAll ||= objectAt(values, ["reloader"])["autoReloadAll"] === true;
      if (isTrue(values["enableSecretRotation"])) driverRotates = true;
    }
    if (kind !== "DaemonSet" && kind !== "Deployment") continue;
    for (const { item } of podSpecsOf(judged).flatMap(containersOf)) {
      const words = [...textsAt(item, ["args"]), ...textsAt(item, ["command"])];
      if (words.some((word) => /^--auto-reload-all(?:=true)?$/.test(word))) reloadsAll = true;
      if (kind === "DaemonSet" && item["name"] === "secrets-store") {
        driverRotates ||= words.some((word) => /^--?enable-secret-rotation(?:=true)?$/.test(word));
      }
    }
  }
  return { reloadsAll, driverRotates };
}

const READ_AGAIN: { readonly [mode in UseMode]?: string } = {
  tls: "its controller loads it again",
  valuesFrom: "read at each reconciliation",
  nodePublish: "read at each mount",
  imagePullSecrets: "read at each pull",
};

const ANEW: ReadonlySet<string> = new Set([
  "Job",
  "CronJob",
  "ScaledJob",
  "Workflow",
  "WorkflowTemplate",
  "ClusterWorkflowTemplate",
  "CronWorkflow",
  "Task",
  "ClusterTask",
  "TaskRun",
  "Pipeline",
  "PipelineRun",
]);

const RELOADER_KINDS: ReadonlySet<string> = new Set([
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "Rollout",
  "DeploymentConfig",
]);

/** How a use comes to know a new value, in words. `annotations` are those of the object with its patches. */
export function noticeOf(use: Use, makers: readonly Made[], annotations: JsonObject, around: Surroundings): string {
  const { mode, judged } = use;
  const { kind } = judged.object;
  const again = READ_AGAIN[mode];
  if (again !== undefined) return again;
  if (ANEW.has(kind)) return "new pod for each run";
  // Reloader sees what the driver fetches again, and nothing else.
  if (mode === "csi" && around.driverRotates === false) return ONLY_RESTART;
  const said = { ...annotations, ...use.annotations };
  if (RELOADER_KINDS.has(kind) && isReloaded(use, makers, said, around)) return "restarted by Reloader";
  if (isTrue(said["wave.pusher.com/update-on-config-change"])) return "restarted by Wave";
  if (makers.some((maker) => restarts(maker, judged))) return "rollout restart by Vault Secrets Operator";
  if (makers.length > 0 && makers.every(({ renamed }) => renamed))
    return "rolled out, since each value has its own name";
  const inGit = makers.length > 0 && makers.every(({ how }) => how === "Secret");
  if (inGit && Object.keys(use.annotations).some((key) => key.startsWith("checksum/"))) {
    return "rolled out by the release that changes it";
  }
  if (mode === "volume" || mode === "projected") {
    return makers.some(({ immutable }) => immutable) ? ONLY_RESTART : "file is updated by the kubelet";
  }
  if (mode === "csi") {
    return around.driverRotates === true
      ? "file is updated by the CSI driver"
      : "file is updated if the CSI driver's rotation is on";
  }
  return ONLY_RESTART;
}

function isReloaded(use: Use, makers: readonly Made[], said: JsonObject, { reloadsAll }: Surroundings): boolean {
  const word = use.mode === "csi" ? "secretproviderclass" : "secret";
  const names = said[`${word}.reloader.stakater.com/reload`];
  const isNamed = typeof names === "string" && (listed(names).includes(use.name) || /[*+?|([]/.test(names));
  if (isNamed) return true;
  const auto = said["reloader.stakater.com/auto"];
  const excluded = said["secrets.exclude.reloader.stakater.com/reload"];
  if (auto === false || auto === "false") return false;
  if (typeof excluded === "string" && listed(excluded).includes(use.name)) return false;
  if (secretSays(makers, "reloader.stakater.com/ignore")) return false;
  return (
    reloadsAll ||
    isTrue(auto) ||
    isTrue(said[`${word}.reloader.stakater.com/auto`]) ||
    (isTrue(said["reloader.stakater.com/search"]) && secretSays(makers, "reloader.stakater.com/match"))
  );
}

function secretSays(makers: readonly Made[], name: string): boolean {
  return makers.some(({ judged: { object, redacted } }) => {
    // Annotations of another object than a Secret count in its template alone.
    const places = annotationPlaces(object.kind).slice(object.kind === "Secret" ? 0 : 1);
    return places.some((place) => isTrue(objectAt(redacted, place)[name]));
  });
}

function restarts({ judged }: Made, { object: { kind, name } }: JudgedObject): boolean {
  if (groupOf(judged) !== "secrets.hashicorp.com" || !isJsonObject(judged.redacted)) return false;
  return itemsAt(judged.redacted, ["spec", "rolloutRestartTargets"]).some(
    ({ item }) => textAt(item, ["name"]) === name && textAt(item, ["kind"]).replace(/^argo\./, "") === kind,
  );
}

function listed(names: string): readonly string[] {
  return names.split(",").map((name) => name.trim());
}
