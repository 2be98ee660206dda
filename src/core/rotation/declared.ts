import { valueAt, type DataPath } from "../../model/json.ts";
import { readDuration } from "../facts/durations.ts";
import { readTime } from "../facts/times.ts";
import type { JudgedObject } from "../input/policy-input.ts";

/** What the author of an object declares about the rotation of the secret that it makes. */
export interface Declaration {
  /** In words; only values of the shape that they should have are quoted. */
  readonly words: string;
  /** Whether something rotates it: an interval, or somebody who does it. */
  readonly isScheduled: boolean;
  /** Whether the value is meant never to change. */
  readonly isStatic: boolean;
  /** Whether the last rotation is longer ago than the interval. */
  readonly isOverdue: boolean;
  /** `cronjob/rotate-db`; `null` where nobody is named. */
  readonly by: { readonly kind: string; readonly name: string } | null;
}

const OWN: DataPath = ["metadata", "annotations"];
const TEMPLATES: ReadonlyMap<string, readonly DataPath[]> = new Map([
  ["SealedSecret", [["spec", "template", ...OWN]]],
  ["ExternalSecret", [["spec", "target", "template", ...OWN]]],
  [
    "ClusterExternalSecret",
    [
      ["spec", "externalSecretMetadata", "annotations"],
      ["spec", "externalSecretSpec", "target", "template", ...OWN],
    ],
  ],
  ["Certificate", [["spec", "secretTemplate", "annotations"]]],
  ...["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp"].map(
    (kind): [string, readonly DataPath[]] => [kind, [["spec", "destination", "annotations"]]],
  ),
]);

/** Where annotations stand that count for the secret which an object makes: its own, and those of the Secret's template. */
export function annotationPlaces(kind: string): readonly DataPath[] {
  return [OWN, ...(TEMPLATES.get(kind) ?? [])];
}

/** Reads `<prefix>/rotation-interval`, `last-rotated`, `rotated-by` and `rotation`; `null` where there are none. */
export function declarationOf({ object, redacted }: JudgedObject, prefix: string, clock: number): Declaration | null {
  const read = (name: string): string | null => {
    for (const place of annotationPlaces(object.kind)) {
      const value = valueAt(redacted, [...place, `${prefix}/${name}`]);
      if (value !== undefined && value !== null) return typeof value === "string" ? value : "";
    }
    return null;
  };
  const [interval, last, managed] = [read("rotation-interval"), read("last-rotated"), read("rotation-managed-by")];
  const rotator = read("rotated-by");
  const isStatic = read("rotation") === "static";
  if (!isStatic && [interval, last, rotator, managed].every((value) => value === null)) return null;
  const seconds = interval === null ? null : (readDuration(interval)?.plain ?? null);
  const time = last === null ? null : readTime(last);
  const [, kind, name] = /^([A-Za-z]{1,63})\/([a-z0-9][a-z0-9.-]{0,252})$/.exec(rotator ?? "") ?? [];
  const by = kind === undefined || name === undefined ? null : { kind, name };
  const words = [
    ...(isStatic ? ["never rotated"] : []),
    ...(interval === null ? [] : [seconds === null ? "every (unreadable)" : `every ${interval}`]),
    ...(last === null ? [] : [time === null ? "last (unreadable)" : `last ${last}`]),
    ...(rotator === null ? [] : [by === null ? "by (unreadable)" : `by ${by.kind}/${by.name}`]),
    ...(managed === null
      ? []
      : [/^[A-Za-z][A-Za-z0-9 ./_-]{0,62}$/.test(managed) ? `by ${managed}` : "by (unreadable)"]),
  ];
  return {
    words: `declared: ${words.join(", ")}`,
    isScheduled: (seconds !== null && seconds > 0) || by !== null || (managed ?? "") !== "",
    isStatic,
    isOverdue: seconds !== null && time !== null && time + seconds < clock,
    by,
  };
}
