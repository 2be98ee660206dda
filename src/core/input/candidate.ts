import { createManifestScan } from "./manifest-scan.ts";
import { hasManifestExtension } from "./text-kinds.ts";

/** What is known about a file besides its text. */
export interface CandidateContext {
  /** In a chart's `templates/`, or one of its values files: the chart renderer's, never a candidate. */
  readonly inChart: boolean;
  /** Named by a kustomization as something that holds objects. */
  readonly inKustomization: boolean;
  /** Named by the user, one by one. */
  readonly named: boolean;
}

// `api\u0056ersion` in a quoted key is the same key: JSON (RFC 8259 §7) and YAML 1.2 §5.7 escapes of
// letters and digits, which nobody writes without a reason.
const ESCAPED_LETTER = /\\(?:x[4-7]|u00[4-7]|U000000[4-7])/;

/**
 * Whether the text can hold a Kubernetes object at all; false for nearly all other files, at the
 * cost of two substring searches. A file for which this holds has to be parsed to know; failing to
 * parse is an error only where `isCandidate` holds as well.
 */
export function mayHoldObjects(text: string): boolean {
  return (text.includes("apiVersion") && text.includes("kind")) || ESCAPED_LETTER.test(text);
}

/**
 * Whether the file is one that the gate must be able to parse: its raw text has the top-level keys
 * `apiVersion` and `kind` in one document, or something names it. Works on text that no parser
 * accepts, in time linear to its length.
 */
export function isCandidate(text: string, uri: string, context: CandidateContext): boolean {
  if (context.inChart) return false;
  if (context.inKustomization) return true;
  if (hasManifestExtension(uri)) return context.named || holdsManifest(text);
  return context.named && holdsManifest(text);
}

/** Whether a document of the raw text has both keys at its top level. */
export function holdsManifest(text: string): boolean {
  if (!mayHoldObjects(text)) return false;
  const scan = createManifestScan();
  scan.push(text);
  scan.end();
  return scan.found();
}
