/** A dependency could not be fetched; the message is ours and is shown as the reason. */
export class FetchError extends Error {
  override readonly name = "FetchError";
}

const REASONS: { readonly [code: string]: string } = {
  EAI_AGAIN: "cannot be resolved",
  ECONNREFUSED: "refuses the connection",
  ECONNRESET: "breaks the connection off",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  ENOTFOUND: "cannot be resolved",
  ETIMEDOUT: "does not answer",
};

/** Says in our words why a request to `host` failed; what came over the network is not quoted. */
export function networkReason(error: unknown, host: string, signal: AbortSignal): string {
  if (signal.aborted) return `${host} takes too long`;
  const code = codeOf(error);
  if (/^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code))
    return `the certificate of ${host} is not trusted (${code})`;
  const known = REASONS[code];
  if (known !== undefined) return `${host} ${known}`;
  return `the connection to ${host} failed${code === "" ? "" : ` (${code})`}`;
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  // Where several addresses were tried, the errors of all of them come together.
  if ("errors" in error && Array.isArray(error.errors) && error.errors.length > 0) return codeOf(error.errors[0]);
  return "code" in error && typeof error.code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(error.code)
    ? error.code
    : "";
}
