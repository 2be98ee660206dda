import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { readCertificate } from "../../../../src/adapters/certificates/read.ts";
import { signatureOf } from "../../../../src/adapters/certificates/signature.ts";
import { makeCertificate, type CertificateRequest } from "../../../support/certificate.ts";

const derOf = (request: CertificateRequest): Uint8Array => new X509Certificate(makeCertificate(request).cert).raw;

describe("readCertificate", () => {
  test("says when a certificate holds and what it is made with", () => {
    const dates = { notBefore: new Date("2025-01-01T00:00:00Z"), notAfter: new Date("2026-02-03T04:05:06Z") };
    expect(readCertificate(derOf({ ...dates, subject: "shop", issuer: "internal" }))).toEqual({
      notBefore: 1_735_689_600,
      notAfter: 1_770_091_506,
      authority: false,
      selfSigned: false,
      signature: "ecdsaWithSHA256",
      key: "ec",
      bits: 256,
    });
  });

  test.each<[string, CertificateRequest, object]>([
    ["a certificate authority", { authority: true }, { authority: true, selfSigned: true }],
    ["a self-signed leaf", {}, { authority: false, selfSigned: true }],
    ["a short key", { key: "rsa-1024" }, { key: "rsa", bits: 1024, signature: "sha256WithRSA" }],
    ["SHA-1 over RSA", { key: "rsa-2048", digest: "sha1" }, { key: "rsa", bits: 2048, signature: "sha1WithRSA" }],
    ["SHA-1 over ECDSA", { digest: "sha1" }, { signature: "ecdsaWithSHA1" }],
    ["a day of one digit", { notAfter: new Date("2026-02-03T04:05:06Z") }, { notAfter: 1_770_091_506 }],
    ["no end", { notAfter: new Date("9999-12-31T23:59:59Z") }, { notAfter: 253_402_300_799 }],
  ])("%s", (_, request, expected) => {
    expect(readCertificate(derOf(request))).toMatchObject(expected);
  });

  test("tells nothing that the certificate holds as text", () => {
    const facts = readCertificate(
      derOf({ subject: "unseen-subject", issuer: "unseen-issuer", names: ["unseen.example"] }),
    );
    expect(JSON.stringify(facts)).not.toContain("unseen");
  });

  test("bytes that are no certificate give nothing, and a broken one no exception", () => {
    expect(readCertificate(new Uint8Array())).toBeNull();
    expect(readCertificate(new TextEncoder().encode("no certificate"))).toBeNull();
    const whole = derOf({ key: "rsa-1024" });
    for (let at = 0; at < whole.length; at++) {
      const broken = Uint8Array.from(whole);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      expect(() => readCertificate(broken)).not.toThrow();
      expect(() => readCertificate(whole.subarray(0, at))).not.toThrow();
    }
  });

  test("a key of an unknown kind is told as such", () => {
    const der = Buffer.from(derOf({}));
    // The curve of the key, P-256, becomes one that nobody knows.
    der.set([0x7f], der.indexOf(Buffer.from("2a8648ce3d030107", "hex")) + 7);
    expect(readCertificate(der)).toMatchObject({ key: "other", bits: null });
  });
});

describe("signatureOf", () => {
  test("an algorithm that is not known is other", () => {
    const der = Buffer.from(derOf({}));
    der.set([0x7f], der.lastIndexOf(Buffer.from("2a8648ce3d040302", "hex")) + 7);
    expect(signatureOf(der)).toBe("other");
  });

  test.each([
    ["nothing", ""],
    ["a tag alone", "30"],
    ["a length that is not there", "3084"],
    ["a length of too many bytes", "3085ffffffffff30"],
    ["a length beyond the end", "3082ffff3000"],
    ["no algorithm", "30023000"],
    ["an algorithm without a name", "300430003000"],
  ])("%s", (_, hex) => {
    expect(signatureOf(Buffer.from(hex, "hex"))).toBe("other");
  });
});
