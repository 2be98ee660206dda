import { describe, expect, test } from "@jest/globals";
import { classifyName } from "../../../../src/core/evidence/names.ts";
import { maskText, redactValue } from "../../../../src/core/evidence/redact.ts";
import { SecretPlaces } from "../../../../src/core/evidence/secret-ranges.ts";
import { classifyValue } from "../../../../src/core/evidence/values.ts";
import type { ValueClass } from "../../../../src/model/evidence.ts";
import { evidenceOf, manifest } from "./objects.ts";
import { VALUE_ROWS } from "./values.table.ts";

/** Texts of a fixed generator, so that failures can be repeated. */
function generator(seed: number, alphabet: string): (shortest: number, longest: number) => string {
  let state = seed;
  const next = (most: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % most;
  };
  return (shortest, longest) =>
    Array.from({ length: shortest + next(longest - shortest + 1) }, () => alphabet[next(alphabet.length)]).join("");
}

const NAMES = ["password", "API_TOKEN", "FOO"];
const random = generator(42, "abcXYZ0189$%{}()<>:/@.-_ =\"'#!&*[]|\\\n;,");
const values = [...new Set(VALUE_ROWS.map(([, value]) => value)), ...Array.from({ length: 400 }, () => random(0, 40))];

function classOf(value: string, name: string, secretData = false): ValueClass {
  return classifyValue(value, { keyName: name, nameClass: classifyName(name), placeholdersAreWeak: true, secretData });
}

