import type { MappingEntry, MappingNode, ScalarNode, SequenceNode, YamlNode } from "../../model/document.ts";
import { decodeBase64 } from "./base64.ts";
import { isCredentialHeader } from "./headers.ts";
import { keyInBytes } from "./keys.ts";
import { classifyBasic } from "./docker-config.ts";
import { isPgpass } from "./nested-lines.ts";
import { seeEntryText, seeText } from "./walk-text.ts";
import {
  isTelling,
  seeArgv,
  seeAssignments,
  seeForms,
  seeHeaderValue,
  seeScript,
  seeValue,
} from "./scalar-evidence.ts";
import { seeNamedParameter } from "./known-values.ts";
import { patchedValue } from "./patch-pairs.ts";
import { below, textAt } from "./place.ts";
import { usernamesIn } from "./secret-entries.ts";
import type { Place, Sink } from "./sink.ts";
import { walkSecret } from "./walk-secret.ts";

/** Groups whose objects hold references to secrets by design: their fields name keys and stores. */
const REFERENCE_GROUPS =
  /^(?:external-secrets\.io|generators\.external-secrets\.io|secrets-store\.csi\.x-k8s\.io|secrets\.hashicorp\.com)\//;
/** Groups whose objects describe other objects: schemas and policies. */
const DESCRIBING_GROUPS =
  /^(?:apiextensions\.k8s\.io|kyverno\.io|policies\.kyverno\.io|templates\.gatekeeper\.sh|constraints\.gatekeeper\.sh|admissionregistration\.k8s\.io)\//;

/** Walks an object, or text inside a scalar that reads like one. */
export function walkObject(sink: Sink, root: MappingNode, place: Place): void {
  const kind = textAt(root, "kind");
  const apiVersion = textAt(root, "apiVersion") ?? "";
  const walker: Walker = {
    sink,
    named: !REFERENCE_GROUPS.test(apiVersion) && !DESCRIBING_GROUPS.test(apiVersion),
    texts: !DESCRIBING_GROUPS.test(apiVersion),
  };
  // An item of a list in a text, such as a patch operation.
  const pair = place.nested ? (pairOf(root) ?? patchedValue(root)) : null;
  for (const entry of root.entries) {
    const inside = below(place, entry.key);
    if (entry === pair?.entry) {
      walkPair(walker, pair, "", inside);
      continue;
    }
    if (entry.key === "sops" && entry.value.kind === "mapping" && isSopsMetadata(entry.value)) continue;
    if (kind === "Secret" && apiVersion === "v1" && (entry.key === "data" || entry.key === "stringData"))
      walkSecret(sink, entry, inside, walkObject);
    else if (kind === "ConfigMap" && (entry.key === "data" || entry.key === "binaryData"))
      walkConfigMap(walker, entry, inside);
    else if (kind === "SealedSecret" && entry.key === "spec") walkSealed(walker, entry.value, inside);
    else walk(walker, entry.value, entry.key, inside);
  }
}

// What SOPS writes next to what it encrypted: wrapped keys and a code over the whole.
function isSopsMetadata(node: MappingNode): boolean {
  return (textAt(node, "mac") ?? "").startsWith("ENC[") && textAt(node, "lastmodified") !== null;
}

interface Walker {
  readonly sink: Sink;
  /** Whether names of fields announce credentials in this object. */
  readonly named: boolean;
  /** Whether texts inside scalars are looked into. */
  readonly texts: boolean;
}

function walk(walker: Walker, node: YamlNode, key: string, place: Place): void {
  if (node.kind === "scalar") walkScalar(walker, node, key, place);
  else if (node.kind === "sequence") walkSequence(walker, node, key, place);
  else walkMapping(walker, node, key, place);
}

function walkSequence(walker: Walker, node: SequenceNode, key: string, place: Place): void {
  for (const [index, item] of node.items.entries()) walk(walker, item, key, below(place, index));
}

