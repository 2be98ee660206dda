import { describe, expect, test } from "@jest/globals";
import { evidenceOf, manifest, summaryOf } from "./objects.ts";

const P = "kJ8mQ2vL9p";
const ENCODED = btoa(P);

describe("workloads", () => {
  test("environment, arguments, probes and headers, in pods of every depth", () => {
    expect(
      summaryOf(`
apiVersion: batch/v1
kind: CronJob
metadata: {name: x}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
            - name: init
              image: app
              command: ["sh", "-c", "export DB_PASSWORD=${P} && run"]
          containers:
            - name: app
              image: app
              env:
                - name: DB_PASSWORD
                  value: "${P}"
                - {name: API_TOKEN, value: ${P}}
                - name: DATABASE_URL
                  value: postgres://app:${P}@db:5432/app
                - name: CONFIG
                  value: '{"password":"${P}"}'
                - name: FROM_SECRET
                  valueFrom: {secretKeyRef: {name: db-password, key: password}}
                - {name: DB_PASSWORD_FILE, value: /run/secrets/password}
                - {name: REDIS_ADDR, value: "redis-cart:6379"}
                - {name: WEAK_PASSWORD, value: admin}
                - {name: EMPTY_PASSWORD, value: ""}
              command: [mysql]
              args: [-uapp, -p${P}, "--token=${P}", --token-ttl=1h]
              livenessProbe:
                httpGet:
                  path: /healthz
                  httpHeaders:
                    - {name: Authorization, value: Bearer ${P}}
                    - {name: Host, value: example.com}
                    - {name: Cookie, value: session=probe}
              lifecycle:
                preStop:
                  exec: {command: [redis-cli, -a, ${P}, shutdown]}
`).toSorted(),
    ).toEqual(
      [
        `13:likely assignment DB_PASSWORD ⟨${P}⟩`,
        `19:likely pair DB_PASSWORD ⟨${P}⟩`,
        `20:likely pair API_TOKEN ⟨${P}⟩`,
        `22:url-credential value DATABASE_URL ⟨${P}⟩`,
        `24:likely nested password ⟨${P}⟩`,
        `29:weak pair WEAK_PASSWORD ⟨admin⟩`,
        `32:likely flag -p ⟨${P}⟩`,
        `32:likely flag token ⟨${P}⟩`,
        `37:likely header Authorization ⟨${P}⟩`,
        `42:likely flag -a ⟨${P}⟩`,
      ].toSorted(),
    );
  });

  test("paths lead to the scalar in the object, in a List too", () => {
    const read = manifest(`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    spec: {containers: [{name: a, env: [{name: A, value: b}, {name: DB_PASSWORD, value: ${P}}]}]}
`);
    expect(evidenceOf(read)).toMatchObject([
      { path: ["spec", "containers", 0, "env", 1, "value"], class: "likely", nameClass: "sensitive", context: "pair" },
    ]);
  });

  test("real values stay silent", () => {
    expect(
      summaryOf(`
apiVersion: apps/v1
kind: Deployment
metadata:
  name: x
  annotations:
    checksum/secret: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    secret.reloader.stakater.com/reload: db-password,api-token
    vault.hashicorp.com/agent-inject-secret-db: secret/data/billing/db
    vault.hashicorp.com/agent-inject-template-db: |
      {{- with secret "secret/data/billing/db" -}}
      export DB_PASSWORD={{ .Data.data.password }}
      {{- end }}
    vault.hashicorp.com/role: billing
  labels: {app.kubernetes.io/version: 1.2.3, token-rotation: enabled}
spec:
  template:
    spec:
      automountServiceAccountToken: false
      imagePullSecrets: [{name: registry-credentials}]
      serviceAccountName: billing
      tolerations: [{key: token, operator: Equal, value: S3cr3tP4ss!x}]
      containers:
        - name: app
          image: ghcr.io/acme/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
          env:
            - {name: MAX_TOKENS, value: "4096"}
            - {name: TOKENIZERS_PARALLELISM, value: "false"}
            - {name: SECRET_NAME, value: billing-db}
            - {name: AWS_ROLE_ARN, value: "arn:aws:iam::123456789012:role/app"}
            - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /var/run/secrets/token}
            - {name: AWS_REGION, value: us-east-1}
            - {name: LOG_LEVEL, value: info}
            - {name: FEATURE_FLAGS, value: "new-checkout,dark-mode"}
            - {name: CART_SERVICE_ADDR, value: "cartservice:7070"}
            - {name: API_TOKEN, value: $(OTHER_TOKEN)}
            - {name: PUBLIC_KEY_ID, value: a1b2c3d4e5f6}
            - {name: COMMIT_SHA, value: 3b18e512dba79e4c8300dd08aeb37f8e728b8dad}
          args: ["--secret-name=billing", "--password-file=/run/creds/password", "--token", "$(TOKEN)"]
      volumes: [{name: creds, secret: {secretName: billing-db, items: [{key: password, path: password}]}}]
`),
    ).toEqual([]);
  });
});

