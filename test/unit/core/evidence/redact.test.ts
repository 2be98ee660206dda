import { describe, expect, test } from "@jest/globals";
import { maskText, mayBeSecret, redactValue, safeText } from "../../../../src/core/evidence/redact.ts";
import { SecretPlaces } from "../../../../src/core/evidence/secret-ranges.ts";
import { lineIndex } from "../../../../src/core/yaml/lines.ts";
import type { Evidence, ValueClass } from "../../../../src/model/evidence.ts";
import { makeToken } from "../../../support/tokens.ts";
import type { SourceText } from "../../../../src/model/document.ts";
import { evidenceOf, manifest } from "./objects.ts";

const MASK = "••••••••";
const P = "kJ8mQ2vL9p";

function at(text: string, part: string, found: ValueClass = "likely", kind: Evidence["kind"] = "credential"): Evidence {
  const start = text.indexOf(part);
  const range = lineIndex(text).rangeOf(start, start + part.length);
  return {
    id: 0,
    kind,
    detector: "test",
    class: found,
    context: "value",
    keyName: null,
    nameClass: "neutral",
    path: [],
    decoded: false,
    range,
  };
}

function maskAll(source: SourceText, evidence: readonly Evidence[]): string {
  const places = new SecretPlaces();
  places.addEvidence(source.uri, evidence);
  return maskText(source, places.of(source.uri));
}

describe("maskText", () => {
  const mask = (text: string, ...evidence: readonly Evidence[]) => maskAll({ uri: "a.yaml", text }, evidence);

  test("what stands in front keeps its column, and the mask tells no length", () => {
    expect(
      mask("a: secret1 # x\nb: s2\n", at("a: secret1 # x\nb: s2\n", "secret1"), at("a: secret1 # x\nb: s2\n", "s2")),
    ).toBe(`a: ${MASK} # x\nb: ${MASK}\n`);
  });

  test("several lines stay as many, with their indentation", () => {
    const text = "a: |\n  one\n  two\r\n\n  three\nb: 1\n";
    expect(mask(text, at(text, "one\n  two\r\n\n  three"))).toBe(`a: |\n  ${MASK}\n  ${MASK}\r\n\n  ${MASK}\nb: 1\n`);
  });

  test("overlapping evidence is masked once, in any order", () => {
    const text = "a: abcdefgh\n";
    expect(mask(text, at(text, "defgh"), at(text, "abcde"), at(text, "cd"))).toBe(`a: ${MASK}\n`);
    expect(mask(text, at(text, ""))).toBe(text);
  });

  test("a known token is masked inside of a word too, in a text of any length", () => {
    const image = (tag: string) => `image: registry.example.com/app:1.0.0-${tag}\n`;
    const text = "# a comment\n".repeat(500) + image(makeToken("gitlab-token", "tag"));
    expect(mask(text)).toBe("# a comment\n".repeat(500) + image(MASK));
  });

  test("only what may be a secret is masked", () => {
    const classes: ValueClass[] = [
      "empty",
      "encrypted",
      "reference",
      "placeholder",
      "public",
      "hash",
      "scalar",
      "weak",
      "likely",
      "plain",
    ];
    const text = "a: value\n";
    expect(classes.filter((found) => mayBeSecret(at(text, "value", found)))).toEqual([
      "hash",
      "scalar",
      "weak",
      "likely",
      "plain",
    ]);
    for (const kind of ["token", "url-credential", "private-key", "encrypted-private-key"] as const)
      expect(mayBeSecret(at(text, "value", "public", kind))).toBe(true);
  });

  test("known tokens are masked without evidence, in keys too", () => {
    const token = makeToken("github-token");
    expect(mask(`${token}: a\n`)).toBe(`${MASK}: a\n`);
  });
});

