/** What is told of an X.509 certificate (RFC 5280): no name in it, and no number that identifies it. */
export interface CertificateFacts {
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly notBefore: number;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly notAfter: number;
  /** Its basic constraints say that it is a certificate authority's. */
  readonly authority: boolean;
  /** Issuer and subject are the same. */
  readonly selfSigned: boolean;
  /** The algorithm of the signature, such as `sha256WithRSA`; `other` for one that is not known. */
  readonly signature: string;
  /** The kind of the key, such as `rsa` or `ec`; `other` for one that is not known. */
  readonly key: string;
  /** Size of the key in bits; `null` where the kind has none, or it is not known. */
  readonly bits: number | null;
}
