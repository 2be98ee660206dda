import { isJsonObject, type Json } from "../../model/json.ts";
import { decodeBase64Text } from "./base64.ts";

/**
 * The detector's name for a hit, told more exactly for JSON Web Tokens (RFC 7519) by what they say of
 * themselves: `pattern/jwt-service-account` for tokens of Kubernetes, which may never expire,
 * `pattern/jwt-expired` and `pattern/jwt-unexpired` where `clock` (seconds since 1970) is given;
 * `pattern/jwt` where they say nothing. Other hits keep their name.
 */
export function jwtDetector(detector: string, token: string, clock: number | undefined): string {
  if (detector !== "pattern/jwt") return detector;
  const claims = claimsOf(token);
  if (claims === null) return detector;
  const { iss, sub, exp } = claims;
  if (clock !== undefined && typeof exp === "number" && exp <= clock) return "pattern/jwt-expired";
  if (iss === "kubernetes/serviceaccount" || (typeof sub === "string" && sub.startsWith("system:serviceaccount:")))
    return "pattern/jwt-service-account";
  return clock !== undefined && typeof exp === "number" ? "pattern/jwt-unexpired" : detector;
}

function claimsOf(token: string): { readonly [claim: string]: Json } | null {
  const text = decodeBase64Text(token.split(".")[1] ?? "");
  if (text === null) return null;
  try {
    const claims = JSON.parse(text) as Json;
    return isJsonObject(claims) ? claims : null;
  } catch {
    return null;
  }
}
