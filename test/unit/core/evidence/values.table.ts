import { NEUTRAL_NAMES, NOT_SENSITIVE_NAMES, SENSITIVE_NAMES } from "./names.table.ts";
import { HASHES, LIKELY } from "./values/likely.table.ts";
import { PLACEHOLDERS } from "./values/placeholders.table.ts";
import { PLAIN } from "./values/plain.table.ts";
import { PUBLIC } from "./values/public.table.ts";
import { ENCRYPTED, REFERENCES } from "./values/references.table.ts";
import { named, rows, type ValueRow } from "./values/rows.ts";
import { SCALARS } from "./values/scalars.table.ts";
import { WEAK } from "./values/weak.table.ts";

/** A value that is a credential wherever its name announces one. */
const SECRET = "kJ8mQ2vL9pR4";

/** Name and value to class: all that the classifier is held to. */
export const VALUE_ROWS: readonly ValueRow[] = [
  ...rows("empty", "password\ntoken"),
  ["API_TOKEN", "  ", "empty"],
  ["API_TOKEN", "\t\n", "empty"],
  ["DB_PASSWORD", "\u0000GITCRYPT\u0000\u0001\u0002", "encrypted"],
  ...ENCRYPTED,
  ...REFERENCES,
  ...PLACEHOLDERS,
  ...PUBLIC,
  ...SCALARS,
  ...PLAIN,
  ...WEAK,
  ...HASHES,
  ...LIKELY,
  ...named("likely", SECRET, SENSITIVE_NAMES),
  ...named("plain", SECRET, NOT_SENSITIVE_NAMES),
  ...named("plain", SECRET, NEUTRAL_NAMES),
];

/** The classes of what is no finding. */
export const HARMLESS_CLASSES: ReadonlySet<string> = new Set([
  "empty",
  "encrypted",
  "reference",
  "placeholder",
  "public",
  "scalar",
  "plain",
]);

/** Values of real manifests that stay silent under names of every kind, sensitive ones included. */
export const HARMLESS_VALUES = `
  redis-cart:6379 /etc/creds true false info debug us-east-1 eu-central-1 my-service.default.svc.cluster.local admin-user 8080 3600 30s 512Mi
  100m Always IfNotPresent ClusterIP RollingUpdate http https /healthz /metrics app.kubernetes.io/name kube-system cert-manager letsencrypt-prod
  nginx-ingress-controller v1.2.3 1.0.0 10.96.0.1 0.0.0.0:8443 example.com api.internal https://example.com/path?x=1 postgres://db:5432/app
  billing-db-credentials my-app-tls enabled disabled none production.yaml values-prod.yaml gp3-encrypted feature-flags
`
  .trim()
  .split(/\s+/);
