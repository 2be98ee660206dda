import { describe, expect, test } from "@jest/globals";
import { classifyName } from "../../../../src/core/evidence/names.ts";
import { classifyValue, type ValueContext } from "../../../../src/core/evidence/values.ts";
import { HARMLESS_CLASSES, HARMLESS_VALUES, VALUE_ROWS } from "./values.table.ts";

const context = (keyName: string, more: Partial<ValueContext> = {}): ValueContext => ({
  keyName,
  nameClass: classifyName(keyName),
  placeholdersAreWeak: true,
  ...more,
});
const PRIVATE = ["-----BEGIN PRIVATE", "KEY-----"].join(" ");

describe("classifyValue", () => {
  test.each(VALUE_ROWS)("%s: %s is %s", (name, value, expected) => {
    expect(classifyValue(value, context(name))).toBe(expected);
  });

  test("is held to 600 names with their values or more, half of them harmless", () => {
    const distinct = new Map(VALUE_ROWS.map(([name, value, expected]) => [`${name} ${value}`, expected]));
    expect(distinct.size).toBe(VALUE_ROWS.length);
    expect(distinct.size).toBeGreaterThanOrEqual(600);
    const harmless = [...distinct.values()].filter((expected) => HARMLESS_CLASSES.has(expected));
    expect(harmless.length).toBeGreaterThanOrEqual(distinct.size / 2);
  });

  test.each(HARMLESS_VALUES)("%s is no credential under any name that is not a password's", (value) => {
    for (const name of ["API_TOKEN", "CLIENT_SECRET", "SERVICE_CREDENTIALS", "FOO", "TOKEN_TTL"]) {
      expect(["likely", "weak", "hash"]).not.toContain(classifyValue(value, context(name)));
    }
  });

  test("placeholder words are passwords in use, but for example files", () => {
    for (const word of ["changeme", "change-me", "ReplaceMe", "example", "TODO", "CHANGE_ME_PLEASE"]) {
      expect(classifyValue(word, context("password"))).toBe("weak");
      expect(classifyValue(word, context("password", { placeholdersAreWeak: false }))).toBe("placeholder");
      expect(classifyValue(word, context("FOO"))).toBe("placeholder");
    }
  });

  test("the name of a Secret or ServiceAccount of the set is a reference", () => {
    const knownNames = new Set(["billing7f2k9x", "postgres"]);
    expect(classifyValue("billing7f2k9x", context("API_TOKEN"))).toBe("likely");
    expect(classifyValue("billing7f2k9x", context("API_TOKEN", { knownNames }))).toBe("reference");
    expect(classifyValue("postgres", context("DB_PASSWORD", { knownNames }))).toBe("weak");
  });

  test("a password in a Secret is no reference, even where a Secret is called so", () => {
    const knownNames = new Set(["warehouse", "billing7f2k9x"]);
    expect(classifyValue("warehouse", context("DB_PASSWORD", { knownNames }))).toBe("reference");
    expect(classifyValue("warehouse", context("password", { knownNames, secretData: true }))).toBe("weak");
    expect(classifyValue("warehouse", context("password", { knownNames, usernames: ["warehouse"] }))).toBe("weak");
    expect(classifyValue("billing7f2k9x", context("password", { knownNames, secretData: true }))).toBe("likely");
    expect(classifyValue("billing7f2k9x", context("token", { knownNames, secretData: true }))).toBe("reference");
  });

  test("prose is a password where nobody wants it left alone", () => {
    for (const value of ["Enter your password", "correct horse battery staple"]) {
      expect(classifyValue(value, context("password"))).toBe("plain");
      expect(classifyValue(value, context("password", { proseIsPlain: false }))).toBe("likely");
    }
    expect(classifyValue("read, write", context("token", { proseIsPlain: false }))).toBe("plain");
  });

  test("a password that is the user's name is weak", () => {
    expect(classifyValue("Zq81-payments", context("password", { usernames: ["zq81_payments"] }))).toBe("weak");
    expect(classifyValue("Zq81-payments", context("password", { usernames: ["other"] }))).toBe("likely");
  });

  test("the user's weak values and limits count", () => {
    expect(classifyValue("Sommer2024!x", context("password", { weakValues: new Set(["sommer2024!x"]) }))).toBe("weak");
    expect(classifyValue("kJ8mQ2vL9p", context("password", { minLength: 12 }))).toBe("plain");
  });

  test("`<key>` is a reference where the vault plugin replaces it", () => {
    expect(classifyValue("<db-password>", context("password"))).toBe("placeholder");
    expect(classifyValue("<db-password>", context("password", { vaultPlugin: true }))).toBe("reference");
  });

  test("base64 under a sensitive name is judged by what it stands for", () => {
    const encode = (text: string) => btoa(text);
    expect(classifyValue(encode("ref+vault://secret/billing#/password"), context("api_token"))).toBe("reference");
    expect(classifyValue(encode("-----BEGIN CERTIFICATE-----\nMIIB"), context("api_token"))).toBe("public");
    expect(classifyValue(encode(encode("changeme-please")), context("api_token"))).toBe("weak");
    expect(classifyValue(encode("kJ8#mQ2vL9pxx"), context("api_token"))).toBe("likely");
  });

  test("in a Secret what looks like a password is one, whatever its key", () => {
    expect(classifyValue("Tr0ub4dor&3x", context("root"))).toBe("plain");
    expect(classifyValue("Tr0ub4dor&3x", context("root", { secretData: true }))).toBe("likely");
    expect(classifyValue("a8f5f167f44f4964e6c998dee827110c", context("root", { secretData: true }))).toBe("likely");
    expect(classifyValue("correct horse battery staple", context("password", { secretData: true }))).toBe("likely");
    expect(classifyValue("the secret password", context("password", { secretData: true }))).toBe("placeholder");
    for (const value of [
      "billing",
      "db.internal:5432",
      "5432",
      "eu-west-1",
      "app",
      "my-db",
      "registry.k8s.io/app:v1",
    ]) {
      expect(["likely", "weak"]).not.toContain(classifyValue(value, context("setting", { secretData: true })));
    }
  });

  test("private keys are likely, whatever their key; certificates next to them hide nothing", () => {
    const body = "MC4CAQAwBQYDK2VwBCIEIGq9Tn3sVf8Wk2Lx7Zp5Rb4Yc6Ud1Hj0Mo8Qe3Ia9Kf";
    const key = `${PRIVATE}\n${body}\n${PRIVATE.replace("BEGIN", "END")}\n`;
    expect(classifyValue(key, context("tls.key"))).toBe("likely");
    expect(
      classifyValue(`-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n${key}`, context("bundle")),
    ).toBe("likely");
    expect(classifyValue(`${PRIVATE}\n...\n${PRIVATE.replace("BEGIN", "END")}`, context("tls.key"))).toBe("plain");
  });

  test("the default of a variable is a value, a variable next to text is not", () => {
    expect(classifyValue("${DB_PASSWORD:-kJ8mQ2vL9p}", context("password"))).toBe("likely");
    expect(classifyValue("${A:-${B:-${C:-hunter2}}}", context("password"))).toBe("weak");
    expect(classifyValue("prefix-${DB_PASSWORD}", context("password"))).toBe("reference");
    expect(classifyValue("kJ8#mQ2$vL9pR7", context("password"))).toBe("likely");
    expect(classifyValue("${USER}:kJ8mQ2vL9pR7x", context("password"))).toBe("likely");
  });
});