describe("Secrets", () => {
  test("every entry gives evidence, whatever its class", () => {
    expect(
      summaryOf(`
apiVersion: v1
kind: Secret
data:
  password: ${ENCODED}
  username: ${btoa("app")}
  weak: ${btoa("changeme")}
  note: ${btoa("example")}
  admin-password: ${btoa("admin")}
  same: ""
  ca.crt: ${btoa("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")}
  sops: ENC[AES256_GCM,data:abc,iv:abc,tag:abc,type:str]
  avp: <path:secret/data/db#password>
  tpl: "{{ .Values.password | b64enc }}"
  dsn: ${btoa(`postgres://app:${P}@db/app`)}
  app.properties: ${btoa(`db.user=app\ndb.password=${P}\n`)}
stringData:
  token: ${P}
  app.ini: |
    [db]
    user = app
    password = ${P}
  ref: ref+vault://secret/db#/password
`),
    ).toEqual([
      `5:likely value decoded password ⟨${ENCODED}⟩`,
      `6:plain value decoded username ⟨${btoa("app")}⟩`,
      `7:weak value decoded weak ⟨${btoa("changeme")}⟩`,
      `8:placeholder value decoded note ⟨${btoa("example")}⟩`,
      `9:weak value decoded admin-password ⟨${btoa("admin")}⟩`,
      `10:empty value same ⟨⟩`,
      `11:public value decoded ca.crt ⟨${btoa("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")}⟩`,
      `12:encrypted value sops ⟨ENC[AES256_GCM,data:abc,iv:abc,tag:abc,type:str]⟩`,
      `13:reference value avp ⟨<path:secret/data/db#password>⟩`,
      `14:reference value tpl ⟨{{ .Values.password | b64enc }}⟩`,
      `15:url-credential value decoded dsn ⟨${btoa(`postgres://app:${P}@db/app`)}⟩`,
      `15:likely value decoded dsn ⟨${btoa(`postgres://app:${P}@db/app`)}⟩`,
      `16:likely value decoded app.properties ⟨${btoa(`db.user=app\ndb.password=${P}\n`)}⟩`,
      `18:likely value token ⟨${P}⟩`,
      `20:plain value app.ini ⟨[db]\n    user = app\n    password = ${P}⟩`,
      `22:likely nested password ⟨${P}⟩`,
      `23:reference value ref ⟨ref+vault://secret/db#/password⟩`,
    ]);
  });

  test("registry credentials, keys and keystores are opened", () => {
    const auth = btoa(`bot:${P}`);
    const config = (entry: object) => btoa(JSON.stringify({ auths: { "registry.example": entry } }));
    const key = [
      ["-----BEGIN", "PRIVATE", "KEY-----"].join(" "),
      "MC4CAQAwBQYDK2VwBCIEIGq9Tn3sVf8Wk2Lx7Zp5Rb4Yc6Ud1Hj0Mo8Qe3Ia9Kf",
    ].join("\n");
    const classes = (entry: string, value: string) =>
      evidenceOf(manifest(`apiVersion: v1\nkind: Secret\ndata:\n  ${entry}: ${value}\n`)).map(
        (each) => `${each.kind} ${each.class}`,
      );
    expect(classes(".dockerconfigjson", config({ auth }))).toEqual(["credential likely"]);
    expect(classes(".dockerconfigjson", config({ username: "bot", password: "changeme" }))).toEqual([
      "credential weak",
    ]);
    expect(classes(".dockerconfigjson", config({ auth: btoa("bot:") }))).toEqual(["credential empty"]);
    expect(classes(".dockerconfigjson", btoa("{}"))).toEqual(["credential empty"]);
    expect(classes(".dockercfg", btoa(JSON.stringify({ "registry.example": { identitytoken: P } })))).toEqual([
      "credential likely",
    ]);
    expect(classes("tls.key", btoa(key))).toEqual(["private-key likely", "credential likely"]);
    expect(
      classes("encryption-key", btoa("\u0001\u0002\u0003\u00ff\u00fe\u0000\u0001\u0002\u0003\u00ff\u00fe\u0000")),
    ).toEqual(["credential likely"]);
    expect(classes("blob", btoa("\u0001\u0002\u0003\u00ff\u00fe\u0000\u0001\u0002\u0003\u00ff\u00fe\u0000"))).toEqual([
      "credential plain",
    ]);
  });

  test("a password that is the user's name next to it is weak", () => {
    expect(
      summaryOf(`apiVersion: v1\nkind: Secret\nstringData: {username: zq81payments, password: zq81payments}\n`),
    ).toContain("3:weak value password ⟨zq81payments⟩");
  });

  test("example files hold placeholders, others passwords in use", () => {
    const text = "apiVersion: v1\nkind: Secret\nstringData: {password: changeme}\n";
    expect(summaryOf(text)).toEqual(["3:weak value password ⟨changeme⟩"]);
    expect(summaryOf(text, { isExample: (uri) => uri === "app.yaml" })).toEqual([
      "3:placeholder value password ⟨changeme⟩",
    ]);
  });

  test("the vault plugin's generic placeholders are references where the object says so", () => {
    const text = (annotations: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: {annotations: {${annotations}}}\nstringData: {password: <db-password>}\n`;
    expect(summaryOf(text("avp.kubernetes.io/path: secret/data/db"))).toEqual([
      "4:reference value password ⟨<db-password>⟩",
    ]);
    expect(summaryOf(text('avp.kubernetes.io/path: secret/data/db, avp.kubernetes.io/ignore: "true"'))).toEqual([
      "4:placeholder value password ⟨<db-password>⟩",
    ]);
  });

  test("sealed data is ciphertext, its template is not", () => {
    expect(
      summaryOf(`
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
spec:
  encryptedData: {password: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq}
  template:
    data: {api-token: ${P}}
`),
    ).toEqual([`7:likely value api-token ⟨${P}⟩`]);
  });

  test("what SOPS writes about itself is left alone, a field that only has its name is not", () => {
    const text = (sops: string) => `apiVersion: v1\nkind: Widget\nsops: {${sops}, password: ${P}}\n`;
    expect(
      summaryOf(text('mac: "ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]", lastmodified: "2025-01-01T00:00:00Z"')),
    ).toEqual([]);
    expect(summaryOf(text("mac: none"))).toEqual([`3:likely value password ⟨${P}⟩`]);
  });
});

describe("ConfigMaps and metadata", () => {
  test("entries are read as the files they are", () => {
    expect(
      summaryOf(`
apiVersion: v1
kind: ConfigMap
data:
  DB_PASSWORD: ${P}
  app.yaml: |
    db:
      user: app
      password: "${P}"
    env:
      - {name: API_TOKEN, value: ${P}}
  app.json: '{"auth": {"clientSecret": "${P}"}}'
  init.sh: |
    #!/bin/sh
    curl -u app:${P} https://example.com
  values: redis://:${P}@redis:6379
  README.md: The password is stored in a Secret.
  postgresql.conf: |
    password_encryption = scram-sha-256
    log_line_prefix = '%m [%p] %q%u@%d '
  policy.csv: |
    p, role:org-admin, applications, *, */*, allow
    g, password:token, role:admin
  nginx.conf: |
    proxy_set_header Authorization "Bearer ${P}";
    proxy_pass http://backend;
    server_tokens off;
  kubeconfig: |
    apiVersion: v1
    kind: Config
    users:
      - name: x
        user:
          token: ${P}
`),
    ).toEqual([
      `5:likely value DB_PASSWORD ⟨${P}⟩`,
      `9:likely nested password ⟨${P}⟩`,
      `11:likely nested API_TOKEN ⟨${P}⟩`,
      `12:likely nested clientSecret ⟨${P}⟩`,
      `15:likely flag -u ⟨${P}⟩`,
      `16:url-credential value values ⟨${P}⟩`,
      `25:likely header Authorization ⟨${P}⟩`,
      `34:likely nested token ⟨${P}⟩`,
    ]);
  });

  test("an object that kubectl wrote into an annotation is judged like one", () => {
    const applied = JSON.stringify({
      apiVersion: "v1",
      kind: "Secret",
      data: { password: ENCODED, user: btoa("app") },
    });
    const text = `apiVersion: v1\nkind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      ${applied}\n`;
    expect(summaryOf(text)).toEqual([
      `6:likely nested decoded password ⟨${ENCODED}⟩`,
      `6:plain nested decoded user ⟨${btoa("app")}⟩`,
    ]);
    expect(evidenceOf(manifest(text))).toMatchObject([
      { path: ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"] },
      {},
    ]);
  });

  test("schemas, policies and objects that hold references are left alone", () => {
    for (const [apiVersion, spec] of [
      [
        "apiextensions.k8s.io/v1",
        "{versions: [{schema: {properties: {password: {type: string, default: kJ8mQ2vL9p}}}}]}",
      ],
      ["external-secrets.io/v1", "{data: [{secretKey: password, remoteRef: {key: billing/db, property: password}}]}"],
      ["secrets.hashicorp.com/v1beta1", "{destination: {name: x}, token: kJ8mQ2vL9p}"],
    ]) {
      expect(summaryOf(`apiVersion: ${apiVersion}\nkind: X\nspec: ${spec}\n`)).toEqual([]);
    }
  });
});

describe("hostile objects", () => {
  test("aliases count at each path, and the amount of evidence is bounded", () => {
    const text = `apiVersion: v1\nkind: Widget\na: &a {password: ${P}}\nb: *a\n`;
    expect(evidenceOf(manifest(text)).map(({ path }) => path)).toEqual([
      ["a", "password"],
      ["b", "password"],
    ]);
    const many = `apiVersion: v1\nkind: Widget\nlist:\n${`  - {password: ${P}}\n`.repeat(6000)}`;
    expect(evidenceOf(manifest(many))).toHaveLength(5000);
  });

  test.each<[string, () => string]>([
    ["a wide ConfigMap entry", () => `data:\n  a: |\n${"    password = x\n".repeat(30_000)}`],
    [
      "texts in texts",
      () => `data:\n  a: ${JSON.stringify(JSON.stringify(JSON.stringify({ a: JSON.stringify({ password: P }) })))}\n`,
    ],
    [
      "a yaml bomb in an entry",
      () =>
        `data:\n  a: |\n    a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `    ${"bcdefghij"[i]}: &${"bcdefghij"[i]} [${`*${"abcdefghij"[i]},`.repeat(9)}]\n`).join("")}`,
    ],
    ["long lines", () => `data:\n  a: |\n    ${"password=".repeat(50_000)}\n    ${"<a ".repeat(100_000)}\n`],
    ["deep JSON", () => `data:\n  a: '${'{"a":'.repeat(2000)}1${"}".repeat(2000)}'\n`],
    [
      "nulls everywhere",
      () =>
        "data:\nspec:\n  env: [null, {name: null, value: null}, {name: 1, value: 2}]\n  command: [null, 1, {a: b}]\nmetadata:\n  annotations:\n",
    ],
  ])("%s ends", (_, make) => {
    for (const kind of ["ConfigMap", "Secret", "Widget"]) {
      expect(evidenceOf(manifest(`apiVersion: v1\nkind: ${kind}\n${make()}`)).length).toBeLessThanOrEqual(5000);
    }
  });
});