function walkMapping(walker: Walker, node: MappingNode, key: string, place: Place): void {
  const { sink } = walker;
  if (key === "annotations" || key === "labels") {
    for (const entry of node.entries) walkMetadata(walker, entry, below(place, entry.key));
    return;
  }
  const pair = pairOf(node) ?? patchedValue(node);
  const usernames = usernamesIn(node, ({ text }) => text);
  const inside = usernames.length === 0 && place.usernames.length === 0 ? place : { ...place, usernames };
  walkCommand(sink, node, place);
  for (const entry of node.entries) {
    const there = below(inside, entry.key);
    if (entry === pair?.entry) walkPair(walker, pair, key, there);
    else if (walker.named && isHeader(key, entry)) seeHeaderValue(sink, entry.value, entry.key, there);
    else if (key === "auths" && entry.value.kind === "mapping") walkRegistry(walker, entry.value, there);
    else if (isArgumentList(entry)) walkFormsOnly(walker, entry.value, there);
    else walk(walker, entry.value, entry.key, there);
  }
}

function walkScalar(walker: Walker, node: ScalarNode, key: string, place: Place): void {
  if (node.value === null) return;
  seeForms(walker.sink, node, key, place);
  if (walker.named) seeValue(walker.sink, node, key, place, { context: "value" });
  // What the objects of a SecretProviderClass name are keys of a store.
  if (!walker.named && key === "objects") return;
  if (walker.texts && !/^(?:description|summary|message|notes?)$/.test(key))
    seeText(walker.sink, node, key, place, walkObject);
}

// A map of HTTP headers: `headers`, `defaultHeaders` …
function isHeader(key: string, entry: MappingEntry): entry is MappingEntry & { readonly value: ScalarNode } {
  return (
    /headers$/i.test(key) &&
    entry.value.kind === "scalar" &&
    entry.value.value !== null &&
    isCredentialHeader(entry.key)
  );
}

interface Pair {
  readonly name: string;
  readonly entry: MappingEntry;
  readonly value: ScalarNode;
}

// `{name, value}` as in `env`, `{key, value}` as in many resources; a label requirement is none.
function pairOf(node: MappingNode): Pair | null {
  const entry = node.entries.find(({ key }) => key === "value");
  if (entry === undefined || entry.value.kind !== "scalar" || node.entries.some(({ key }) => key === "operator"))
    return null;
  // `{type: password, value: …}` is how Keycloak exports the credentials of users.
  const name = textAt(node, "name") ?? textAt(node, "key") ?? (textAt(node, "type") === "password" ? "password" : null);
  return name === null || name === "" ? null : { name, entry, value: entry.value };
}

function walkPair({ sink }: Walker, { name, value }: Pair, listKey: string, place: Place): void {
  if (value.value === null) return;
  if (isCredentialHeader(name) && (listKey === "httpHeaders" || /authorization/i.test(name))) {
    seeHeaderValue(sink, value, name, place);
    return;
  }
  seeForms(sink, value, name, place);
  if (listKey === "parameters" && sink.settings.parameterNameRegex?.test(name) === true)
    seeNamedParameter(sink, value, name, place);
  seeValue(sink, value, name, place, { context: "pair" });
  if (/(?:^|\s)--?[A-Za-z][\w.-]*(?:pass|pwd|secret|token|key|cred)/i.test(value.text.slice(0, 4000)))
    seeScript(sink, value, place);
  seeAssignments(sink, value, place);
  seeText(sink, value, name, place, walkObject);
}

const ARGUMENT_KEYS = new Set(["command", "args", "cmd", "entrypoint", "arguments", "extraArgs"]);

function isArgumentList({ key, value }: MappingEntry): boolean {
  return ARGUMENT_KEYS.has(key) && value.kind === "sequence";
}

