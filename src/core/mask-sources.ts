import type { SourceText } from "../model/document.ts";
import type { Finding } from "../model/finding.ts";
import type { MaskedSources } from "../model/report.ts";
import { maskText } from "./evidence/redact.ts";
import type { SecretRanges } from "./evidence/secret-ranges.ts";

/** The masked texts of the files that findings stand in or refer to. */
export function maskSources(
  findings: readonly Finding[],
  sources: ReadonlyMap<string, SourceText>,
  secretsOf: (uri: string) => SecretRanges,
): MaskedSources {
  const shown = new Set(findings.flatMap(({ location, related }) => [location.uri, ...related.map(({ uri }) => uri)]));
  const masked = new Map<string, ReturnType<typeof maskText>>();
  for (const uri of shown) {
    const source = sources.get(uri);
    if (source !== undefined) masked.set(uri, maskText(source, secretsOf(uri)));
  }
  return masked;
}
