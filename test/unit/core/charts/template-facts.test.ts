import { describe, expect, test } from "@jest/globals";
import { isJsonArray, isJsonObject, type Json } from "../../../../src/model/json.ts";
import { templateFacts } from "../../../../src/core/charts/template-facts.ts";
import { LineIndex } from "../../../../src/core/yaml/lines.ts";

function factsOf(text: string) {
  let id = 0;
  return templateFacts(
    { source: { uri: "templates/a.yaml", text }, lines: new LineIndex(text), chart: "" },
    {},
    () => id++,
  );
}

const list = (value: Json | undefined): readonly Json[] => (isJsonArray(value) ? value : []);

/** The facts of a field, with the text that their evidence points at. */
function seen(text: string, field: string): readonly (readonly [Json | undefined, string])[] {
  const found = factsOf(text);
  return list(found?.facts[field]).map((fact) => {
    const { name, evidence } = isJsonObject(fact) ? fact : {};
    const range = found?.evidence.find((each) => each.id === evidence)?.range;
    return [name, text.slice(range?.start.offset, range?.end.offset)];
  });
}

const fallbacks = (text: string) => seen(text, "fallbacks");
const SECRET = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n";

/** What the Secrets of a template hold, generators by name. */
function secrets(text: string): readonly Json[] {
  const found = factsOf(text);
  const names = new Map(
    list(found?.facts["generators"]).map((each) => (isJsonObject(each) ? [each["evidence"], each["name"]] : [])) as [
      Json,
      Json,
    ][],
  );
  return list(found?.facts["secrets"]).map((secret) => {
    const { generators, values, includes, kept, looksUp } = isJsonObject(secret) ? secret : {};
    return {
      generators: list(generators).map((id) => names.get(id) ?? null),
      values: list(values).map((each) => (isJsonObject(each) ? (each["name"] ?? null) : null)),
      includes: includes ?? null,
      state: kept === true ? "kept" : looksUp === true ? "looks up" : "new",
    };
  });
}

