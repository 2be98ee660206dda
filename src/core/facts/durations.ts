/**
 * A duration text, read by each grammar that Kubernetes tools use. Every value is in seconds; a
 * grammar that refuses the text is left out, so that a rule asks for the grammar of its field and
 * never takes `30d` for something that a Go program would accept.
 *
 * - `go`: Go's `time.ParseDuration` (https://pkg.go.dev/time#ParseDuration), what every
 *   `metav1.Duration` field takes: `1h30m`, `-5s`, `1.5h`, `0`.
 * - `vso`: one number and one of `s`, `m`, `h`, the pattern in the CRDs of the Vault Secrets Operator.
 * - `pki`: the same with `d`, the pattern of `VaultPKISecret`'s `ttl`.
 * - `proto`: a protobuf JSON duration such as `2592000s` (Google Cloud APIs).
 * - `iso`: ISO 8601, as `P30D` or `PT12H` (Azure); a month counts 30 days and a year 365.
 * - `plain`: what people write in our annotations: Go durations, `30d` and `4w`.
 */
export interface DurationReadings {
  readonly go?: number;
  readonly vso?: number;
  readonly pki?: number;
  readonly proto?: number;
  readonly iso?: number;
  readonly plain?: number;
}

/** Longer texts are no durations; keeps the expressions below cheap on hostile input. */
export const MAX_DURATION_LENGTH = 48;

/** Go refuses what does not fit into 64 bits of nanoseconds, about 292 years. */
const MAX_GO_SECONDS = 9_223_372_036;

const GO_UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  "\u00b5s": 1e-6,
  "\u03bcs": 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
const DAY_UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

const GO_SHAPE = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/u;
const GO_TERM = /(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/gu;
const SINGLE_UNIT = /^(\d+(?:\.\d+)?)([smhdw])$/;
const PROTO_SHAPE = /^-?\d{1,12}(?:\.\d{1,9})?s$/;
const ISO_SHAPE =
  /^P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const ISO_SECONDS = [365 * 86_400, 30 * 86_400, 604_800, 86_400, 3600, 60, 1] as const;

/** Reads `text` by all grammars; `null` where none of them takes it. */
export function readDuration(text: string): DurationReadings | null {
  if (text.length === 0 || text.length > MAX_DURATION_LENGTH) return null;
  const go = readGoDuration(text);
  const readings: { -readonly [grammar in keyof DurationReadings]: number } = {};
  if (go !== null) readings.go = go;
  const single = SINGLE_UNIT.exec(text);
  if (single !== null) {
    const [, amount = "", unit = ""] = single;
    const seconds = Number(amount) * (DAY_UNITS[unit] ?? 0);
    if (unit !== "w") readings.pki = seconds;
    if (unit !== "w" && unit !== "d") readings.vso = seconds;
    readings.plain = seconds;
  }
  if (PROTO_SHAPE.test(text)) readings.proto = Number(text.slice(0, -1));
  const iso = readIsoDuration(text);
  if (iso !== null) readings.iso = iso;
  if (go !== null) readings.plain = go;
  return Object.keys(readings).length === 0 ? null : readings;
}

/** The seconds of a Go duration, or `null` where `time.ParseDuration` would return an error. */
export function readGoDuration(text: string): number | null {
  if (text.length > MAX_DURATION_LENGTH) return null;
  if (/^[-+]?0$/.test(text)) return 0;
  if (!GO_SHAPE.test(text)) return null;
  let seconds = 0;
  for (const [, amount = "", unit = ""] of text.matchAll(GO_TERM)) {
    seconds += Number(amount) * (GO_UNITS[unit] ?? 0);
  }
  if (seconds > MAX_GO_SECONDS) return null;
  return text.startsWith("-") && seconds !== 0 ? -seconds : seconds;
}

function readIsoDuration(text: string): number | null {
  const parts = ISO_SHAPE.exec(text);
  if (parts === null) return null;
  return ISO_SECONDS.reduce((sum, unit, index) => sum + Number(parts[index + 1] ?? 0) * unit, 0);
}
