import { generateKeyPairSync, sign, type KeyPairKeyObjectResult } from "node:crypto";

/** A key and a certificate that it signs itself, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** What a certificate says; all of it has a default. */
export interface CertificateRequest {
  readonly subject?: string;
  /** The subject where it is not given: the certificate is then self-signed. */
  readonly issuer?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly authority?: boolean;
  readonly key?: "ec" | "rsa-1024" | "rsa-2048";
  readonly digest?: "sha1" | "sha256";
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
}

// DER (ITU-T X.690): a tag, the length, and the content.
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, "hex"));
const name = (text: string): Buffer => sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(text)))));
const digits = (date: Date): string => date.toISOString().replace(/[-:T]|\.\d+/g, "");
const time = (date: Date): Buffer =>
  date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits(date).slice(2))) : der(0x18, Buffer.from(digits(date)));

const NULL = der(0x05);
const ALGORITHMS = {
  ec: { sha1: sequence(oid("2a8648ce3d0401")), sha256: sequence(oid("2a8648ce3d040302")) },
  rsa: { sha1: sequence(oid("2a864886f70d010105"), NULL), sha256: sequence(oid("2a864886f70d01010b"), NULL) },
} as const;

function keyPair(kind: NonNullable<CertificateRequest["key"]>): KeyPairKeyObjectResult {
  if (kind === "ec") return generateKeyPairSync("ec", { namedCurve: "P-256" });
  return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice("rsa-".length)) });
}

/** Makes a certificate (RFC 5280), signed by its own key whoever the issuer is; it holds for a day. */
export function makeCertificate(request: CertificateRequest = {}): Certificate {
  const { key = "ec", digest = "sha256", authority = false, subject = "portcullis test", issuer = subject } = request;
  const { notBefore = new Date(Date.now() - 3_600_000), notAfter = new Date(Date.now() + 86_400_000) } = request;
  const { publicKey, privateKey } = keyPair(key);
  const algorithm = ALGORITHMS[key === "ec" ? "ec" : "rsa"][digest];
  const alternatives = sequence(
    ...(request.names ?? []).map((text) => der(0x82, Buffer.from(text))),
    ...(request.addresses ?? []).map((address) => der(0x87, Buffer.from(address.split(".").map(Number)))),
  );
  const constraints = authority ? sequence(der(0x01, Buffer.from([255]))) : sequence();
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name(issuer),
    sequence(time(notBefore), time(notAfter)),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(
      0xa3,
      sequence(sequence(oid("551d11"), der(0x04, alternatives)), sequence(oid("551d13"), der(0x04, constraints))),
    ),
  );
  const signature = der(0x03, Buffer.from([0]), sign(digest, body, privateKey));
  const lines =
    sequence(body, algorithm, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
  };
}

/** Makes a certificate for names and IPv4 addresses that a client can be told to trust; it holds for a day. */
export function selfSigned(names: readonly string[], addresses: readonly string[]): Certificate {
  return makeCertificate({ names, addresses, authority: true });
}