describe("fall-backs", () => {
  test.each([
    ['{{ default "Kf8-vondel-92x" .Values.auth.password }}', ".Values.auth.password", "Kf8-vondel-92x"],
    ['{{- .Values.auth.password | default "admin" | b64enc -}}', ".Values.auth.password", "admin"],
    ["{{ .Values.a.password | default .Values.b.password | default `changeme` }}", ".Values.a.password", "changeme"],
    ['{{ coalesce .Values.user .Values.token "Zu7-mellow-33" .Values.other }}', ".Values.token", "Zu7-mellow-33"],
    ['{{ or $.Values.auth.token "Zu7-mellow-33" }}', ".Values.auth.token", "Zu7-mellow-33"],
    ['{{ ternary .Values.password "letmein" .Values.on }}', ".Values.password", "letmein"],
    ['{{ .Values.on | ternary "letmein" .Values.password }}', ".Values.password", "letmein"],
    ['{{ dig "auth" "password" "letmein" .Values }}', ".Values.auth.password", "letmein"],
    ['{{ get .Values.auth "password" | default "letmein" }}', ".Values.auth.password", "letmein"],
    ['{{ (index .Values.users 0).password | default "letmein" }}', ".Values.users.0.password", "letmein"],
    ['{{ include "a" (dict "password" (.Values.password | default "letmein")) }}', ".Values.password", "letmein"],
    ['{{ tpl (default ("letmein" | quote) .Values.password) $ }}', ".Values.password", "letmein"],
    ['{{ with .Values.auth }}{{ .password | default "letmein" }}{{ end }}', ".Values.auth.password", "letmein"],
    ['{{ with .Values.auth.password | default "letmein" }}{{ . }}{{ end }}', ".Values.auth.password", "letmein"],
    [
      '{{ range $n, $v := .Values.users }}{{ $v.password | default "letmein" }}{{ end }}',
      ".Values.users.*.password",
      "letmein",
    ],
    [
      '{{ $p := .Values.password }}{{ if .x }}{{ $p = "" }}{{ end }}{{ $p | default "letmein" }}',
      ".Values.password",
      "letmein",
    ],
    ['{{ $x := "letmein" }}{{ .Values.password | default $x }}', ".Values.password", "letmein"],
    ['{{ $password | default "letmein" }}', "$password", "letmein"],
    ['{{ define "a" }}{{ .ctx.Values.password | default "letmein" }}{{ end }}', ".Values.password", "letmein"],
    ['{{ define "a" }}{{ .password | default "letmein" }}{{ end }}', ".password", "letmein"],
    ['{{ .Values.password.value | default "letmein" }}', ".Values.password.value", "letmein"],
    ["{{ .Values.rootPassword | default 1234 }}", ".Values.rootPassword", "1234"],
    ['{{ .Values.password | default "let\\"me}}in-92" }}', ".Values.password", 'let\\"me}}in-92'],
    [
      '{{ if a }}{{ else with .Values.auth }}{{ .password | default "letmein" }}{{ end }}',
      ".Values.auth.password",
      "letmein",
    ],
  ])("%s", (text, name, literal) => {
    expect(fallbacks(text)).toEqual([[name, literal]]);
  });

  test.each([
    '{{ .Values.password | default "" }}',
    '{{ .Values.password | default "<password>" }}',
    '{{ .Values.password | default "${PASSWORD}" }}',
    '{{ .Values.username | default "admin" }}',
    '{{ .Values.existingSecret | default "orders-db" }}',
    '{{ .Values.passwordFile | default "/run/secrets/password" }}',
    '{{ .Release.Name | default "changeme" }}',
    '{{ required "a password is needed" .Values.password }}',
    '{{ printf "letmein %s" .Values.password }}',
    '{{ if eq .Values.password (default "letmein" .Values.password) }}{{ end }}',
    '{{ if .Values.password | default "letmein" }}{{ end }}',
    '{{ eq (.Values.password | default "letmein") "a" }}',
    '{{/* .Values.password | default "letmein" */}}',
    '{{- /* .Values.password | default "letmein" */ -}}',
    '{{ "{{ .Values.password | default \\"\\" }}" }}',
    ".Values.password | default letmein",
    "",
  ])("none in %j", (text) => {
    expect(fallbacks(text)).toEqual([]);
  });

  test("go with their class, their path and the key of their line, and without a value", () => {
    const found = factsOf('data:\n  - admin.key: x{{ .Values.password | default "changeme" }}\n');
    expect(found?.facts["fallbacks"]).toEqual([
      { name: ".Values.password", path: ["Values", "password"], key: "admin.key", evidence: 0 },
    ]);
    expect(found?.evidence).toMatchObject([
      {
        id: 0,
        kind: "credential",
        detector: "template/fallback",
        class: "weak",
        keyName: "password",
        nameClass: "sensitive",
        path: ["fallbacks", 0],
        context: "text",
      },
    ]);
    expect(JSON.stringify(found?.facts)).not.toContain("changeme");
  });

  test("are judged by the user's words, too", () => {
    const text = '{{ .Values.kennwort | default "Kf8-vondel-92x" }}{{ .Values.password | default "Kf8-vondel-92x" }}';
    const patterns = { sensitiveNameRegex: /kennwort/, notSensitiveNameRegex: /^password$/ };
    const found = templateFacts(
      { source: { uri: "a", text }, lines: new LineIndex(text), chart: "" },
      { patterns },
      () => 0,
    );
    expect(list(found?.facts["fallbacks"])).toMatchObject([{ name: ".Values.kennwort" }]);
  });
});