// `command` and `args` are one command line (Kubernetes, container command and arguments).
function walkCommand(sink: Sink, node: MappingNode, place: Place): void {
  if (!node.entries.some(isArgumentList)) return;
  const words = [...ARGUMENT_KEYS].flatMap((key) => {
    const list = node.entries.find((entry) => entry.key === key)?.value;
    if (list?.kind !== "sequence") return [];
    return list.items.flatMap((item, index) =>
      item.kind === "scalar" ? [{ node: item, place: below(below(place, key), index) }] : [],
    );
  });
  if (words.length > 0) seeArgv(sink, words);
}

function walkFormsOnly(walker: Walker, node: YamlNode, place: Place): void {
  if (node.kind !== "sequence") return;
  for (const [index, item] of node.items.entries()) {
    const there = below(place, index);
    if (item.kind === "scalar") {
      seeForms(walker.sink, item, null, there);
      if (/^\s*[{[]/.test(item.text)) seeText(walker.sink, item, "", there, walkObject);
    } else walk(walker, item, "", there);
  }
}

// `auth` is base64 of user and password.
function walkRegistry(walker: Walker, node: MappingNode, place: Place): void {
  for (const { key, value } of node.entries) {
    const there = below(place, key);
    if (key === "auth" && value.kind === "scalar") {
      const found = classifyBasic(value.text, walker.sink.context("auth token", there));
      if (isTelling(found)) {
        walker.sink.add({
          kind: "credential",
          detector: "name-value",
          class: found,
          context: there.nested ? "nested" : "value",
          keyName: key,
          nameClass: "sensitive",
          path: there.path,
          decoded: true,
          range: there.rangeOf(value, 0, value.text.length),
        });
      }
    } else walk(walker, value, key, there);
  }
}

function walkMetadata(walker: Walker, { key, value }: MappingEntry, there: Place): void {
  if (value.kind !== "scalar") {
    walk(walker, value, key, there);
    return;
  }
  if (value.value === null) return;
  const place = { ...there, config: true };
  const { sink } = walker;
  seeForms(sink, value, key, place);
  const name = key.startsWith("checksum/") ? key : key.slice(key.indexOf("/") + 1);
  seeValue(sink, value, name, place, { context: "value" });
  if (/pass|pwd|secret|token|key|cred/i.test(value.text)) seeEntryText(sink, value, key, place, walkObject);
}

function walkConfigMap(walker: Walker, { key, value: data }: MappingEntry, place: Place): void {
  if (data.kind !== "mapping") return;
  const { sink } = walker;
  const inside = { ...place, usernames: usernamesIn(data, ({ text }) => text), config: true };
  for (const { key: name, value } of data.entries) {
    if (value.kind !== "scalar" || value.value === null) continue;
    const there = below(inside, name);
    if (key === "binaryData") {
      const bytes = decodeBase64(value.text);
      const found = bytes === null ? null : keyInBytes(bytes, sink.settings.scanBinary);
      if (found !== null) {
        sink.add({
          kind: found.kind,
          detector: found.detector,
          class: "likely",
          context: "value",
          keyName: name,
          nameClass: sink.nameClass(name),
          path: there.path,
          decoded: true,
          range: there.rangeOf(value, 0, value.text.length),
        });
      }
      continue;
    }
    seeForms(sink, value, name, there);
    // The name says what its lines are; as a whole it is no password.
    if (!(/pgpass/i.test(name) && isPgpass(value.text))) seeValue(sink, value, name, there, { context: "value" });
    seeEntryText(sink, value, name, there, walkObject);
  }
}

// `encryptedData` is ciphertext; the template next to it is clear text.
function walkSealed(walker: Walker, node: YamlNode, place: Place): void {
  if (node.kind !== "mapping") return;
  for (const { key, value } of node.entries) {
    const there = below(place, key);
    if (key === "encryptedData" || key === "data") continue;
    if (key !== "template" || value.kind !== "mapping") walk(walker, value, key, there);
    else {
      for (const entry of value.entries) {
        const inside = below(there, entry.key);
        if (entry.key === "data") walkSecret(walker.sink, { ...entry, key: "stringData" }, inside, walkObject);
        else walk(walker, entry.value, entry.key, inside);
      }
    }
  }
}
