import { describe, expect, test } from "@jest/globals";
import { findKeys, findKeysInValue, keyInBytes } from "../../../../src/core/evidence/keys.ts";

const BODY = "MC4CAQAwBQYDK2VwBCIEIGq9Tn3sVf8Wk2Lx7Zp5Rb4Yc6Ud1Hj0Mo8Qe3Ia9Kf";
const pem = (label: string, body = BODY) => [`-----BEGIN ${label}-----`, body, `-----END ${label}-----`].join("\n");
const PRIVATE = "PRIVATE KEY";
const kinds = (text: string) => findKeys(text).map(({ kind, detector }) => `${kind} ${detector}`);

describe("PEM", () => {
  test.each(["", "RSA ", "EC ", "DSA ", "OPENSSH "])("%sPRIVATE KEY", (label) => {
    const text = `before\n${pem(label + PRIVATE)}\nafter`;
    expect(kinds(text)).toEqual(["private-key key/pem"]);
    const [key] = findKeys(text);
    expect(text.slice(key?.start, key?.end)).toBe(pem(label + PRIVATE));
  });

  test("PGP, encrypted keys, keys in JSON, indented and cut-off ones", () => {
    expect(kinds(pem(`PGP ${PRIVATE} BLOCK`, `Version: x\n\n${BODY}`))).toEqual(["private-key key/pem"]);
    expect(kinds(pem(`ENCRYPTED ${PRIVATE}`))).toEqual(["encrypted-private-key key/pem"]);
    expect(kinds(pem(`RSA ${PRIVATE}`, `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n${BODY}`))).toEqual([
      "encrypted-private-key key/pem",
    ]);
    expect(kinds(`{"key":"${pem(PRIVATE).replaceAll("\n", "\\n")}"}`)).toEqual(["private-key key/pem"]);
    expect(kinds(pem(PRIVATE).replaceAll("\n", "\n    "))).toEqual(["private-key key/pem"]);
    expect(kinds(pem(PRIVATE).split("\n").slice(0, 2).join("\n"))).toEqual(["private-key key/pem"]);
    expect(kinds(`${pem(PRIVATE)}\n${pem(PRIVATE)}`)).toHaveLength(2);
  });

  test.each([
    pem("CERTIFICATE"),
    pem("CERTIFICATE REQUEST"),
    pem("PUBLIC KEY"),
    pem("X509 CRL"),
    pem("DH PARAMETERS"),
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@host",
    pem(PRIVATE, "..."),
    pem(PRIVATE, "<snip>"),
    pem(PRIVATE, "REDACTED"),
    pem(PRIVATE, `${BODY}\n...\n${BODY}`),
    pem(PRIVATE, "{{ .Values.tls.key }}"),
    pem(PRIVATE, ""),
    pem(PRIVATE, "A".repeat(80)),
    `grep -q "BEGIN RSA ${PRIVATE}" key.pem`,
    `-----BEGIN RSA ${PRIVATE}-----`,
  ])("public material and samples are none", (text) => {
    expect(findKeys(text)).toEqual([]);
  });
});