describe("Secrets", () => {
  test.each([
    ["a value", "stringData:\n  password: {{ .Values.db.password }}\n", { values: [".Values.db.password"] }],
    [
      "a value under a telling key",
      "data:\n  api-key: {{ .Values.remote.x | b64enc }}\n",
      { values: [".Values.remote.x"] },
    ],
    ["a private key", "data:\n  tls.key: {{ .Values.tls.key | b64enc }}\n", { values: [".Values.tls.key"] }],
    [
      "all of a map",
      "data:\n  {{- range $k, $v := .Values.secrets }}\n  {{ $k }}: {{ $v }}\n  {{- end }}\n",
      { values: [".Values.secrets.*"] },
    ],
    ["what is printed", "data:\n  {{- toYaml .Values.secretData | nindent 2 }}\n", { values: [".Values.secretData"] }],
    ["dot", "data:\n{{ with .Values.password }}\n  a: {{ . }}\n{{ end }}", { values: [".Values.password"] }],
    ["a generator", "data:\n  a: {{ randAlphaNum 8 | b64enc }}\n", { generators: ["randAlphaNum"] }],
    ["a generator that stands in", "data:\n  a: {{ .Values.a | default (uuidv4) }}\n", { generators: ["uuidv4"] }],
    [
      "a hash",
      "data:\n  a: {{ htpasswd .Values.user .Values.password }}\n",
      { generators: ["htpasswd"], values: [".Values.password"] },
    ],
    ["one in a variable", "data:\n{{ $c := genCA `a` 10 }}\n  a: {{ $c.Key }}\n", { generators: ["genCA"] }],
    [
      "one in one branch",
      '{{ $p := "" }}{{ if a }}{{ $p = randAscii 9 }}{{ end }}\ndata:\n  a: {{ $p }}\n',
      { generators: ["randAscii"] },
    ],
    [
      "one in a dictionary",
      "{{ $d := dict }}{{ $_ := set $d `a` (randAlpha 9) }}\ndata:\n  a: {{ $d.a }}\n",
      { generators: ["randAlpha"] },
    ],
    ["a named template", 'data:\n  a: {{ include "a.b" . | b64enc }}\n', { includes: ["a.b"] }],
    ["one of the old form", 'data:\n  a: {{ template "a.b" . }}\n', { includes: ["a.b"] }],
    [
      "text in an entry",
      "stringData:\n  a.ini: |\n    password={{ .Values.x }}\n    token: {{ .Values.y }}\n",
      { values: [".Values.y"] },
    ],
  ])("hold %s", (_, text, content) => {
    expect(secrets(SECRET + text)).toEqual([{ generators: [], values: [], includes: [], state: "new", ...content }]);
  });

  test.each([
    ["names", `${SECRET.replace("name: a", "name: a-{{ randAlphaNum 5 }}")}data:\n  a: b\n`],
    [
      "checksums",
      "kind: Deployment\nmetadata:\n  annotations:\n    a: {{ randAlphaNum 5 }}\ndata:\n  a: {{ randAlphaNum 5 }}\n",
    ],
    ["other kinds", "kind: ConfigMap\ndata:\n  password: {{ .Values.password }}\n"],
    ["references to Secrets", "kind: A\nspec:\n  kind: Secret\ndata:\n  password: {{ .Values.password }}\n"],
    ["comments", `${SECRET}data:\n  # password: {{ .Values.password }}\n`],
    ["the next document", `${SECRET}---\ndata:\n  password: {{ .Values.password }}\n`],
    ["what is no credential", `${SECRET}data:\n  host: {{ .Values.host }}\n  user: {{ .Release.Name }}\n`],
  ])("not: %s", (_, text) => {
    expect(secrets(text)).toEqual([]);
  });

  test.each([
    ["kept", '  annotations:\n    "helm.sh/resource-policy": keep\n', ""],
    ["kept", "  annotations:\n    helm.sh/hook: pre-install,post-delete\n", ""],
    ["new", "  annotations:\n    helm.sh/hook: pre-install,pre-upgrade\n", ""],
    ["new", "  annotations:\n    helm.sh/hook: {{ .Values.hook }}\n", ""],
    ["looks up", "", '{{ $old := lookup "v1" "Secret" "a" "b" }}\n'],
    ["looks up", "", '{{ if (lookup "v1" "Secret" "a" "b").data }}{{ end }}\n'],
    ["new", "", '{{ define "x" }}{{ lookup "v1" "Secret" "a" "b" }}{{ end }}\n'],
  ])("are %s", (state, annotations, before) => {
    expect(secrets(`${before}${SECRET}${annotations}data:\n  a: {{ randAlphaNum 5 }}\n`)).toMatchObject([{ state }]);
  });

  test("follow their kind, and each other", () => {
    const second = `data:\n  password: {{ .Values.password }}\n${SECRET}`;
    expect(secrets(`${SECRET}data:\n  a: {{ uuidv4 }}\n---\n${second}`)).toMatchObject([
      { generators: ["uuidv4"] },
      { values: [".Values.password"] },
    ]);
  });

  test("stand in a named template, too", () => {
    const text = `{{ define "x" }}\n${SECRET}data:\n  password: {{ .Values.password }}\n{{ end }}\ndata:\n  token: {{ .Values.token }}\n`;
    expect(secrets(text)).toMatchObject([{ values: [".Values.password"] }]);
  });
});

describe("generators", () => {
  test.each([
    ['{{ $a := genCA "a" 3650 }}', "genCA", 3650],
    ['{{ genSelfSignedCert "a" nil (list "b" "c") 400 }}', "genSelfSignedCert", 400],
    ['{{ genSignedCert "a" nil nil (int 730) $ca }}', "genSignedCert", 730],
    ['{{ 365 | genCA "a" }}', "genCA", 365],
    ['{{ genCA "a" .Values.days }}', "genCA", null],
    ['{{ genCA "a" (.Values.days | default 3650) }}', "genCA", null],
    ['{{ genCA "a" "3650" }}', "genCA", null],
    ['{{ genPrivateKey "rsa" }}', "genPrivateKey", null],
  ])("%s", (text, name, days) => {
    expect(list(factsOf(text)?.facts["generators"])).toMatchObject([{ name, days }]);
    expect(seen(text, "generators")).toEqual([[name, name]]);
  });

  test("are no secrets by themselves", () => {
    expect(factsOf("{{ uuidv4 }}")?.evidence).toMatchObject([
      { detector: "template/generator", class: "reference", nameClass: "neutral" },
    ]);
  });
});