describe("hostile values", () => {
  const LONG = 1_000_000;
  // Thunks, so that no megabyte gets into the title of a test.
  test.each<[string, () => string]>([
    ["letters", () => "a".repeat(LONG)],
    ["blanks", () => " ".repeat(LONG) + "x"],
    ["words", () => "ab ".repeat(LONG / 3)],
    ["opened templates", () => "{{".repeat(LONG / 2)],
    ["opened expansions", () => "${".repeat(LONG / 2)],
    ["dollars", () => "$".repeat(LONG)],
    ["nested defaults", () => "${A:-".repeat(1500) + "x" + "}".repeat(1500)],
    ["dashes", () => "a-".repeat(LONG / 2)],
    ["dots", () => "a.".repeat(LONG / 2) + "!"],
    ["paths", () => "/".repeat(LONG)],
    ["URLs", () => "a://".repeat(LONG / 4)],
    ["users", () => "a://b:c@".repeat(LONG / 8)],
    ["key headers", () => `${PRIVATE}\n`.repeat(LONG / 30)],
    ["key types", () => '"kty":"RSA",'.repeat(LONG / 12)],
    ["base64", () => "QUFB".repeat(LONG / 4)],
    ["digits", () => "1".repeat(LONG)],
    ["commas", () => "1.1.1.1,".repeat(LONG / 8)],
    ["durations", () => "1h".repeat(LONG / 2) + "!"],
    ["brackets", () => "<".repeat(LONG)],
    ["line ends", () => "\n".repeat(LONG)],
    ["humps and dots, cut short", () => "com.example.InvoiceServiceImpl".repeat(8) + "2"],
    ["halves of characters", () => "\ud800".repeat(LONG)],
  ])("a megabyte of %s ends", (_, make) => {
    const value = make();
    for (const name of ["password", "FOO"]) {
      expect(classifyValue(value, context(name, { secretData: true }))).toMatch(/^[a-z]+$/);
    }
  });
});
