import type { ValueClass } from "../../../../src/model/evidence.ts";

/** A name, a value, and the class of the value. `~` in a value joins pieces, so that no token stands here. */
export type ValueRow = readonly [name: string, value: string, expected: ValueClass];

const rows = (expected: ValueClass, text: string): readonly ValueRow[] =>
  text
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", ...rest] = line.trim().split(" ");
      return [name, rest.join(" ").replaceAll("~", ""), expected];
    });

export const VALUE_ROWS: readonly ValueRow[] = [
  ...rows(
    "empty",
    `
    password
    token
  `,
  ).filter(([name]) => name !== ""),
  ...rows(
    "encrypted",
    `
    password ENC[AES256_GCM,data:abcdef,iv:Zm9v,tag:YmFy,type:str]
    password ENC[PKCS7,MIIBiQYJKoZIhvcNAQcDoIIBejCCAXYCAQAx]
    api_key $ANSIBLE_VAULT;1.1;AES256
    data -----BEGIN AGE ENCRYPTED FILE-----
    data -----BEGIN PGP MESSAGE-----
  `,
  ),
  ...rows(
    "reference",
    `
    DB_PASSWORD $(DB_PASSWORD)
    DB_PASSWORD $DB_PASSWORD
    DB_PASSWORD \${DB_PASSWORD}
    DB_PASSWORD \${env:DB_PASSWORD}
    DB_PASSWORD \${DB_PASSWORD:-}
    DB_PASSWORD \${DB_PASSWORD:?must be set}
    DB_PASSWORD $(cat /run/secrets/db)
    DB_PASSWORD \`cat /run/secrets/db\`
    DB_PASSWORD %DB_PASSWORD%
    DB_PASSWORD {{ .Values.db.password }}
    DB_PASSWORD {{ .Values.db.password | quote }}
    DB_PASSWORD <%= ENV["DB_PASSWORD"] %>
    DB_PASSWORD #{ENV['DB_PASSWORD']}
    token Bearer \${TOKEN}
    token Bearer {{ .token }}
    password vault:secret/data/db#password
    password >>vault:secret/data/db#password
    password bao:secret/data/db#password
    password ref+vault://secret/db#/password
    password ref+awssecrets://prod/db/password
    password secrets://enc/values.yaml
    password secrets+age-import:///keys/key.txt?values.yaml
    password op://prod/db/password
    password awssm:prod/db
    password sm://project/db-password
    password akvs:vault/db-password
    password doppler://project/config/DB_PASSWORD
    password infisical://project/env/DB_PASSWORD
    password arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf
    password arn:aws:ssm:eu-west-1:123456789012:parameter/prod/db/password
    password projects/my-project/secrets/db-password/versions/latest
    password https://billing.vault.azure.net/secrets/db-password/0123456789abcdef0123456789abcdef
    password <path:secret/data/db#password>
    password <path:avp/data/db#password#3>
    client_secret $oidc.azure.clientSecret
    clientSecret $my-secret:client-secret
    password $__file{/etc/secrets/grafana}
    password $__env{GF_PASSWORD}
    password {{resolve:secretsmanager:prod/db:SecretString:password}}
    password !Ref DatabasePassword
    password !ImportValue shared-db-password
    password process.env.DB_PASSWORD
    password @Microsoft.KeyVault(SecretUri=https://x.vault.azure.net/secrets/y)
    password os.environ["DB_PASSWORD"].strip()
    DSN postgres://app:\${PASSWORD}@db:5432/app
    DSN postgres://{{ .user }}:{{ .password }}@db:5432/app
  `,
  ),
  ...rows(
    "placeholder",
    `
    foo changeme
    foo CHANGE_ME
    foo example
    password ***
    password ********
    password xxx
    password XXXXXXXX
    password <password>
    password <your password here>
    password your-password
    password YOUR_API_KEY
    password yourSecretHere
    token insert-token-here
    token **access token goes here**
    token redacted
    token [REDACTED]
    token none
    token null
    token N/A
    token ...
    token example-token
    token dummy_value
    token fake-token-1
    token mock-api-key
    api_key placeholder-key
    AWS_SECRET_ACCESS_KEY wJalr~XUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE~KEY
    AWS_ACCESS_KEY AK~IAIOSFODNN7EXAMPLE
    GITHUB_TOKEN gh~p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    GITHUB_TOKEN gh~p_xxxx
    SLACK_TOKEN xo~xb-xxxx-xxxx-xxxx
    password sk-********
    payload gh~p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
  `,
  ),
  ...rows(
    "public",
    `
    cert -----BEGIN CERTIFICATE-----
    password -----BEGIN CERTIFICATE REQUEST-----
    token -----BEGIN PUBLIC KEY-----
    privateKey ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host
    known_hosts github.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB
    secret sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    image ghcr.io/acme/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    tenantId 3f2504e0-4f89-11d3-9a0c-0305e82c3301
    revision 3b18e512dba79e4c8300dd08aeb37f8e728b8dad
    commit 3b18e51
    checksum 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    token v1.2.3
    token 2025-01-31T10:00:00Z
    token 2025-01-31
    token 10.0.0.0/8
    token 192.168.1.10:8080
    token redis-cart:6379
    token my-service.default.svc.cluster.local
    token my-service.default.svc.cluster.local:8443
    token api.example.com
    password ops@example.com
    API_TOKEN billing-db-credentials
    API_TOKEN my-app-secret
    SESSION_SECRET us-east-1
    secret default-token-x7k2p
    secret my-app-config-7kmt9d4bh2
    credentials gcp-service-account
    token admin-user
    secret cert-manager/letsencrypt-prod
    secret kv/data/billing
    clientSecret oauth2-proxy-client
    credentials same-origin
    client_secret client_secret_basic
    token token.txt
    secret values.yaml
    private_key server.key
    storage_key gp3-encrypted
    FOO redis-cart
    image gcr.io/google-samples/microservices-demo/cartservice:v0.10.2
    image registry.k8s.io/test-webserver
    provisioner k8s.io/minikube-hostpath
    SENTRY_DSN https://0f1e2d3c4b5a69788796a5b4c3d2e1f0@o12345.ingest.sentry.io/12
    AWS_SECRET prod/shop/db
    API_SECRET kubernetes.io/service-account-token
  `,
  ),
  ...rows(
    "hash",
    `
    password $2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy
    password $2y$12$QXzZBvVQkWqYdFbD0D4y6OXl1lTjW3Z8YBXh9h2m7QkUQ5e2Q3m4G
    password $argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub
    password $6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2
    password $apr1$x1x1x1x1$kW3fKyl0J9VgAbC1dEfGh/
    users admin:$apr1$x1x1x1x1$kW3fKyl0J9VgAbC1dEfGh/
    users admin:$2y$05$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234
    users admin:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=
    password {SSHA}dGhpcyBpcyBub3QgYSBoYXNo
    password pbkdf2_sha256$260000$abcdefgh$ijklmnopqrstuvwxyz
    password SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy
    password md55f4dcc3b5aa765d61d8327deb882cf99
    password *2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E1
  `,
  ),
  ...rows(
    "scalar",
    `
    password true
    password false
    token 4096
    token 0
    token 30s
    token 1h30m
    token 100Mi
    token 0.5
    token P30D
    token @daily
    token 0 3 * * *
    password /etc/creds/password
    password /run/secrets/db
    password ./secrets/password.txt
    password ~/.pgpass
    token https://auth.example.com/oauth/token
    token http://vault.vault.svc:8200
    WEBHOOK_URL http://alerts.monitoring.svc/hook
    token info
    token enabled
    token required
    password required
    token auto
    token Opaque
    token kubernetes
    token vault
    token RS256
    password scram-sha-256
    password md5
    password bcrypt
    auth_header Authorization
    credentials include
    token jwt
    token bearer
    token debug
  `,
  ),
  ...rows(
    "weak",
    `
    password password
    password Password1
    password P@ssw0rd
    password passw0rd!
    password admin
    password admin123
    password postgres
    password mysql
    password minioadmin
    password letmein
    password welcome2024
    password qwerty
    password 123456
    password 12345678
    password 0000
    password secret
    password s3cr3t
    password supersecret
    password hunter2
    password prom-operator
    password correct-horse
    SA_PASSWORD yourStrong(!)Password
    SA_PASSWORD Your_strong(!)Password1
    SA_PASSWORD <YourStrong!Passw0rd>
    password mydatabase
    password sunflower
    password test
    password default
    password abcdefgh
    password aaaaaaaa
    DB_PASSWORD db_password
    DB_PASSWORD dbPassword
    MYSQL_ROOT_PASSWORD root
    JWT_SECRET secret
    JWT_SECRET supersecretkey
    JWT_SECRET mysupersecretkey
    SESSION_SECRET abc123
    API_TOKEN x1y2
    pin 4711
    DB_PASSWORD \${DB_PASSWORD:-changeit1}
    DB_PASSWORD \${DB_PASSWORD:-postgres}
    DSN postgres://postgres:postgres@db:5432/app
  `,
  ),
  ...rows(
    "likely",
    `
    password S3cr3tP4ss!x
    password Tr0ub4dor&3
    password kJ8#mQ2$vL9p
    password gT5rZ81kQw
    password a1b2c3d4e5
    DB_PASSWORD 9fX2kLq7Vb
    token 3f2504e0-4f89-11d3-9a0c-0305e82c3301
    API_KEY 8312341g-5678-abcd-4a2b2c-33bcsd655
    API_KEY a8f5f167f44f4964e6c998dee827110c
    api-key q7Wn2xR8vT4yL6zK1mB5
    SECRET_KEY_BASE 4f1e2d3c4b5a69788796a5b4c3d2e1f04f1e2d3c4b5a69788796a5b4c3d2e1f0
    clientSecret mN4~bV6cX8zL0kJ2hG5f
    signingKey 7Hs9/Kd2+Lp4Qr6Tv8Wx0Yz1Ab3Cd5Ef7Gh9Ij=
    refresh_token 1//0gAbCdEfGhIjKlMnOpQrStUvWxYz0123456789
    DSN postgres://app:kJ8mQ2vL9p@db:5432/app
    DSN mysql://app:9fX2kLq7Vb@mysql/app
    payload aB3xK9mQ2pL7vR4tY8wZ1cF6
    PASSWORD_SALT f8k2m9x1q7
    SESSION_KEY 0f1e2d3c4b5a69788796a5b4c3d2e1f0
    GPG_PASSPHRASE correct horse battery staple
    passphrase umbrella copper window yellow
    passphrase umbrella copper window yellow green
    password MyExample-P4ss9!w0rd
    password fake4Z9-kJ8mQ2vL9p
    token max-x9kJ8mQ2vL9p
  `,
  ),
  ...rows(
    "plain",
    `
    password Enter your password
    password The password must be at least 12 characters long.
    password Password:
    password Forgot your password?
    password Mot de passe oublié ?
    secret the name of the secret to use
    password getPassword()
    password settings.get("password")
    password [a-zA-Z0-9]{8,}
    password ^(?=.*[A-Z]).{12,}$
    password %d{ISO8601} %-5p [%t] %c: %m%n
    token --token-ttl=3600
    session_key sid
    SESSION_KEY sessionid
    passphrase The passphrase of the key
    passphrase Correct horse battery staple
    token read,write
    secret {"name":"x"}
    secret [a, b]
    salt abc
    secret databaseUser
    token accessToken
    username S3cr3tP4ss!x
    FOO hello
    FOO hello world
    record dcgm_fi_dev_gpu_util_relabelled
    hash-less a8f5f167f44f4964e6c998dee827110c
    className com.example.billing.InvoiceServiceImpl2
    JAVA_OPTS -Xmx512m -Xms256m -XX:+UseG1GC
    podName checkout-6d5f9c7b8-x2x4z
  `,
  ),
];

/** Values of real manifests that stay silent under names of every kind, sensitive ones included. */
export const HARMLESS_VALUES = `
  redis-cart:6379 /etc/creds true false info debug us-east-1 eu-central-1 my-service.default.svc.cluster.local admin-user 8080 3600 30s 512Mi
  100m Always IfNotPresent ClusterIP RollingUpdate http https /healthz /metrics app.kubernetes.io/name kube-system cert-manager letsencrypt-prod
  nginx-ingress-controller v1.2.3 1.0.0 10.96.0.1 0.0.0.0:8443 example.com api.internal https://example.com/path?x=1 postgres://db:5432/app
  billing-db-credentials my-app-tls enabled disabled none production.yaml values-prod.yaml gp3-encrypted feature-flags
`
  .trim()
  .split(/\s+/);