test("named templates tell what they make, include and look up", () => {
  const text = `{{ define "idle" }}a{{ end }}{{ define "a" }}{{ include "b" . }}{{ uuidv4 }}{{ end }}{{ block "b" . }}{{ lookup "v1" "Secret" "a" "b" }}{{ end }}`;
  expect(factsOf(text)?.facts["helpers"]).toEqual([
    { name: "a", generators: [0], includes: ["b"], looksUp: false },
    { name: "b", generators: [], includes: [], looksUp: true },
  ]);
});

test("mentions are paths that have to do with Secrets, in conditions too", () => {
  const text =
    '{{ if not .Values.auth.existingSecret }}{{ end }}{{ with .Values.db }}{{ .secretName }}{{ end }}{{ .Values.image }}{{ get .Values "useSecret" }}';
  expect(factsOf(text)?.facts["mentions"]).toEqual([
    ".Values.auth.existingSecret",
    ".Values.db.secretName",
    ".Values.useSecret",
  ]);
});

test("nothing to tell is no facts", () => {
  expect(factsOf("kind: Service\nmetadata:\n  name: {{ .Values.name | default .Chart.Name }}\n")).toBeNull();
});

describe("hostile templates", () => {
  const MANY = 20_000;
  test.each([
    ["opening marks", "{{".repeat(MANY)],
    ["open strings", '{{ "'.repeat(MANY)],
    ["open raw strings", "{{ ` ".repeat(MANY)],
    ["open characters", "{{ ' ".repeat(MANY)],
    ["open comments", "{{/* ".repeat(MANY)],
    ["parentheses", `{{ ${"(".repeat(MANY)}.Values.password | default "letmein" }}`],
    ["closed parentheses", `{{ ${"(".repeat(MANY)}.a${")".repeat(MANY)} }}`],
    ["pipes", `{{ .Values.password ${'| default "letmein" '.repeat(MANY)} }}`],
    ["fields", `{{ .Values${".password".repeat(MANY)} | default "letmein" }}`],
    ["blocks", "{{ if .a }}".repeat(MANY)],
    ["ends", "{{ end }}".repeat(MANY)],
    ["definitions", '{{ define "a" }}{{ uuidv4 }}'.repeat(MANY)],
    ["nested ranges", "{{ range .Values.secrets }}".repeat(MANY)],
    [
      "variables",
      Array.from({ length: MANY }, (_, index) => `{{ $v${index} := .Values.password | default $v${index - 1} }}`).join(
        "",
      ),
    ],
    ["one variable", '{{ $v := default $v "letmein" .Values.password }}'.repeat(MANY)],
    ["fall-backs", `${SECRET}data:\n${'  password: {{ .Values.password | default "letmein" }}\n'.repeat(MANY)}`],
    ["Secrets", `${SECRET}data:\n  a: {{ randAlphaNum 5 }}\n---\n`.repeat(MANY / 10)],
    ["one line", `data: ${"x".repeat(1_000_000)}{{ .Values.password }}`],
    ["blanks", `${" ".repeat(1_000_000)}{{ .Values.password | default${" ".repeat(1_000_000)}"letmein" }}`],
    ["keys", `${"a:".repeat(500_000)}{{ .Values.password | default "letmein" }}`],
    ["signs", `{{ ${"\u{1F511}%&".repeat(MANY)} }}`],
  ])("%s take time linear in their length", (_, text) => {
    const started = Date.now();
    expect(JSON.stringify(factsOf(text)?.facts ?? null).length).toBeLessThan(2_000_000);
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  test.each([
    "{{",
    "{{-",
    "{{ )",
    "{{ (.Values.password",
    '{{ "a\n" }}',
    "{{ $ }}",
    "{{ . }}",
    "{{ define }}",
    "{{ | }}",
    "{{ end }}",
    "{{ else }}",
    "{{ dig }}{{ get }}{{ default }}{{ genCA }}{{ include }}{{ set }}",
    "{{}}",
    "{{ := }}",
    "{{ $a, $b }}",
  ])("%j is no error", (text) => {
    expect(() => factsOf(text)).not.toThrow();
  });

  test("a broken action ends with its line", () => {
    expect(fallbacks('{{ "open\n{{ .Values.password | default "letmein" }}')).toEqual([
      [".Values.password", "letmein"],
    ]);
  });
});
