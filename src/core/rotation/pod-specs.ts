import { isJsonArray, isJsonObject, valueAt, type DataPath, type Json, type JsonObject } from "../../model/json.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import { groupOf, itemsAt, objectAt } from "./fields.ts";

/** A pod spec, or what has one's fields, in an object. */
export interface PodSpec {
  readonly path: DataPath;
  readonly spec: JsonObject;
  /** The annotations that its pods get. */
  readonly annotations: JsonObject;
}

interface Places {
  readonly groups: readonly string[];
  /** `*` stands for every item of a list. */
  readonly places: readonly DataPath[];
}

const TEMPLATE: DataPath = ["spec", "template", "spec"];
const ARGO: readonly DataPath[] = [["spec"], ["spec", "templates", "*"]];
const KAGENT: readonly DataPath[] = [
  ["spec", "declarative", "deployment"],
  ["spec", "byo", "deployment"],
];

// The same kinds as in rego/lib/pods.rego.
const TABLE: ReadonlyMap<string, Places> = new Map<string, Places>([
  ["Pod", { groups: [""], places: [["spec"]] }],
  ["PodTemplate", { groups: [""], places: [["template", "spec"]] }],
  ["ReplicationController", { groups: [""], places: [TEMPLATE] }],
  ["Deployment", { groups: ["apps", "extensions"], places: [TEMPLATE] }],
  ["StatefulSet", { groups: ["apps"], places: [TEMPLATE] }],
  ["DaemonSet", { groups: ["apps", "extensions"], places: [TEMPLATE] }],
  ["ReplicaSet", { groups: ["apps", "extensions"], places: [TEMPLATE] }],
  ["Job", { groups: ["batch"], places: [TEMPLATE] }],
  ["CronJob", { groups: ["batch"], places: [["spec", "jobTemplate", ...TEMPLATE]] }],
  ["Rollout", { groups: ["argoproj.io"], places: [TEMPLATE] }],
  ["Workflow", { groups: ["argoproj.io"], places: ARGO }],
  ["WorkflowTemplate", { groups: ["argoproj.io"], places: ARGO }],
  ["ClusterWorkflowTemplate", { groups: ["argoproj.io"], places: ARGO }],
  [
    "CronWorkflow",
    {
      groups: ["argoproj.io"],
      places: [
        ["spec", "workflowSpec"],
        ["spec", "workflowSpec", "templates", "*"],
      ],
    },
  ],
  ["Service", { groups: ["serving.knative.dev"], places: [TEMPLATE] }],
  ["Configuration", { groups: ["serving.knative.dev"], places: [TEMPLATE] }],
  ["Revision", { groups: ["serving.knative.dev"], places: [["spec"]] }],
  ["DeploymentConfig", { groups: ["apps.openshift.io"], places: [TEMPLATE] }],
  ["ScaledJob", { groups: ["keda.sh"], places: [["spec", "jobTargetRef", "template", "spec"]] }],
  ["Task", { groups: ["tekton.dev"], places: [["spec"]] }],
  ["ClusterTask", { groups: ["tekton.dev"], places: [["spec"]] }],
  [
    "TaskRun",
    {
      groups: ["tekton.dev"],
      places: [
        ["spec", "taskSpec"],
        ["spec", "podTemplate"],
      ],
    },
  ],
  [
    "Pipeline",
    {
      groups: ["tekton.dev"],
      places: [
        ["spec", "tasks", "*", "taskSpec"],
        ["spec", "finally", "*", "taskSpec"],
      ],
    },
  ],
  [
    "PipelineRun",
    {
      groups: ["tekton.dev"],
      places: [
        ["spec", "pipelineSpec", "tasks", "*", "taskSpec"],
        ["spec", "pipelineSpec", "finally", "*", "taskSpec"],
        ["spec", "podTemplate"],
        ["spec", "taskRunTemplate", "podTemplate"],
      ],
    },
  ],
  ["Sandbox", { groups: ["agents.x-k8s.io"], places: [["spec", "podTemplate", "spec"]] }],
  ["SandboxTemplate", { groups: ["extensions.agents.x-k8s.io"], places: [["spec", "podTemplate", "spec"]] }],
  ["SandboxClaim", { groups: ["extensions.agents.x-k8s.io"], places: [["spec"]] }],
  ["Agent", { groups: ["kagent.dev"], places: KAGENT }],
  ["SandboxAgent", { groups: ["kagent.dev"], places: KAGENT }],
  ["AgentHarness", { groups: ["kagent.dev"], places: [["spec"]] }],
]);

const CONTAINERS: readonly DataPath[] = [
  ["containers"],
  ["initContainers"],
  ["ephemeralContainers"],
  ["sidecars"],
  ["containerSet", "containers"],
  ["steps"],
  ["extraContainers"],
];

// Objects of operators are searched for pod specs, but not endlessly.
const DEEPEST = 24;

/** The pod specs of an object; those of kinds of operators are found by their looks. */
export function podSpecsOf(judged: JudgedObject): readonly PodSpec[] {
  const { redacted, object } = judged;
  const known = TABLE.get(object.kind);
  const group = groupOf(judged);
  if (known?.groups.includes(group) === true) {
    return known.places.flatMap((place) => expand(redacted, place)).flatMap((path) => specAt(redacted, path));
  }
  if (!group.includes(".") || group.endsWith(".k8s.io") || group === "external-secrets.io") return [];
  return search(redacted, []).flatMap((path) => specAt(redacted, path));
}

/** The containers of a pod spec, of every sort; and the spec itself where it sets fields of a container made elsewhere. */
export function containersOf({ spec, path }: PodSpec): readonly { path: DataPath; item: JsonObject }[] {
  const listed = CONTAINERS.flatMap((place) => itemsAt(spec, place));
  const single = ["container", "script"].flatMap((field) => {
    const item = spec[field];
    return isJsonObject(item) ? [{ path: [field], item }] : [];
  });
  const own = isJsonArray(spec["env"]) || isJsonArray(spec["envFrom"]) ? [{ path: [], item: spec }] : [];
  return [...listed, ...single, ...own].map((each) => ({ path: [...path, ...each.path], item: each.item }));
}

function specAt(value: Json, path: DataPath): readonly PodSpec[] {
  const spec = valueAt(value, path);
  if (!isJsonObject(spec)) return [];
  // A pod template is `{metadata, spec}`; what has no `spec` of its own carries metadata inside.
  const around = path.at(-1) === "spec" ? path.slice(0, -1) : path;
  return [{ path, spec, annotations: objectAt(value, [...around, "metadata", "annotations"]) }];
}

function expand(value: Json, place: DataPath): readonly DataPath[] {
  const star = place.indexOf("*");
  if (star === -1) return [place];
  const rest = place.slice(star + 1);
  return itemsAt(value, place.slice(0, star)).map(({ path }) => [...path, ...rest]);
}

function search(value: Json, path: DataPath): readonly DataPath[] {
  if (path.length > DEEPEST) return [];
  if (isJsonArray(value)) return value.flatMap((item, index) => search(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  const isSpec = itemsAt(value, ["containers"]).some(
    ({ item }) => typeof item["name"] === "string" && typeof item["image"] === "string",
  );
  if (isSpec) return [path];
  return Object.entries(value).flatMap(([key, item]) => search(item, [...path, key]));
}
