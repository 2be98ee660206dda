declare const redacted: unique symbol;

/**
 * Text that is safe to show: every stretch that may be a secret has been replaced. Only
 * `core/evidence/redact.ts` makes values of this type, so nothing else can be printed where one is
 * asked for.
 */
export type Redacted = string & { readonly [redacted]: true };

/** What stands in the place of a secret in source text: always the same, whatever it hides. */
export const MASK = "••••••••";
