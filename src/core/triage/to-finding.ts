import { LOOSE } from "../../model/document.ts";
import type { Finding, ObjectIdentity, RelatedLocation } from "../../model/finding.ts";
import type { RuleId } from "../../model/rule.ts";
import { identityOf, type Lookup } from "./located.ts";
import { fillMessage } from "./message.ts";
import type { Settled } from "./settled.ts";

/** The finding that a group of settled ones is, as reports tell it; nothing in it shows a secret. */
export function toFinding(
  group: readonly [Settled, ...Settled[]],
  also: readonly RuleId[],
  fingerprint: string,
  lookup: Lookup,
): Finding {
  const [{ located, placed, severity }] = group;
  const { raw, metadata, judged } = located;
  const variant = metadata.variants[raw.variant];
  const message = fillMessage(variant?.message ?? "", raw.args);
  const related: RelatedLocation[] = placed.related.map((other) => ({
    ...lookup.conceal(other),
    message: other.message,
  }));
  for (const place of raw.related) {
    const other = lookup.object(place.object);
    if (other === undefined) continue;
    const text = fillMessage(metadata.related[place.label] ?? place.label, raw.args);
    related.push({ ...lookup.conceal(lookup.locateWritten(other, place.path)), message: lookup.safe(text) });
  }
  return {
    rule: raw.rule,
    variant: raw.variant,
    severity,
    message: lookup.safe(message),
    location: lookup.conceal(placed.location),
    related,
    object: safeIdentity(identityOf(judged), lookup.safe),
    unit: judged?.object.units[0] ?? LOOSE,
    values: valuesOf(group),
    path: raw.path.map((step) => (typeof step === "string" ? lookup.safe(step) : step)),
    region: raw.region.map((step) => (typeof step === "string" ? lookup.safe(step) : step)),
    also,
    fingerprint,
    status: "new",
    waiver: null,
    fix: judged === null || placed.values !== null ? null : lookup.fix(judged, raw.path, variant?.fixes ?? []),
  };
}

// What shows whatever the values are is not the values' doing.
function valuesOf(group: readonly Settled[]): readonly string[] {
  const values = [...new Set(group.flatMap(({ placed }) => placed.values ?? []))].sort();
  return values.length > 1 && values.length === group[0]?.placed.renderings ? [""] : values;
}

function safeIdentity(identity: ObjectIdentity | null, safe: (text: string) => string): ObjectIdentity | null {
  if (identity === null) return null;
  const { apiVersion, kind, namespace, name } = identity;
  return { apiVersion: safe(apiVersion), kind: safe(kind), namespace: safe(namespace), name: safe(name) };
}
