import type { CertificateFacts } from "../../model/certificate.ts";
import type { KubernetesObject } from "../../model/document.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { decodeBase64, decodeBase64Text } from "../evidence/base64.ts";
import type { CertificateReader } from "../ports.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

/**
 * What stands in every text that holds a certificate: `CERTIFICATE-----`, plain or in base64, which
 * depends on where among three bytes it begins.
 */
const HINTS = ["CERTIFICATE-----", "Q0VSVElGSUNBVEUtLS0tL", "NFUlRJRklDQVRFLS0tLS", "DRVJUSUZJQ0FURS0tLS0t"] as const;

/** Longest text that is searched, in UTF-16 units: what a Secret can hold, in base64. */
const LONGEST_TEXT = 2_000_000;
/** Longest certificate that is read, in base64; ordinary ones have 2,000 characters. */
const LONGEST_CERTIFICATE = 32_768;
/** Most certificates that are read in one run; one that stands in several places counts once. */
const MOST_READ = 5_000;
/** Most certificates that are told of in one run. */
const MOST_TOLD = 20_000;
const MAX_DEPTH = 100;

/**
 * Finds the certificates in objects and says what can be said of them without telling them. Most
 * objects are done with a look at the text of their file. What lies beyond the limits is not told of;
 * what is no certificate neither.
 */
export class CertificateFinder {
  readonly #read: CertificateReader;
  readonly #files = new Map<string, boolean>();
  readonly #certificates = new Map<string, CertificateFacts | null>();
  #told = 0;

  constructor(read: CertificateReader) {
    this.#read = read;
  }

  /** The certificates in an object, each with its path, as the policy input's `facts.certificates` has them. */
  in(object: KubernetesObject): readonly JsonObject[] {
    const found: JsonObject[] = [];
    if (this.#mayHold(object)) this.#visit(object.value, [], found);
    return found;
  }

  #mayHold({ origin: { source } }: KubernetesObject): boolean {
    let may = this.#files.get(source.uri);
    if (may === undefined) {
      may = HINTS.some((hint) => source.text.includes(hint));
      this.#files.set(source.uri, may);
    }
    return may;
  }

  #visit(value: Json, path: (string | number)[], found: JsonObject[]): void {
    if (typeof value === "string") {
      for (const facts of this.#inText(value)) {
        if (this.#told === MOST_TOLD) return;
        this.#told++;
        found.push({ path: [...path], ...facts });
      }
    } else if (path.length === MAX_DEPTH) {
      return;
    } else if (isJsonArray(value)) {
      for (const [index, item] of value.entries()) this.#descend(item, index, path, found);
    } else if (isJsonObject(value)) {
      for (const key of Object.keys(value)) this.#descend(value[key] ?? null, key, path, found);
    }
  }

  #descend(value: Json, step: string | number, path: (string | number)[], found: JsonObject[]): void {
    if (value === null) return;
    path.push(step);
    this.#visit(value, path, found);
    path.pop();
  }

  #inText(text: string): readonly CertificateFacts[] {
    if (text.length < BEGIN.length || text.length > LONGEST_TEXT) return [];
    const [plain] = HINTS;
    if (text.includes(plain)) return this.#inPem(text);
    const compact = /\s/.test(text) ? text.replace(/\s+/g, "") : text;
    if (!HINTS.some((hint) => compact.includes(hint))) return [];
    return this.#inPem(decodeBase64Text(compact) ?? "");
  }

  #inPem(text: string): readonly CertificateFacts[] {
    const found: CertificateFacts[] = [];
    for (let at = text.indexOf(BEGIN); at !== -1; at = text.indexOf(BEGIN, at)) {
      at += BEGIN.length;
      const end = text.indexOf("-----", at);
      if (end === -1) break;
      if (end - at > LONGEST_CERTIFICATE || !text.startsWith(END, end)) continue;
      const facts = this.#certificate(text.slice(at, end));
      if (facts !== null) found.push(facts);
      at = end;
    }
    return found;
  }

  // In a text that holds JSON, the lines of a certificate end in `\n` as it is written there.
  #certificate(body: string): CertificateFacts | null {
    const base64 = body.replace(/\s+|\\[nrt]/g, "");
    const known = this.#certificates.get(base64);
    if (known !== undefined) return known;
    if (this.#certificates.size === MOST_READ) return null;
    const der = decodeBase64(base64);
    const facts = der === null ? null : this.#read(der);
    this.#certificates.set(base64, facts);
    return facts;
  }
}