describe("redactValue", () => {
  const redact = (text: string) => {
    const read = manifest(text);
    const [object] = read.objects;
    if (object === undefined) throw new Error("the test's manifest holds no object");
    return { object, redacted: redactValue(object, evidenceOf(read)) };
  };

  test("scalars and stretches of scalars are replaced, the rest is shared", () => {
    const { object, redacted } = redact(`apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  containers:
    - env:
        - {name: DB_PASSWORD, value: ${P}}
        - {name: URL, value: "postgres://app:${P}@db/app"}
        - {name: PIN, value: 4711}
      args: ["--a=1", "--password=${P}"]
`);
    expect(redacted).toEqual({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "x" },
      spec: {
        containers: [
          {
            env: [
              { name: "DB_PASSWORD", value: "[redacted]" },
              { name: "URL", value: "postgres://app:[redacted]@db/app" },
              { name: "PIN", value: "[redacted]" },
            ],
            args: ["--a=1", "--password=[redacted]"],
          },
        ],
      },
    });
    expect((redacted as { metadata: object }).metadata).toBe(
      (object.value as unknown as { metadata: object }).metadata,
    );
    expect(
      (object.value as unknown as { spec: { containers: { args: string[] }[] } }).spec.containers[0]?.args[1],
    ).toContain(P);
  });

  test("every entry of a Secret that holds something goes; references stay", () => {
    const { redacted } = redact(
      `apiVersion: v1\nkind: Secret\ndata: {a: ${btoa(P)}, b: ${btoa("5432")}, c: ""}\nstringData: {d: "\${X}", e: "x\\ty password=${P}", __proto__: ${P}}\n`,
    );
    expect(JSON.parse(JSON.stringify(redacted))).toEqual(
      JSON.parse(
        '{"apiVersion":"v1","kind":"Secret","data":{"a":"[redacted]","b":"[redacted]","c":""},"stringData":{"d":"${X}","e":"[redacted]","__proto__":"[redacted]"}}',
      ),
    );
  });

  test("aliases are replaced at each path", () => {
    const { redacted } = redact(`apiVersion: v1\nkind: Widget\na: &a {password: ${P}}\nb: *a\nc: {<<: *a, d: 1}\n`);
    expect(JSON.stringify(redacted)).not.toContain(P);
  });

  test("nothing of a secret is left, however it is written", () => {
    const secrets = [P, `${P}"x`, `a ${P}`, `${P}\\`, `ü${P}`, makeToken("password")];
    for (const secret of secrets) {
      for (const written of [JSON.stringify(secret), `'${secret}'`, `|\n    ${secret}\n`, `>-\n    ${secret}\n`]) {
        for (const text of [
          `apiVersion: v1\nkind: Secret\nstringData:\n  password: ${written}\n`,
          `apiVersion: v1\nkind: Secret\nstringData:\n  config.ini: ${JSON.stringify(`password=${secret}\n`)}\n`,
          `apiVersion: v1\nkind: Secret\ndata:\n  password: ${btoa(unescape(encodeURIComponent(secret)))}\n`,
        ]) {
          const read = manifest(text);
          const [object] = read.objects;
          const evidence = evidenceOf(read);
          const shown = [
            JSON.stringify(object === undefined ? null : redactValue(object, evidence)),
            maskAll(read.source, evidence),
          ];
          for (const output of shown) {
            for (let index = 0; index + 3 <= P.length; index += 1)
              expect(output).not.toContain(P.slice(index, index + 3));
          }
        }
      }
    }
  });
});

describe("safeText", () => {
  test("masks tokens, and what would break a line or hide text", () => {
    expect(safeText(`data.${makeToken("vault-token")}.x`)).toBe(`data.${MASK}.x`);
    expect(safeText("a\nb\u001b[31mc\u202ed\u200be\u0000f\rg")).toBe("a\ufffdb\ufffd[31mc\ufffdd\ufffde\ufffdf\ufffdg");
    expect(safeText("\ud800x")).toBe("\ufffdx");
    expect(safeText("Größe 😀 db.password")).toBe("Größe 😀 db.password");
  });

  test("is short", () => {
    expect(safeText("a".repeat(1_000_000)).length).toBeLessThan(2100);
  });

  test.each([
    "github-token",
    "gitlab-token",
    "slack-token",
    "vault-token",
    "npm-token",
    "stripe-key",
    "sendgrid-key",
    "openai-key",
    "anthropic-key",
    "huggingface-token",
    "databricks-token",
    "doppler-token",
    "pypi-token",
    "dockerhub-token",
    "telegram-token",
    "twilio-key",
    "azure-client-secret",
    "age-secret-key",
    "jwt",
    "service-account-jwt",
    "aws-access-key",
  ])("masks a %s", (name) => {
    expect(safeText(`key ${makeToken(name)}`)).toBe(`key ${MASK}`);
    expect(safeText(`old-${makeToken(name)}`)).toBe(`old-${MASK}`);
    expect(safeText(`a_${makeToken(name)}_b`)).not.toContain(makeToken(name));
  });

  test("masking takes time that names can afford, whatever they are like", () => {
    const hostile = [
      "-eyJ",
      "_eyJa",
      "-SG.a",
      "-sk-",
      "-1234567890",
      "a1Q~-",
      "glc_eyJ-",
      "-dp.st.a",
      "hvs.-",
      "glpat-a.",
    ];
    const started = performance.now();
    for (const part of hostile) safeText(part.repeat(2000));
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});