describe("references", () => {
  /** Schemes that make a pointer of all that follows. */
  const SCHEMES = [
    "vault:",
    ">>vault:",
    "bao:",
    "ref+vault://",
    "ref+awsssm://",
    "secrets://",
    "secrets+age-import://",
    "op://",
    "awssm:",
    "awsps:",
    "gcpsm:",
    "azkv:",
    "akvs:",
    "sm://",
    "doppler://",
    "infisical://",
    "conjur:",
    "k8s:",
    "secretref:",
    "secretsmanager://",
    "parameterstore://",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:",
    "arn:aws:ssm:eu-west-1:123456789012:parameter/",
    "projects/acme/secrets/",
    "https://billing.vault.azure.net/secrets/",
    "@Microsoft.KeyVault(SecretUri=",
    "{{resolve:secretsmanager:",
    "!Ref ",
    "!ImportValue ",
  ];

  test.each(SCHEMES)("%s points elsewhere, whatever follows", (scheme) => {
    const others = values.filter(
      (value) =>
        /^\w/.test(value) &&
        classOf(value, "password") !== "hash" &&
        NAMES.some((name) => classOf(scheme + value, name) !== "reference"),
    );
    expect(others).toEqual([]);
  });

  test.each([
    ...SCHEMES.map((scheme) => [scheme, ""]),
    ["<path:a/b#c>", ""],
    ["${VAR}", ""],
    ["${env:VAR}", ""],
    ["${VAR:-}", ""],
    ["$(VAR)", ""],
    ["$VAR/", ""],
    ["$__file{/etc/x}", ""],
    ["$__env{VAR}", ""],
    ["{{ .x }}", ""],
    ["<% x %>", ""],
    ["%VAR%", ""],
    ["", "${VAR}"],
    ["", "$(VAR)"],
    ["", "{{ .x }}"],
    ["", "%VAR%"],
    ["", "<path:a/b#c>"],
    ["{{ .x }}", "${VAR}"],
  ])("adding %s…%s never makes a value likely", (before, after) => {
    // `${` in front of `{{` would be another reference than the one that is added.
    const starts = values.filter((value) => value.trim() !== "" && (after === "" || !/[{$#%<]$/.test(value)));
    const made: string[] = [];
    for (const value of starts) {
      for (const name of NAMES) {
        for (const secretData of [false, true]) {
          // What points elsewhere, is ciphertext or a hash is no value to start from.
          if (["reference", "encrypted", "hash", "likely"].includes(classOf(value, name, secretData))) continue;
          if (classOf(before + value + after, name, secretData) === "likely") made.push(`${name}: ${value}`);
        }
      }
    }
    expect(made).toEqual([]);
  });
});

test("any text has a class", () => {
  for (const value of values) {
    for (const name of NAMES) {
      for (const secretData of [true, false]) expect(classOf(value, name, secretData)).toMatch(/^[a-z]+$/);
    }
  }
});

describe("random tokens", () => {
  const LOWER = "abcdefghijklmnopqrstuvwxyz";
  test.each([
    ["hexadecimal", "0123456789abcdef", 32],
    ["lower case and digits", `${LOWER}0123456789`, 24],
    ["letters and digits", `${LOWER}${LOWER.toUpperCase()}0123456789`, 20],
    ["base64", `${LOWER}${LOWER.toUpperCase()}0123456789+/`, 43],
    ["base64url", `${LOWER}${LOWER.toUpperCase()}0123456789-_`, 43],
  ])("of %s are likely under a sensitive name", (_, alphabet, length) => {
    const make = generator(7, alphabet);
    const tokens = Array.from({ length: 1000 }, () => make(length, length)).filter((token) => !token.startsWith("/"));
    for (const name of ["DB_PASSWORD", "API_TOKEN"])
      expect(tokens.filter((token) => classOf(token, name) !== "likely")).toEqual([]);
  });
});

describe("redaction", () => {
  /** How a value is written in a manifest; no three characters in a row of these are in the generator's alphabet. */
  const WRITINGS: readonly (readonly [name: string, write: (value: string) => string])[] = [
    ["Secret", (value) => `apiVersion: v1\nkind: Secret\nstringData:\n  password: ${JSON.stringify(value)}\n`],
    ["encoded Secret", (value) => `apiVersion: v1\nkind: Secret\ndata:\n  password: ${btoa(value)}\n`],
    ["block", (value) => `apiVersion: v1\nkind: Secret\nstringData:\n  password: |-\n    ${value}\n`],
    [
      "file in a Secret",
      (value) => `apiVersion: v1\nkind: Secret\nstringData:\n  app.ini: ${JSON.stringify(`password=${value}\n`)}\n`,
    ],
    ["env", (value) => podOf(`env: [{name: password, value: ${JSON.stringify(value)}}]`)],
    ["argument", (value) => podOf(`args: [${JSON.stringify(`--password=${value}`)}]`)],
    ["two arguments", (value) => podOf(`args: ["--password", ${JSON.stringify(value)}]`)],
    ["URL", (value) => podOf(`env: [{name: url, value: ${JSON.stringify(`postgres://app:${value}@db/app`)}}]`)],
    ["ConfigMap", (value) => `apiVersion: v1\nkind: ConfigMap\ndata:\n  password: ${JSON.stringify(value)}\n`],
    ["custom resource", (value) => `apiVersion: x/v1\nkind: Widget\nspec: {password: ${JSON.stringify(value)}}\n`],
  ];
  const podOf = (rest: string): string =>
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      ${rest}\n`;
  const make = generator(11, "ABCDEFGHJKLMNQRSTUVWXYZ0123456789!+^~");
  const secrets = Array.from({ length: 120 }, () => make(3, 19)).filter((value) => /^[A-Z]/.test(value));

  test.each(WRITINGS)("prints no three characters of a short value: %s", (_, write) => {
    let hidden = 0;
    for (const secret of secrets) {
      const read = manifest(write(secret));
      const [object] = read.objects;
      const evidence = evidenceOf(read);
      if (object === undefined || evidence.length === 0) continue;
      hidden += 1;
      const places = new SecretPlaces();
      places.addEvidence(read.source.uri, evidence);
      const shown = `${JSON.stringify(redactValue(object, evidence))}\n${maskText(read.source, places.of(read.source.uri))}`;
      const written = [secret, btoa(secret)].flatMap((text) =>
        Array.from({ length: Math.max(0, text.length - 2) }, (__, index) => text.slice(index, index + 3)),
      );
      expect(written.filter((part) => shown.includes(part))).toEqual([]);
    }
    // Where hardly anything is found there is nothing to hide, and the test says nothing.
    expect(hidden).toBeGreaterThan(secrets.length / 2);
  });
});
