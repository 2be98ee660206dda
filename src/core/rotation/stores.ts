import type { DataPath, Json, JsonObject } from "../../model/json.ts";
import { readDuration } from "../facts/durations.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import { itemsAt, objectAt, textAt } from "./fields.ts";
import { made, type Made } from "./made.ts";

/** Reads off an object which secrets it makes. */
export type Maker = (judged: JudgedObject, redacted: JsonObject) => readonly Made[];

/** External Secrets Operator: one Secret, followed or made by a generator. */
export function externalSecret(judged: JudgedObject, redacted: JsonObject): readonly Made[] {
  const isCluster = judged.object.kind === "ClusterExternalSecret";
  const base: DataPath = isCluster ? ["spec", "externalSecretSpec"] : ["spec"];
  const spec = objectAt(redacted, base);
  const creation = textAt(spec, ["target", "creationPolicy"]);
  if (creation === "None") return [];
  const name =
    textAt(spec, ["target", "name"]) ||
    (isCluster ? textAt(redacted, ["spec", "externalSecretName"]) : "") ||
    judged.object.name;
  const sources = itemsAt(spec, ["dataFrom"]);
  const mints =
    itemsAt(spec, ["data"]).length === 0 &&
    sources.length > 0 &&
    sources.every(({ item }) => MINTING.has(textAt(item, ["sourceRef", "generatorRef", "kind"])));
  const often = refresh(spec);
  const immutable = objectAt(spec, ["target"])["immutable"] === true;
  const isOnce = often === null || immutable;
  return [
    made(judged, name, [...base, "target", "name"], {
      namespace: isCluster ? "*" : judged.object.namespace,
      renewal: isOnce ? "still" : mints ? "rotated" : "synced",
      words: isOnce ? (mints ? "made once" : "fetched once") : `${mints ? "made anew" : "synced"} ${often}`,
      adds: creation === "Merge" || creation === "CreateOrMerge",
      immutable,
    }),
  ];
}

const MINTING: ReadonlySet<string> = new Set(["Password", "UUID", "SSHKey"]);

// An unset policy is Periodic, an unset interval an hour, and none above 0 no refresh.
function refresh(spec: JsonObject): string | null {
  if (spec["refreshPolicy"] === "CreatedOnce") return null;
  if (spec["refreshPolicy"] === "OnChange") return "when its ExternalSecret changes";
  const interval = textOf(spec["refreshInterval"]) ?? "1h";
  const seconds = secondsOf(interval);
  if (seconds !== null && seconds <= 0) return null;
  return seconds === null ? "at an unreadable interval" : `every ${interval}`;
}

// `0` may stand without quotes; what is no text is unreadable.
function textOf(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === "string" || typeof value === "number" ? String(value) : "?";
}

function secondsOf(text: string): number | null {
  return readDuration(text)?.go ?? null;
}

const DESTINATION: DataPath = ["spec", "destination", "name"];

// Unless it is told to create the Secret, the operator fills one that is there.
function written(judged: JudgedObject, redacted: JsonObject, more: Partial<Made>): Made {
  const adds = objectAt(redacted, ["spec", "destination"])["create"] !== true;
  return made(judged, textAt(redacted, DESTINATION), DESTINATION, { adds, ...more });
}

/** A static secret of Vault. Unset, the operator looks again each minute, unless it keeps no HMAC to compare with. */
export function vaultStatic(judged: JudgedObject, redacted: JsonObject): readonly Made[] {
  const spec = objectAt(redacted, ["spec"]);
  const isInstant = objectAt(spec, ["syncConfig"])["instantUpdates"] === true;
  const after = textOf(spec["refreshAfter"]) ?? "";
  const seconds = secondsOf(after);
  const often =
    after === "" || seconds === 0
      ? spec["hmacSecretData"] === false
        ? null
        : "about every minute"
      : seconds === null
        ? "at an unreadable interval"
        : `every ${after}`;
  const words = isInstant ? "synced at each change in Vault" : often === null ? "fetched once" : `synced ${often}`;
  return [
    written(judged, redacted, {
      words,
      renewal: isInstant || often !== null ? "synced" : "still",
    }),
  ];
}

/** An application of HCP Vault Secrets. */
export function vaultApp(judged: JudgedObject, redacted: JsonObject): readonly Made[] {
  const after = textAt(redacted, ["spec", "refreshAfter"]) || "600s";
  const words = secondsOf(after) === null ? "synced at an unreadable interval" : `synced every ${after}`;
  return [written(judged, redacted, { words, renewal: "synced" })];
}

/** What Vault gives for a time. */
export function leased(words: string): Maker {
  return (judged, redacted) => [written(judged, redacted, { words, renewal: "rotated" })];
}
