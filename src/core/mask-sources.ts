import type { SourceText } from "../model/document.ts";
import type { Finding } from "../model/finding.ts";
import type { MaskedSources } from "../model/report.ts";
import { announcedSecrets } from "./evidence/announced.ts";
import { maskText } from "./evidence/redact.ts";
import { SecretPlaces, type SecretRanges } from "./evidence/secret-ranges.ts";

/**
 * The masked texts of the files that findings stand in or refer to. Of files that are no manifests
 * (`isManifest`) less is known, so what a name announces as a secret is masked there too.
 */
export function maskSources(
  findings: readonly Finding[],
  sources: ReadonlyMap<string, SourceText>,
  secretsOf: (uri: string) => SecretRanges,
  isManifest: (uri: string) => boolean,
): MaskedSources {
  const shown = new Set(findings.flatMap(({ location, related }) => [location.uri, ...related.map(({ uri }) => uri)]));
  const masked = new Map<string, ReturnType<typeof maskText>>();
  const places = new SecretPlaces();
  for (const uri of shown) {
    const source = sources.get(uri);
    if (source === undefined) continue;
    const announced = isManifest(uri) ? [] : announcedSecrets(source.text, uri);
    for (const [start, end] of [...secretsOf(uri), ...announced]) places.add(uri, start, end);
    masked.set(uri, maskText(source, places.of(uri)));
  }
  return masked;
}
