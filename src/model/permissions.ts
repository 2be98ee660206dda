import type { ObjectIdentity } from "./finding.ts";

/** A right over Secrets, or one that leads to more rights, that a subject has through a binding. */
export interface Permission {
  /** `ServiceAccount agents/planner`, `Group system:authenticated`, `User jane`. */
  readonly subject: string;
  /** What it can do, as the end of "can …": `read Secrets`. */
  readonly right: string;
  /** Where: `in every namespace`, `in namespace shop`, with the names of the objects where only those are meant. */
  readonly scope: string;
  readonly binding: ObjectIdentity;
  readonly role: Pick<ObjectIdentity, "kind" | "name">;
  /** File of the binding, and the line of its name (1-based); `null` where only the file is known. */
  readonly uri: string;
  readonly line: number | null;
}

/** What a change does to rights over Secrets and to rights that lead to more. Text in it needs escaping. */
export interface PermissionDelta {
  readonly gained: readonly Permission[];
  readonly lost: readonly Permission[];
}
