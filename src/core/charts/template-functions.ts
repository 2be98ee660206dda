/** `rand…`, `gen…` and their like make another value on every run (Sprig, "Cryptographic and Security Functions", "String Functions"). */
export const GENERATORS = new Set([
  "randAlphaNum", "randAlpha", "randNumeric", "randAscii", "randBytes", "randInt", "genPrivateKey", "genCA", "genCAWithKey", "genSelfSignedCert",
  "genSelfSignedCertWithKey", "genSignedCert", "genSignedCertWithKey", "htpasswd", "bcrypt", "uuidv4", "derivePassword",
]);
/** Which argument of a certificate function counts its days. */
export const DAYS: Readonly<Record<string, number>> = {
  genCA: 1, genCAWithKey: 1, genSelfSignedCert: 3, genSelfSignedCertWithKey: 3, genSignedCert: 3, genSignedCertWithKey: 3,
};
/** What these return is their last argument, a literal too, in another form. */
export const REWRITING = new Set(["quote", "squote", "toString", "b64enc", "trim", "nospace", "upper", "lower", "int", "int64", "toYaml", "toJson"]);
/** These hold their arguments' data, but what is written among them is another matter: a format, a message. */
export const HOLDING = new Set([
  "required", "printf", "print", "println", "tpl", "nindent", "indent", "b64dec", "cat", "join", "trunc", "trimSuffix", "trimPrefix",
  "trimAll", "replace", "toPrettyJson", "toRawJson", "toRawYaml", "urlquery", "first", "last", "and",
]);
/** Generators whose result stands for their last argument. */
export const HASHING = new Set(["htpasswd", "bcrypt"]);
/** What these return says something about their arguments, and holds none of them. */
export const ASKING = new Set([
  "eq", "ne", "lt", "le", "gt", "ge", "not", "empty", "hasKey", "has", "contains", "hasPrefix", "hasSuffix", "len", "kindIs", "kindOf",
  "typeIs", "typeOf", "regexMatch", "mustRegexMatch", "semverCompare", "fail", "any", "all", "deepEqual",
]);
