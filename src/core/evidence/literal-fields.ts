import type { LiteralField } from "./options.ts";
import type { MappingNode, ScalarNode, YamlNode } from "../../model/document.ts";
import { isJsonArray, isJsonObject, type Json } from "../../model/json.ts";
import { isCredentialHeader } from "./headers.ts";
import { seeKnownValue } from "./known-values.ts";
import { below, textAt } from "./place.ts";
import { seeHeaderValue } from "./scalar-evidence.ts";
import type { Place, Sink } from "./sink.ts";

/** The detector of values in fields that are known to take a literal. */
export const FIELD_DETECTOR = "literal-field";

const field = (group: string, kind: string, path: string, by: LiteralField["by"]): LiteralField => ({
  group,
  kind,
  path: path.split("."),
  by,
});

const ESO = "external-secrets.io";
const GENERATORS = "generators.external-secrets.io";
const VSO = "secrets.hashicorp.com";

/** Fields whose names alone do not say it, or stand in objects whose other fields only name secrets. */
const FIELDS: readonly LiteralField[] = [
  ...["SecretStore", "ClusterSecretStore"].flatMap((kind) => [
    field(ESO, kind, "spec.provider.fake.data.*.value", "entry"),
    field(ESO, kind, "spec.provider.fake.data.*.valueMap.*", "entry"),
    field(ESO, kind, "spec.provider.webhook.headers", "headers"),
  ]),
  field(ESO, "ExternalSecret", "spec.target.template.data.*", "entry"),
  field(ESO, "ClusterExternalSecret", "spec.externalSecretSpec.target.template.data.*", "entry"),
  field(ESO, "PushSecret", "spec.template.data.*", "entry"),
  field(GENERATORS, "Fake", "spec.data.*", "entry"),
  field(GENERATORS, "Webhook", "spec.headers", "headers"),
  field(GENERATORS, "ClusterGenerator", "spec.generator.fakeSpec.data.*", "entry"),
  field(GENERATORS, "ClusterGenerator", "spec.generator.webhookSpec.headers", "headers"),
  ...["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp"].map((kind) =>
    field(VSO, kind, "spec.destination.transformation.templates.*.text", "entry"),
  ),
  field(VSO, "SecretTransformation", "spec.templates.*.text", "entry"),
  ...["VaultConnection", "VaultAuth", "VaultAuthGlobal"].map((kind) => field(VSO, kind, "spec.**.headers", "headers")),
  field("secrets-store.csi.x-k8s.io", "SecretProviderClass", "spec.parameters.*", "named"),
  // Config Connector: `value` next to `valueFrom`, below the field that says what it is.
  field("secretmanager.cnrm.cloud.google.com", "SecretManagerSecretVersion", "spec.secretData.value", "credential"),
  field("*", "*", "spec.**.value", "parent"),
  field("kagent.dev", "ModelConfig", "spec.azureOpenAI.azureAdToken", "credential"),
  field("grafana.integreatly.org", "GrafanaDatasource", "spec.datasource.secureJsonData.*", "credential"),
];

/**
 * The fields that the user names: `{group, kind, path}`, the path as keys with dots between them. What has
 * another form is left out.
 */
export function literalFields(value: Json | undefined): readonly LiteralField[] {
  if (!isJsonArray(value)) return [];
  return value
    .filter(isJsonObject)
    .flatMap(({ group, kind, path }) =>
      typeof group === "string" && typeof kind === "string" && typeof path === "string"
        ? [field(group, kind, path, "credential")]
        : [],
    );
}

/** Groups in which `value` below a field is the field's value: Config Connector. */
const PARENT_GROUPS = /(?:^|\.)cnrm\.cloud\.google\.com$/;

/** Looks at the fields of an object that are known to take a credential in plain text; `more` are the user's. */
export function seeLiteralFields(sink: Sink, root: MappingNode, place: Place, more: readonly LiteralField[]): void {
  const kind = textAt(root, "kind");
  const version = textAt(root, "apiVersion") ?? "";
  const group = version.includes("/") ? version.slice(0, version.indexOf("/")) : "";
  for (const known of [...FIELDS, ...more]) {
    if (known.by === "parent" && !PARENT_GROUPS.test(group)) continue;
    if ((known.kind !== "*" && known.kind !== kind) || (known.group !== "*" && known.group !== group)) continue;
    descend(root, known.path, place, [], (node, there, around) => seeField(sink, known, node, there, around));
  }
}

type Visit = (node: YamlNode, place: Place, around: readonly MappingNode[]) => void;

// `around` are the mappings on the way. The way down is bounded by the nesting limit of YAML.
function descend(
  node: YamlNode,
  path: readonly string[],
  place: Place,
  around: readonly MappingNode[],
  visit: Visit,
): void {
  const [step, ...rest] = path;
  if (step === undefined) {
    visit(node, place, around);
    return;
  }
  if (node.kind === "scalar") return;
  if (step === "**") descend(node, rest, place, around, visit);
  if (node.kind === "sequence") {
    if (step !== "*" && step !== "**") return;
    for (const [index, item] of node.items.entries()) {
      descend(item, step === "**" ? path : rest, below(place, index), around, visit);
    }
    return;
  }
  for (const entry of node.entries) {
    if (step !== "*" && step !== "**" && step !== entry.key) continue;
    descend(entry.value, step === "**" ? path : rest, below(place, entry.key), [...around, node], visit);
  }
}

function seeField(
  sink: Sink,
  { by }: LiteralField,
  node: YamlNode,
  place: Place,
  around: readonly MappingNode[],
): void {
  if (by === "headers") {
    seeHeaders(sink, node, place);
    return;
  }
  if (node.kind !== "scalar" || node.value === null) return;
  const keyName = by === "parent" ? textStep(place, -2) : nameOf(place, around);
  if ((by === "parent" || by === "named") && sink.nameClass(keyName) !== "sensitive") return;
  const known = { keyName, start: 0, end: node.text.length, detector: FIELD_DETECTOR };
  seeKnownValue(sink, node, place, { ...known, credential: by === "credential", secretData: by === "entry" });
}

// `{key, value}` says the name next to the value, `password: {text: …}` above it.
function nameOf(place: Place, around: readonly MappingNode[]): string {
  const last = place.path.at(-1);
  if (last === "text") return textStep(place, -2);
  const beside = around.at(-1);
  const key = last === "value" && beside !== undefined ? textAt(beside, "key") : null;
  return key ?? String(last);
}

function textStep({ path }: Place, at: number): string {
  const step = path.at(at);
  return typeof step === "string" ? step : "";
}

/** Looks at a map of HTTP headers, or one header of it that carries a credential. */
export function seeHeaders(sink: Sink, node: YamlNode, place: Place): void {
  if (node.kind !== "mapping") return;
  for (const { key, value } of node.entries) {
    if (value.kind === "scalar") seeHeader(sink, key, value, below(place, key));
  }
}

function seeHeader(sink: Sink, name: string, node: ScalarNode, place: Place): void {
  if (node.value === null) return;
  if (isCredentialHeader(name) || sink.nameClass(name) === "sensitive") seeHeaderValue(sink, node, name, place);
}
