import type { DataPath } from "../../model/json.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import { groupOf, textAt } from "./fields.ts";
import { made, type Made } from "./made.ts";

const NAME: DataPath = ["metadata", "name"];

// Objects that name the Secret which their operator makes of a store.
const SYNCED: ReadonlyMap<string, { readonly group: string; readonly place: DataPath }> = new Map<
  string,
  { readonly group: string; readonly place: DataPath }
>([
  ["ExternalSecret", { group: "kubernetes-client.io", place: NAME }],
  ["OnePasswordItem", { group: "onepassword.com", place: NAME }],
  ["BitwardenSecret", { group: "k8s.bitwarden.com", place: ["spec", "secretName"] }],
  ["DopplerSecret", { group: "secrets.doppler.com", place: ["spec", "managedSecret", "name"] }],
  ["InfisicalSecret", { group: "secrets.infisical.com", place: ["spec", "managedSecretReference", "secretName"] }],
  ["AzureKeyVaultSecret", { group: "spv.no", place: ["spec", "output", "secret", "name"] }],
]);

// Operators that call their Secrets after their object.
const CALLED: ReadonlyMap<string, { readonly group: string; readonly suffixes: readonly string[] }> = new Map([
  ["Cluster", { group: "postgresql.cnpg.io", suffixes: ["-app", "-superuser", "-ca", "-server", "-replication"] }],
  ["Kafka", { group: "kafka.strimzi.io", suffixes: ["-cluster-ca-cert", "-clients-ca-cert"] }],
  ["KafkaUser", { group: "kafka.strimzi.io", suffixes: [""] }],
  ["RabbitmqCluster", { group: "rabbitmq.com", suffixes: ["-default-user"] }],
  [
    "Elasticsearch",
    {
      group: "elasticsearch.k8s.elastic.co",
      suffixes: ["-es-elastic-user", "-es-http-certs-public", "-es-http-certs-internal"],
    },
  ],
]);

/** The Secrets that some operator makes for its object. Only those count that the object names, or that the set may use. */
export function operatedBy(judged: JudgedObject): readonly Made[] {
  const { redacted, object } = judged;
  const group = groupOf(judged);
  const synced = SYNCED.get(object.kind);
  if (synced?.group === group) {
    return [
      made(judged, textAt(redacted, synced.place), synced.place, {
        words: "synced by its operator",
        renewal: "synced",
      }),
    ];
  }
  const called = CALLED.get(object.kind);
  if (called?.group === group) {
    return called.suffixes.map((suffix) =>
      made(judged, `${object.name}${suffix}`, NAME, { words: "made by its operator" }),
    );
  }
  const connection: DataPath = ["spec", "writeConnectionSecretToRef"];
  const name = textAt(redacted, [...connection, "name"]);
  const namespace = textAt(redacted, [...connection, "namespace"]) || object.namespace;
  return name === "" ? [] : [made(judged, name, [...connection, "name"], { namespace, words: "made by its operator" })];
}
