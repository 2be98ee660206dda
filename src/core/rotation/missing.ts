import type { RotationEntry } from "../../model/rotation.ts";
import type { Declaration } from "./declared.ts";
import type { Made } from "./made.ts";
import { ONLY_RESTART } from "./notices.ts";

export const NO_PRODUCER = "no producer in the set";
export const NO_CONSUMER = "no consumer in the set";

/** Consumers that are named in one text; the rest is counted. */
const MOST_NAMED = 10;

/** A maker with what its author declares. */
export interface DeclaredMaker {
  readonly maker: Made;
  readonly declaration: Declaration | null;
}

/** What an entry lacks, in words. `isNeeded` tells whether some use is not optional, `isThere` whether the set has an object of a kind (in lower case) and name. */
export function missingIn(
  makers: readonly DeclaredMaker[],
  consumers: RotationEntry["consumers"],
  isNeeded: boolean,
  isThere: (kind: string, name: string) => boolean,
): readonly string[] {
  const missing: string[] = [];
  if (makers.length === 0) missing.push(isNeeded ? NO_PRODUCER : `${NO_PRODUCER}, though every use is optional`);
  else {
    const owners = makers.filter(({ maker }) => !maker.adds);
    if (new Set(owners.map(({ maker }) => maker.judged.object.id)).size > 1) missing.push("more than one producer");
    missing.push(...scheduleOf(makers));
  }
  for (const { declaration } of makers) {
    if (declaration === null) continue;
    if (declaration.isOverdue) missing.push("last rotation is longer ago than the declared interval");
    const { by } = declaration;
    // Jobs of the cluster are in the set; who else rotates may be outside of it.
    if (by !== null && /^(?:cron)?job$/i.test(by.kind) && !isThere(by.kind.toLowerCase(), by.name)) {
      missing.push(`rotator ${by.kind}/${by.name} is not in the set`);
    }
  }
  if (consumers.length === 0) missing.push(NO_CONSUMER);
  const deaf = consumers.filter(({ notices }) => notices === ONLY_RESTART);
  const names = [...new Set(deaf.map(({ object }) => `${object.kind} ${object.name}`))];
  if (names.length > 0) {
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
    missing.push(`consumer does not notice: ${names.slice(0, MOST_NAMED).join(", ")}${more}`);
  }
  return [...new Set(missing)];
}

function scheduleOf(makers: readonly DeclaredMaker[]): readonly string[] {
  const isSettled = makers.some(
    ({ maker, declaration }) =>
      maker.renewal === "rotated" || declaration?.isScheduled === true || declaration?.isStatic === true,
  );
  if (isSettled) return [];
  // What is synced follows the store; who changes the value there is another question.
  return [
    makers.some(({ maker }) => maker.renewal === "synced")
      ? "no rotation declared for the value in the store"
      : "no schedule",
  ];
}
