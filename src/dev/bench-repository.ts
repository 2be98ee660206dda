import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a repository of `count` objects to `folder`: applications of ten objects each, as a team
 * would keep them, one folder an application. About one application in five breaks a rule.
 */
export function writeRepository(folder: string, count: number): void {
  for (let app = 0; app * 10 < count; app += 1) {
    const name = `app-${app}`;
    const namespace = `team-${app % 25}`;
    const careless = app % 5 === 0;
    const path = join(folder, namespace, name);
    mkdirSync(path, { recursive: true });
    writeFileSync(
      join(path, "workload.yaml"),
      [deployment(name, namespace, careless), service(name, namespace), cronJob(name, namespace)].join("---\n"),
    );
    writeFileSync(join(path, "rbac.yaml"), rbac(name, namespace, careless));
    writeFileSync(
      join(path, "secrets.yaml"),
      [externalSecret(name, namespace, careless), certificate(name, namespace)].join("---\n"),
    );
    writeFileSync(
      join(path, "config.yaml"),
      [configMap(name, namespace), networkPolicy(name, namespace)].join("---\n"),
    );
  }
}

const head = (apiVersion: string, kind: string, name: string, namespace: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n  labels:\n    app.kubernetes.io/name: ${name}\n    app.kubernetes.io/part-of: shop\n`;

function pod(name: string, careless: boolean, indent: string): string {
  return [
    `serviceAccountName: ${name}`,
    "securityContext:",
    "  runAsNonRoot: true",
    "containers:",
    `  - name: ${name}`,
    `    image: registry.example/${name}:1.4.2`,
    '    args: ["serve", "--config=/etc/app/config.yaml", "--token-ttl=1h"]',
    "    env:",
    "      - name: LOG_LEVEL",
    "        value: info",
    "      - name: DATABASE_HOST",
    `        value: postgres.${name}.svc.cluster.local`,
    "      - name: DB_PASSWORD",
    ...(careless
      ? ["        value: Vq8-rT2m-Kx91-hU4z"]
      : ["        valueFrom:", `          secretKeyRef: {name: ${name}-db, key: password}`]),
    "    resources:",
    "      requests: {cpu: 100m, memory: 128Mi}",
    "      limits: {memory: 256Mi}",
    "    livenessProbe:",
    "      httpGet: {path: /healthz, port: 8080}",
    "    volumeMounts:",
    "      - {name: config, mountPath: /etc/app}",
    "volumes:",
    "  - name: config",
    `    configMap: {name: ${name}}`,
  ]
    .map((line) => `${indent}${line}\n`)
    .join("");
}

const deployment = (name: string, namespace: string, careless: boolean) =>
  `${head("apps/v1", "Deployment", name, namespace)}spec:\n  replicas: 2\n  selector:\n    matchLabels: {app: ${name}}\n  template:\n    metadata:\n      labels: {app: ${name}}\n    spec:\n${pod(name, careless, "      ")}`;

const cronJob = (name: string, namespace: string) =>
  `${head("batch/v1", "CronJob", `${name}-report`, namespace)}spec:\n  schedule: "0 3 * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n${pod(name, false, "          ")}`;

const service = (name: string, namespace: string) =>
  `${head("v1", "Service", name, namespace)}spec:\n  selector: {app: ${name}}\n  ports:\n    - {port: 80, targetPort: 8080}\n`;

const rbac = (name: string, namespace: string, careless: boolean) =>
  [
    `${head("v1", "ServiceAccount", name, namespace)}automountServiceAccountToken: false\n`,
    `${head("rbac.authorization.k8s.io/v1", "Role", name, namespace)}rules:\n  - apiGroups: [""]\n    resources: [configmaps]\n    verbs: [get, list, watch]\n  - apiGroups: [""]\n    resources: [secrets]\n    ${careless ? "" : `resourceNames: [${name}-db]\n    `}verbs: [get]\n`,
    `${head("rbac.authorization.k8s.io/v1", "RoleBinding", name, namespace)}roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: ${name}\nsubjects:\n  - kind: ServiceAccount\n    name: ${name}\n    namespace: ${namespace}\n`,
  ].join("---\n");

const externalSecret = (name: string, namespace: string, careless: boolean) =>
  `${head("external-secrets.io/v1", "ExternalSecret", `${name}-db`, namespace)}  annotations:\n    portcullis/rotation-interval: 30d\n    portcullis/last-rotated: "2026-11-02"\nspec:\n  refreshInterval: ${careless ? '"0"' : "1h"}\n  secretStoreRef: {kind: SecretStore, name: team-vault}\n  target: {name: ${name}-db}\n  data:\n    - secretKey: password\n      remoteRef: {key: ${name}/db, property: password}\n`;

const certificate = (name: string, namespace: string) =>
  `${head("cert-manager.io/v1", "Certificate", `${name}-tls`, namespace)}spec:\n  secretName: ${name}-tls\n  duration: 2160h\n  renewBefore: 720h\n  dnsNames: [${name}.example]\n  issuerRef: {name: internal-ca, kind: ClusterIssuer}\n`;

const configMap = (name: string, namespace: string) =>
  `${head("v1", "ConfigMap", name, namespace)}data:\n  config.yaml: |\n    server:\n      port: 8080\n      timeout: 30s\n    database:\n      host: postgres\n      passwordFile: /run/creds/password\n    features: [search, export]\n`;

const networkPolicy = (name: string, namespace: string) =>
  `${head("networking.k8s.io/v1", "NetworkPolicy", name, namespace)}spec:\n  podSelector:\n    matchLabels: {app: ${name}}\n  policyTypes: [Ingress, Egress]\n  ingress:\n    - from:\n        - podSelector: {}\n`;
