import { decodeBase64Text } from "./base64.ts";

/** The credential of an HTTP header that is written out in a text, in UTF-16 offsets. */
export interface HeaderSpan {
  readonly keyName: string;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly value: string;
}

const AUTHORIZATION =
  /\b((?:proxy-)?authorization)["']?\s{0,3}[:=]?\s{0,3}["']?(?:bearer|basic|token|apikey|key|digest|splunk|negotiate)\s{1,3}((?:\{\{[^}\n]{0,200}\}\}|\$\([^)\n]{0,200}\)|\$\{[^}\n]{0,200}\}|[^\s"'`,;\\)]){1,4000})/gi;
const KEY_HEADER =
  /\b(x-(?:api|auth|vault|gitlab|access|amz-security|consul|nomad|goog-api|functions)-?(?:key|token)|private-token|job-token|api-key|apikey|x-apikey|dd-api-key|dd-application-key)["']?\s{0,3}:\s{0,3}["']?([^\s"'`,;\\)]{1,4000})/gi;

/** RFC 7617: user and password in base64. */
const WHOLE_BASIC = /^Basic ([A-Za-z0-9+/]{8,2000}={0,2})$/;

/**
 * Headers that carry a credential, in command lines, scripts and configuration: `Authorization:
 * Bearer …` and the usual headers for API keys. The span is that of the credential alone.
 */
export function findHeaders(text: string): readonly HeaderSpan[] {
  const spans: HeaderSpan[] = [];
  // A value that is all of a header's value, whatever its own name.
  const basic = WHOLE_BASIC.exec(text);
  if (basic !== null && decodeBase64Text(basic[1] ?? "")?.includes(":") === true) {
    const value = basic[1] ?? "";
    spans.push({ keyName: "Authorization", valueStart: 6, valueEnd: 6 + value.length, value });
  }
  if (!/authorization|token|key/i.test(text)) return spans;
  for (const pattern of [AUTHORIZATION, KEY_HEADER]) {
    for (const { index, 0: match, 1: keyName = "", 2: value = "" } of text.matchAll(pattern)) {
      const valueEnd = index + match.length;
      spans.push({ keyName, valueStart: valueEnd - value.length, valueEnd, value });
    }
  }
  return spans;
}

const SCHEME = /^(?:bearer|basic|token|apikey|key|digest|splunk)\s+/i;

/** Whether a header of this name carries a credential. */
export function isCredentialHeader(name: string): boolean {
  return /^(?:(?:proxy-)?authorization|x-(?:api|auth|vault|gitlab|access|consul|nomad)-?(?:key|token)|private-token|job-token|api-?key)$/i.test(
    name.trim(),
  );
}

/** Where the credential starts in the value of a header: behind the scheme (RFC 9110, 11.4). */
export function headerCredentialStart(value: string): number {
  const lead = value.length - value.trimStart().length;
  return lead + (SCHEME.exec(value.slice(lead))?.[0].length ?? 0);
}
