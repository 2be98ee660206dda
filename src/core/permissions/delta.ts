import type { Permission, PermissionDelta } from "../../model/permissions.ts";

/**
 * What a change gives and takes: permissions of the head that the base lacks, and the other way round. A right that a subject
 * keeps through another binding, at least as far, is neither gained nor lost.
 */
export function permissionDelta(base: readonly Permission[], head: readonly Permission[]): PermissionDelta {
  return { gained: without(head, base), lost: without(base, head) };
}

function without(some: readonly Permission[], others: readonly Permission[]): readonly Permission[] {
  const covered = new Set(others.map(keyOf));
  const seen = new Set<string>();
  return some
    .filter((permission) => {
      const key = keyOf(permission);
      if (seen.has(key) || widerKeys(permission).some((wider) => covered.has(wider))) return false;
      seen.add(key);
      return true;
    })
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function keyOf({ subject, right, scope }: Permission): string {
  return JSON.stringify([subject, right, scope]);
}

// Who can do everything, or the same everywhere, already had what is narrower.
function widerKeys({ subject, right, scope }: Permission): readonly string[] {
  const unnamed = scope.replace(/^named .* (?=in )/, "");
  return [right, "do everything"].flatMap((each) =>
    [scope, unnamed, "in every namespace"].map((where) => JSON.stringify([subject, each, where])),
  );
}

function orderOf({ subject, right, scope }: Permission): string {
  return [subject, right, scope].join("\0");
}
