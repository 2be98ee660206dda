import { describe, expect, test } from "@jest/globals";
import { collectEvidence, type EvidenceOptions } from "../../../../src/core/evidence/collect.ts";
import { collectTokens, type TokenEvidence } from "../../../../src/core/evidence/tokens.ts";
import type { TokenDetector } from "../../../../src/core/ports.ts";
import { lineIndex } from "../../../../src/core/yaml/lines.ts";
import { manifest, summary, type Manifest } from "./objects.ts";

/** Finds `TOKEN-<word>` and the JSON Web Tokens of the tests. */
const detector: TokenDetector = {
  detect: async (text) =>
    [...text.matchAll(/TOKEN-[a-z]+|eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g)].map(({ index, 0: match }) => ({
      detector: match.startsWith("eyJ") ? "pattern/jwt" : "test/token",
      kind: "token" as const,
      start: index,
      end: index + match.length,
    })),
};

async function tokensOf(read: Manifest, clock?: number): Promise<TokenEvidence> {
  let id = 0;
  const nextId = () => id++;
  const options: EvidenceOptions = {};
  const lines = lineIndex(read.source.text);
  const objects = read.objects.map((object) => ({ object, evidence: collectEvidence(object, lines, options, nextId) }));
  return collectTokens(
    { ...read, objects, lines, ...(clock === undefined ? {} : { clock }) },
    detector,
    options,
    nextId,
  );
}

const P = "kJ8mQ2vL9p";

describe("places", () => {
  test("a token goes to the object and path that it stands in, else to the file", async () => {
    const read = manifest(`# TOKEN-comment
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    spec: {containers: [{args: ["--x=TOKEN-argument"]}]} # TOKEN-behind
  - apiVersion: v1
    kind: ConfigMap
    data:
      TOKEN-key: a
---
TOKEN-outside
`);
    const { objects, file } = await tokensOf(read);
    expect(objects.get(0)).toMatchObject([
      { path: ["spec", "containers", 0, "args", 0], kind: "token", context: "text", keyName: "args", decoded: false },
    ]);
    expect(objects.get(1)).toMatchObject([{ path: ["data", "TOKEN-key"] }]);
    expect(summary(read, file)).toEqual([
      "1:token text null ⟨TOKEN-comment⟩",
      "7:token text null ⟨TOKEN-behind⟩",
      "13:token text null ⟨TOKEN-outside⟩",
    ]);
    expect(file.map(({ path }) => path)).toEqual([[], [], []]);
  });

  test("decoded entries and rewritten scalars are searched; ranges are those of the source", async () => {
    const encoded = btoa("x TOKEN-decoded y");
    const read = manifest(`apiVersion: v1
kind: Secret
data:
  a: ${encoded}
stringData:
  escaped: "x \\u0054OKEN-escaped y"
  folded: >-
    x TOKEN-folded
    y
`);
    const { objects, file } = await tokensOf(read);
    expect(file).toEqual([]);
    expect(summary(read, objects.get(0) ?? []).toSorted()).toEqual(
      [
        `4:token value decoded a ⟨${encoded}⟩`,
        "6:token text escaped ⟨\\u0054OKEN-escaped⟩",
        "8:token text folded ⟨TOKEN-folded⟩",
      ].toSorted(),
    );
  });

  test("ciphertext is left alone", async () => {
    const read = manifest(`apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
spec:
  encryptedData: {a: TOKEN-sealed}
---
apiVersion: v1
kind: Secret
stringData: {a: "ENC[AES256_GCM,data:TOKEN-sops,iv:a,tag:b,type:str]"}
`);
    const { objects, file } = await tokensOf(read);
    expect([...objects.values()].flat()).toEqual([]);
    expect(file).toEqual([]);
  });

  test("keys and URLs in comments and plain files count, documentation does not", async () => {
    const text = `# postgres://app:${P}@db/app\n# postgres://app:password@db/app\n# postgres://app:$PW@db/app\nA=https://x:${P}@y/\n`;
    const source = { uri: ".env", text };
    const found = await collectTokens(
      { source, documents: [], objects: [], lines: lineIndex(text) },
      detector,
      {},
      () => 1,
    );
    expect(
      found.file.map(
        ({ kind, range }) => `${kind} ${range.start.line} ${text.slice(range.start.offset, range.end.offset)}`,
      ),
    ).toEqual([`url-credential 1 ${P}`, `url-credential 4 ${P}`]);
  });
});

describe("repetition", () => {
  test("what is known of a place already is not told twice", async () => {
    const read = manifest(`apiVersion: v1
kind: Widget
url: postgres://app:${P}@db/app
token: TOKEN-twice
text: |
  line
  TOKEN-once
`);
    const { objects, file } = await tokensOf(read);
    expect(summary(read, objects.get(0) ?? [])).toEqual([
      "4:token text token ⟨TOKEN-twice⟩",
      "7:token text text ⟨TOKEN-once⟩",
    ]);
    expect(file).toEqual([]);
  });

  test("a token inside a value that is judged by its name stays evidence of its own", async () => {
    const read = manifest("apiVersion: v1\nkind: Secret\nstringData: {password: TOKEN-abcdefgh}\n");
    const { objects } = await tokensOf(read);
    expect(objects.get(0)).toMatchObject([{ kind: "token", path: ["stringData", "password"] }]);
  });
});

describe("JSON Web Tokens", () => {
  const token = (claims: object) =>
    ["eyJhbGciOiJIUzI1NiJ9", btoa(JSON.stringify(claims)).replaceAll("=", ""), "c2lnbmF0dXJlLW9mLXRva2Vu"].join(".");
  test.each([
    [{ sub: "1", exp: 100 }, 200, "pattern/jwt-expired"],
    [{ sub: "1", exp: 300 }, 200, "pattern/jwt-unexpired"],
    [{ sub: "1", exp: 300 }, undefined, "pattern/jwt"],
    [{ sub: "1" }, 200, "pattern/jwt"],
    [{ iss: "kubernetes/serviceaccount" }, 200, "pattern/jwt-service-account"],
    [{ iss: "https://k8s", sub: "system:serviceaccount:a:b", exp: 300 }, 200, "pattern/jwt-service-account"],
    [{ iss: "https://k8s", sub: "system:serviceaccount:a:b", exp: 100 }, 200, "pattern/jwt-expired"],
  ])("%j at %s is %s", async (claims, clock, expected) => {
    const { file } = await tokensOf(manifest(`x: ${token(claims)}\n`), clock);
    expect(file.map(({ detector: name }) => name)).toEqual([expected]);
  });

  test("one whose claims cannot be read is just one", async () => {
    const { file } = await tokensOf(manifest("x: eyJhbGci.eyJub3Rqc29u.abc\n"), 1);
    expect(file.map(({ detector: name }) => name)).toEqual(["pattern/jwt"]);
  });
});
