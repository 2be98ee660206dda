import { isJsonObject, type DataPath, type JsonObject } from "../../model/json.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import { annotationPlaces } from "./declared.ts";
import { annotationsOf, groupOf, isName, isTrue, itemsAt, objectAt, textAt } from "./fields.ts";
import { made, type Made } from "./made.ts";
import { externalSecret, leased, vaultApp, vaultStatic, type Maker } from "./stores.ts";
import { operatedBy } from "./operators.ts";
import { usesOf } from "./uses.ts";

const VAULT = "secrets.hashicorp.com";

const MAKERS: ReadonlyMap<string, { readonly group: string; readonly of: Maker }> = new Map<
  string,
  { readonly group: string; readonly of: Maker }
>([
  ["ExternalSecret", { group: "external-secrets.io", of: externalSecret }],
  ["ClusterExternalSecret", { group: "external-secrets.io", of: externalSecret }],
  ["VaultStaticSecret", { group: VAULT, of: vaultStatic }],
  ["HCPVaultSecretsApp", { group: VAULT, of: vaultApp }],
  ["VaultDynamicSecret", { group: VAULT, of: leased("lease, replaced before it ends") }],
  ["VaultPKISecret", { group: VAULT, of: leased("certificate renewed before expiry") }],
  ["SecretProviderClass", { group: "secrets-store.csi.x-k8s.io", of: providerClass }],
  ["Certificate", { group: "cert-manager.io", of: certificate }],
  ["Ingress", { group: "networking.k8s.io", of: annotated }],
  ["Gateway", { group: "gateway.networking.k8s.io", of: annotated }],
  ["SealedSecret", { group: "bitnami.com", of: sealed }],
  ["Secret", { group: "", of: plain }],
  ["Kustomization", { group: "kustomize.config.k8s.io", of: generated }],
]);

/** The secrets that an object makes. A patch only adds to what it patches. */
export function madeBy(judged: JudgedObject): readonly Made[] {
  const { redacted, object } = judged;
  if (!isJsonObject(redacted)) return [];
  const maker = MAKERS.get(object.kind);
  const found = maker?.group === groupOf(judged) ? maker.of(judged, redacted) : operatedBy(judged);
  const copies = annotationPlaces(object.kind).some((place) =>
    Object.keys(objectAt(redacted, place)).some((key) => COPYING.has(key)),
  );
  return found
    .filter(({ name }) => isName(name))
    .flatMap((each) => {
      const whole = object.partial ? { ...each, adds: true, words: "left to what it patches" } : each;
      // Reflector and its like copy it into other namespaces.
      return copies && whole.namespace !== "*" ? [whole, { ...whole, namespace: "*" }] : [whole];
    });
}

const COPYING: ReadonlySet<string> = new Set([
  "reflector.v1.k8s.emberstack.com/reflection-allowed",
  "reflector.v1.k8s.emberstack.com/reflection-auto-enabled",
  "replicator.v1.mittwald.de/replicate-to",
  "replicator.v1.mittwald.de/replicate-to-matching",
  "replicator.v1.mittwald.de/replication-allowed",
  "secretgen.carvel.dev/export",
]);

function providerClass(judged: JudgedObject, redacted: JsonObject): readonly Made[] {
  const words = "fetched when it is mounted, again while the CSI driver rotates";
  const more = { words, renewal: "synced" } as const;
  return [
    made(judged, judged.object.name, ["metadata", "name"], { ...more, kind: "SecretProviderClass" }),
    ...itemsAt(redacted, ["spec", "secretObjects"]).map(({ path, item }) =>
      made(judged, textAt(item, ["secretName"]), [...path, "secretName"], more),
    ),
  ];
}

const RENEWED = { words: "certificate renewed before expiry", renewal: "rotated" } as const;

function certificate(judged: JudgedObject, redacted: JsonObject): readonly Made[] {
  return [made(judged, textAt(redacted, ["spec", "secretName"]), ["spec", "secretName"], RENEWED)];
}

// cert-manager makes a certificate for what is annotated.
function annotated(judged: JudgedObject): readonly Made[] {
  const annotations = annotationsOf(judged);
  const asks =
    ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer"].some((key) => typeof annotations[key] === "string") ||
    isTrue(annotations["kubernetes.io/tls-acme"]);
  if (!asks) return [];
  return usesOf(judged)
    .filter(({ mode }) => mode === "tls")
    .map(({ name, namespace, path }) =>
      made(judged, name, path, { ...RENEWED, namespace, how: `annotated ${judged.object.kind}` }),
    );
}

function sealed(judged: JudgedObject, redacted: JsonObject): readonly Made[] {
  const template: DataPath = ["spec", "template", "metadata"];
  const name = textAt(redacted, [...template, "name"]) || judged.object.name;
  const namespace = textAt(redacted, [...template, "namespace"]) || judged.object.namespace;
  const immutable = objectAt(redacted, ["spec", "template"])["immutable"] === true;
  return [made(judged, name, ["metadata", "name"], { namespace, immutable, words: "in Git, encrypted" })];
}

function plain(judged: JudgedObject, redacted: JsonObject): readonly Made[] {
  const immutable = redacted["immutable"] === true;
  const isSops = isJsonObject(redacted["sops"]);
  const isToken = redacted["type"] === "kubernetes.io/service-account-token";
  const words = isSops ? "in Git, encrypted" : isToken ? "token without an end" : "";
  return [
    made(judged, judged.object.name, ["metadata", "name"], { immutable, words, ...(isSops ? { how: "SOPS" } : {}) }),
  ];
}

function generated(judged: JudgedObject, redacted: JsonObject): readonly Made[] {
  const options = objectAt(redacted, ["generatorOptions"]);
  const namespace = textAt(redacted, ["namespace"]);
  return itemsAt(redacted, ["secretGenerator"]).map(({ path, item }) => {
    const own = objectAt(item, ["options"]);
    const renamed = ![options, own].some((each) => isTrue(each["disableNameSuffixHash"]));
    return made(judged, textAt(item, ["name"]), [...path, "name"], {
      namespace: namespace || textAt(item, ["namespace"]) || "*",
      how: "secretGenerator",
      words: "made at each build",
      adds: item["behavior"] === "merge",
      immutable: own["immutable"] === true,
      renamed,
    });
  });
}
