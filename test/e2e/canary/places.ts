import { CONTEXTUAL, FORMATS, type Planter } from "./tokens.ts";

/** Writes a file with secrets of all kinds that belong in a place: its path, and its text. */
type Place = (planter: Planter) => readonly [path: string, text: string | Buffer];

const ALL = [...FORMATS, ...CONTEXTUAL];
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const keyOf = (kind: string): string => `${kind.replaceAll("-", "_").toUpperCase()}_PASSWORD`;

/** A file with one document for each kind. */
function documents(name: string, kinds: readonly string[], one: (token: string, kind: string) => string): Place {
  return (planter) => [
    `${name}.yaml`,
    planter
      .choose(kinds)
      .map((kind) => one(planter.token(kind, name), kind))
      .join("---\n"),
  ];
}

/** A text file with one line for each kind. */
function lines(path: string, kinds: readonly string[], one: (token: string, kind: string) => string): Place {
  return (planter) => [
    path,
    `${planter
      .choose(kinds)
      .map((kind) => one(planter.token(kind, path), kind))
      .join("\n")}\n`,
  ];
}

const configMap = (kind: string, rest: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${kind}\n${rest}`;

const workload = (kind: string, container: string): string =>
  `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${kind}
spec:
  selector: { matchLabels: { app: ${kind} } }
  template:
    metadata: { labels: { app: ${kind} } }
    spec:
      containers:
        - name: app
          image: registry.example.com/app:1.0.0
${container.replaceAll(/^/gm, "          ").trimEnd()}
`;

const secret = (kind: string, rest: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${kind}\n${rest}`;

const waived = (directive: string, kind: string): string =>
  `# portcullis-ignore ${directive}\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ${kind}\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]\n`;

/** Every place in a repository that a secret can stand in, and that the gate reads. */
export const PLACES: readonly Place[] = [
  documents("string-data", ALL, (token, kind) => secret(kind, `stringData:\n  password: ${token}\n`)),
  documents("data", ALL, (token, kind) => secret(kind, `data:\n  password: ${base64(token)}\n`)),
  documents("folded-data", ALL, (token, kind) =>
    secret(kind, `data:\n  password: >-\n    ${base64(token).replaceAll(/.{20}/g, "$&\n    ")}\n`),
  ),
  documents("binary-tag", ALL, (token, kind) => secret(kind, `stringData:\n  password: !!binary ${base64(token)}\n`)),
  documents("whole-file-in-secret", ALL, (token, kind) =>
    secret(kind, `stringData:\n  config.yaml: |\n    user: app\n    password: ${token}\n`),
  ),
  documents("docker-config", ALL, (token, kind) =>
    secret(
      kind,
      `type: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '{"auths":{"registry.example.com":{"username":"app","password":"${token}","auth":"${base64(`app:${token}`)}"}}}'\n`,
    ),
  ),
  documents("env", ALL, (token, kind) => workload(kind, `env:\n  - name: ${keyOf(kind)}\n    value: ${token}\n`)),
  documents("env-quoted", ALL, (token, kind) =>
    workload(kind, `env:\n  - { "name": "${keyOf(kind)}", "value": "${token}" }\n`),
  ),
  documents("env-escaped", ALL, (token, kind) => {
    const escaped = [...token].map((char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
    return workload(kind, `env:\n  - name: ${keyOf(kind)}\n    value: "${escaped}"\n`);
  }),
  documents("env-anchor", ALL, (token, kind) =>
    workload(
      kind,
      `env:\n  - name: ${keyOf(kind)}\n    value: &it ${token}\n  - name: OTHER_PASSWORD\n    value: *it\n`,
    ),
  ),
  documents("argument", ALL, (token, kind) => workload(kind, `args: ["serve", "--password=${token}", "--verbose"]\n`)),
  documents("two-arguments", ALL, (token, kind) => workload(kind, `args:\n  - --password\n  - ${token}\n`)),
  documents("shell", ALL, (token, kind) =>
    workload(kind, `command: ["sh", "-c", "export LEVEL=info; exec app --password '${token}' && true"]\n`),
  ),
  documents("shell-variable", ALL, (token, kind) =>
    workload(kind, `command: ["sh", "-c", "export DB_PASSWORD=${token}; exec app"]\n`),
  ),
  documents("header", ALL, (token, kind) =>
    workload(
      kind,
      `livenessProbe:\n  httpGet:\n    path: /\n    port: 80\n    httpHeaders:\n      - name: Authorization\n        value: Bearer ${token}\n`,
    ),
  ),
  documents("probe-command", ALL, (token, kind) =>
    workload(kind, `readinessProbe:\n  exec:\n    command: [redis-cli, -a, "${token}", ping]\n`),
  ),
  documents("url", CONTEXTUAL, (token, kind) =>
    configMap(kind, `data:\n  DATABASE_URL: postgres://app:${encodeURIComponent(token)}@db.example.com/app\n`),
  ),
  documents("url-query", FORMATS, (token, kind) =>
    configMap(kind, `data:\n  endpoint: https://api.example.com/v1?access_token=${encodeURIComponent(token)}&x=1\n`),
  ),
  documents("config-value", ALL, (token, kind) => configMap(kind, `data:\n  ${keyOf(kind)}: ${token}\n`)),
  documents("nested-yaml", ALL, (token, kind) =>
    configMap(kind, `data:\n  app.yaml: |\n    database:\n      user: app\n      password: ${token}\n`),
  ),
  documents("nested-json", ALL, (token, kind) =>
    configMap(kind, `data:\n  app.json: |\n    {"database": {"user": "app", "password": "${token}"}}\n`),
  ),
  documents("nested-properties", ALL, (token, kind) =>
    configMap(kind, `data:\n  app.properties: |\n    db.user=app\n    db.password=${token}\n`),
  ),
  documents("nested-broken", FORMATS, (token, kind) =>
    configMap(kind, `data:\n  app.yaml: |\n    a: [\n    ${token}\n     b: : c\n`),
  ),
  documents("annotation", ALL, (token, kind) =>
    configMap(kind, "").replace("metadata:\n", `metadata:\n  annotations:\n    example.com/password: "${token}"\n`),
  ),
  documents("last-applied", ALL, (token, kind) =>
    configMap(kind, "").replace(
      "metadata:\n",
      `metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"${kind}"},"data":{"password":"${base64(token)}"}}'\n`,
    ),
  ),
  documents("comment", FORMATS, (token, kind) => `# ${token}\n${configMap(kind, `data:\n  a: b # ${token}\n`)}`),
  documents("waiver-reason", FORMATS, (token, kind) => waived(`rbac/wildcard-grant -- the ${token} of before`, kind)),
  documents("waived-line", FORMATS, (token, kind) =>
    configMap(kind, `data:\n  a: ${token} # portcullis-ignore secrets/known-token-or-url-credential -- ${token}\n`),
  ),
  documents("waiver-rule", FORMATS, (token, kind) => waived(`${token} -- known`, kind)),
  documents("waiver-day", FORMATS, (token, kind) => waived(`rbac/wildcard-grant until ${token} -- known`, kind)),
  documents("key", FORMATS, (token, kind) => configMap(kind, `data:\n  "${token}": value\n  password: ${token}\n`)),
  documents("container-name", FORMATS, (token, kind) =>
    workload(kind, "").replace("name: app\n", `name: "${token}"\n`),
  ),
  documents("image", FORMATS, (token, kind) => workload(kind, "").replace("app:1.0.0", `app:1.0.0-${token}`)),
  documents("object-name", FORMATS, (token) => secret(`"${token}"`, `stringData:\n  password: ${token}\n`)),
  documents(
    "role-name",
    FORMATS,
    (token) =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: "${token}"\nrules:\n  - apiGroups: ["*"]\n    resources: ["*", "${token}"]\n    verbs: ["*", "${token}"]\n`,
  ),
  documents(
    "binding",
    FORMATS,
    (token, kind) =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ${kind}\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }\nsubjects:\n  - { kind: ServiceAccount, name: "${token}", namespace: "${token}" }\n  - { kind: User, apiGroup: rbac.authorization.k8s.io, name: "${token}" }\n`,
  ),
  documents(
    "external-secret",
    FORMATS,
    (token, kind) =>
      `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: ${kind}\nspec:\n  refreshInterval: "${token}"\n  secretStoreRef: { name: "${token}" }\n  target: { name: ${kind} }\n  data:\n    - secretKey: password\n      remoteRef: { key: "${token}" }\n`,
  ),
  documents(
    "kind-and-version",
    FORMATS,
    (token) => `apiVersion: "${token}"\nkind: "${token}"\nmetadata:\n  name: x\nspec:\n  password: ${token}\n`,
  ),
  documents(
    "list",
    ALL,
    (token, kind) =>
      `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: { name: ${kind} }\n    stringData: { password: "${token}" }\n`,
  ),
  lines("manifest.json", ["password"], (token) =>
    JSON.stringify(
      { apiVersion: "v1", kind: "Secret", metadata: { name: "json" }, stringData: { password: token } },
      null,
      2,
    ),
  ),
  lines(".env", ALL, (token, kind) => `${keyOf(kind)}=${token}`),
  lines("app.properties", FORMATS, (token) => `token=${token}`),
  lines("settings.toml", FORMATS, (token) => `token = "${token}"`),
  lines(".npmrc", ["npm-token"], (token) => `//npm.example.org/:_authToken=${token}`),
  lines("notes.txt", FORMATS, (token) => token),
  lines("template.yaml", FORMATS, (token) => `{% set x %}: [${token}`),
  lines(".github/workflows/ci.yml", FORMATS, (token) => `- run: curl -H 'Authorization: ${token}' \${{ x }}`),
  (planter) => {
    const all = planter.choose(ALL);
    const patches = all.map(
      (kind) =>
        `  - patch: |\n      apiVersion: v1\n      kind: Secret\n      metadata: { name: ${kind} }\n      stringData: { password: "${planter.token(kind, "patch")}" }\n`,
    );
    const operations = all.map(
      (kind) =>
        `  - target: { kind: Secret }\n    patch: '[{"op": "add", "path": "/stringData/password", "value": "${planter.token(kind, "json-patch")}"}]'\n`,
    );
    // What a literal is, is told by its characters, and so is how much of its line is masked.
    const literals = (planter.comparing ? [] : all).map(
      (kind) => `      - ${keyOf(kind)}=${planter.token(kind, "generator")}\n`,
    );
    return [
      "kustomize/kustomization.yaml",
      `resources: []\nsecretGenerator:\n  - name: generated\n    literals:\n      - LEVEL=info\n${literals.join("")}patches:\n${patches.join("")}${operations.join("")}`,
    ];
  },
  (planter) => [
    "chart/values.yaml",
    `${planter
      .choose(ALL)
      .map((kind) => `${keyOf(kind)}: ${planter.token(kind, "values")}`)
      .join("\n")}\n`,
  ],
  () => ["chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n"],
  (planter) => [
    "utf16.yaml",
    Buffer.from(
      `\ufeff${secret("utf16", `stringData:\n  password: ${planter.token("password", "utf16")}\n`)}`,
      "utf16le",
    ),
  ],
  (planter) => [
    "private-key.yaml",
    secret(
      "key",
      `stringData:\n  tls.key: |\n    -----BEGIN ${"PRIVATE"} KEY-----\n    ${planter.token("private-key", "first line")}\n    ${planter.token("private-key", "second line")}\n    -----END ${"PRIVATE"} KEY-----\n`,
    ),
  ],
  (planter) => [
    `names/${planter.token("github-token", "file name")}.yaml`,
    secret("file-name", `stringData:\n  password: ${planter.token("github-token", "named file")}\n`),
  ],
];

const manifest = (rest: string): string => secret("broken", rest);

/** Files that can't be judged, each with a secret where the parser stumbles. */
export const BROKEN: readonly Place[] = FORMATS.slice(0, 4)
  .concat("stripe-key")
  .flatMap((kind): Place[] => {
    const broken = (name: string, text: (token: string) => string | Buffer): Place => {
      return (planter) => [`broken/${kind}-${name}.yaml`, text(planter.token(kind, name))];
    };
    return [
      broken("indentation", (token) => manifest(`stringData:\n  a: ${token}\n   b: ${token}\n`)),
      broken("unclosed", (token) => manifest(`stringData:\n  a: "${token}\n`)),
      broken("escape", (token) => manifest(`stringData:\n  a: "\\q${token}"\n`)),
      broken("flow", (token) => manifest(`stringData: { a: ${token}, ${token}\n`)),
      broken("duplicate", (token) => manifest(`stringData:\n  "${token}": a\n  "${token}": b\n`)),
      broken("tag", (token) => manifest(`stringData:\n  a: !${token} b\n`)),
      broken("handle", (token) => manifest(`stringData:\n  a: !${token}!x b\n`)),
      broken("alias", (token) => manifest(`stringData:\n  a: *${token}\n`)),
      broken("anchor", (token) => manifest(`stringData:\n  a: &${token} ${token}\n  b: &${token} c\n  ? [x]\n  : y\n`)),
      broken("complex-key", (token) => manifest(`stringData:\n  ? [${token}]\n  : ${token}\n`)),
      broken("binary-tag", (token) => manifest(`stringData:\n  a: !!binary "${token}!"\n`)),
      broken("directive", (token) => `%${token} 1\n---\n${manifest(`stringData:\n  a: ${token}\n`)}`),
      broken("deep", (token) => manifest(`stringData:\n  a: ${"[".repeat(300)}${token}${"]".repeat(300)}\n`)),
      broken("not-text", (token) =>
        Buffer.concat([Buffer.from(manifest(`stringData:\n  a: ${token}\n`)), Buffer.from([0xff, 0xfe, 0x80])]),
      ),
      ...(kind === "stripe-key"
        ? [broken("too-large", (token) => manifest(`stringData:\n  a: ${token}\n${"#".repeat(11_000_000)}\n`))]
        : []),
    ];
  });

/** Configurations with a secret where the mistake is; each ends a run. */
export const CONFIGS: readonly Place[] = ["github-token", "vault-token", "slack-webhook"].flatMap((kind): Place[] => {
  const config = (name: string, text: (token: string) => string): Place => {
    return (planter) => [".portcullis.yaml", text(planter.token(kind, `configuration, ${name}`))];
  };
  return [
    config("value", (token) => `fail-on: "${token}"\nprofile: "${token}"\npaths: ["${token}"]\n`),
    config("key", (token) => `"${token}": 1\n`),
    config("rule", (token) => `rules:\n  "${token}": off\n  "rbac/${token}": high\n`),
    config(
      "parameter",
      (token) => `rules:\n  rbac/secrets-access-broad:\n    params:\n      maxNames: "${token}"\n      "${token}": 1\n`,
    ),
    config(
      "pattern",
      (token) => `rules:\n  secrets/env-literal-credential:\n    params:\n      sensitiveNameRegex: "(${token}"\n`,
    ),
    config("syntax", (token) => `fail-on: [${token}\n`),
    config("tag", (token) => `fail-on: !${token} high\n`),
    config("duplicate", (token) => `"${token}": 1\n"${token}": 2\n`),
  ];
});