describe("other forms", () => {
  const part = "q9Tn3sVf8Wk2Lx7Zp5Rb4Yc6Ud1Hj0Mo8Qe3Ia9KfXy";
  test("JSON Web Keys: the private part", () => {
    const text = `{"kty":"EC","crv":"P-256","x":"${part}","y":"${part}","d":"${part}"}`;
    expect(kinds(text)).toEqual(["private-key key/jwk"]);
    const [key] = findKeys(text);
    expect(text.slice((key?.start ?? 0) - 5, key?.end)).toBe(`"d":"${part}`.slice(-part.length - 5));
    expect(kinds(`{"kty":"oct","k":"${part}"}`)).toEqual(["private-key key/jwk"]);
    expect(kinds(`{"kty":"RSA","n":"${part}","e":"AQAB"}`)).toEqual([]);
    expect(kinds(`{"keys":[{"kty":"RSA","n":"${part}"},{"kty":"oct","k":"${part}"}]}`)).toEqual([
      "private-key key/jwk",
    ]);
  });

  test("age keys, and service accounts of Google", () => {
    const age = ["AGE-SECRET", "KEY-1", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE"]
      .join("-")
      .replace("KEY-1-", "KEY-1");
    expect(kinds(`# public key: age1xyz\n${age}`)).toEqual(["private-key key/age"]);
    expect(kinds(age.slice(0, 20) + "X".repeat(50))).toEqual([]);
    const google = `{"type": "service_account", "private_key_id": "x", "private_key": "${pem(PRIVATE).replaceAll("\n", "\\n")}"}`;
    expect(kinds(google)).toEqual(["private-key key/gcp-service-account"]);
  });

  test("base64, once and twice", () => {
    const text = pem(`RSA ${PRIVATE}`);
    expect(findKeysInValue(btoa(text))).toMatchObject({
      decoded: true,
      keys: [{ kind: "private-key", detector: "key/pem" }],
    });
    expect(findKeysInValue(btoa(btoa(text)))).toMatchObject({ decoded: true, keys: [{ kind: "private-key" }] });
    expect(findKeysInValue(btoa(btoa(btoa(text)))).keys).toEqual([]);
    expect(findKeysInValue(btoa(pem("CERTIFICATE"))).keys).toEqual([]);
    expect(findKeysInValue(text)).toMatchObject({ decoded: false });
  });
});

describe("keystores", () => {
  const bytes = (...parts: (number | string)[]) =>
    Uint8Array.from(
      parts.flatMap((part) =>
        typeof part === "number" ? [part] : [...part].map((character) => character.charCodeAt(0)),
      ),
    );
  const zeros = Array.from({ length: 60 }, () => 7);
  const data = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
  const keyBag = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x02];
  const head = [0x30, 0x82, 0x01, 0x00, 2, 1, 3, 0x30, 0x82, 0x00, 0xf0];

  test("PKCS#12 with a key, without one", () => {
    expect(keyInBytes(bytes(...head, ...data, ...zeros, ...keyBag, ...zeros))).toEqual({
      kind: "private-key",
      detector: "key/pkcs12",
    });
    expect(keyInBytes(bytes(...head, ...data, ...zeros, ...zeros))).toBeNull();
  });

  test("JKS with a key, a truststore", () => {
    const certificate = [
      0,
      0,
      0,
      2,
      0,
      1,
      "a",
      ...Array.from({ length: 8 }, () => 0),
      0,
      5,
      "X.509",
      0,
      0,
      0,
      4,
      1,
      2,
      3,
      4,
    ];
    const magic = [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0, 0, 0, 2];
    expect(keyInBytes(bytes(...magic, ...certificate, 0, 0, 0, 1, ...zeros))).toEqual({
      kind: "private-key",
      detector: "key/jks",
    });
    expect(keyInBytes(bytes(...magic, ...certificate, ...certificate, ...certificate))).toBeNull();
    expect(keyInBytes(bytes(...magic, 0, 0, 0, 2, 255, 255, ...zeros))).toBeNull();
  });

  test("PKCS#8 in DER", () => {
    const rsa = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 5, 0];
    expect(keyInBytes(bytes(0x30, 0x82, 0x04, 0xbe, 2, 1, 0, ...rsa, ...zeros))).toEqual({
      kind: "private-key",
      detector: "key/der",
    });
    expect(keyInBytes(bytes(0x30, 0x82, 0x01, 0x22, ...rsa, ...zeros))).toBeNull();
  });
});

test.each<[string, () => string]>([
  ["headers", () => `-----BEGIN ${PRIVATE}-----`.repeat(36_000)],
  ["types", () => '{"kty":"oct",'.repeat(76_000)],
  ["PuTTY files", () => "PuTTY-User-Key-File-2:".repeat(45_000)],
  ["base64", () => `LS0tL${"A".repeat(1_000_000)}`],
  ["age", () => "AGE-SECRET-KEY-1".repeat(60_000)],
])("a megabyte of %s ends", (_, make) => {
  expect(findKeysInValue(make()).keys.length).toBeGreaterThanOrEqual(0);
});
