/** What decides about colour. */
export interface ColorChoice {
  /** `--color` or `--no-color`; `null` where neither is given. */
  readonly flag: boolean | null;
  readonly env: { readonly [name: string]: string | undefined };
  readonly isTTY: boolean;
}

/**
 * Whether to write ANSI colour: the flag, then `FORCE_COLOR` and `NO_COLOR` (https://no-color.org;
 * the former wins, as in Node), then whether a terminal that is not `dumb` reads it.
 */
export function useColor({ flag, env, isTTY }: ColorChoice): boolean {
  if (flag !== null) return flag;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env["NO_COLOR"]) return false;
  return isTTY && env["TERM"] !== "dumb";
}
