import { rows } from "./rows.ts";

/** Values that are public by their form: keys, digests, addresses, names of things. */
export const PUBLIC = rows(
  "public",
  `
  REGISTRY_SECRET insecure-registry
  PULL_SECRET secure-registry-login
  TLS_SECRET my-secret-tls
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
  API_TOKEN test-token-placeholder
  API_KEY my-api-key
  tls_cert -----BEGIN CERTIFICATE-----
  client_secret -----BEGIN CERTIFICATE-----
  token -----BEGIN CERTIFICATE REQUEST-----
  token -----BEGIN NEW CERTIFICATE REQUEST-----
  signing_key -----BEGIN PUBLIC KEY-----
  signing_key -----BEGIN RSA PUBLIC KEY-----
  signing_key -----BEGIN PGP PUBLIC KEY BLOCK-----
  encryption_key -----BEGIN DH PARAMETERS-----
  privateKey ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 ci@acme
  privateKey ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY
  privateKey sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t
  SSH_SECRET [git.acme.dev]:2222 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0
  encryption_key age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudlnyzsq5e2q3m
  secret sha512:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
  token sha256-9f86d081884c7d659a2feaa0c55ad015
  credential md5:5f4dcc3b5aa765d61d8327deb882cf99
  image_token registry.acme.dev/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
  clientId 3f2504e0-4f89-11d3-9a0c-0305e82c3301
  subscription_id 3F2504E0-4F89-11D3-9A0C-0305E82C3301
  uid {3f2504e0-4f89-11d3-9a0c-0305e82c3301}
  SECRET_ID 3f2504e0-4f89-11d3-9a0c-0305e82c3301
  commit_sha 3b18e512dba79e4c8300dd08aeb37f8e728b8dad
  gitRevision 3b18e512dba79e4c8300dd08aeb37f8e728b8dad
  targetRevision 3b18e512dba79e4c8300dd08aeb37f8e728b8dad
  config_checksum 5f4dcc3b5aa765d61d8327deb882cf99
  fingerprint a8f5f167f44f4964e6c998dee827110c
  etag a8f5f167f44f4964e6c998dee827110c
  token v2.0.0-rc.1
  token 1.2.3
  token 1.2.3-alpha.1+build.5
  token ~1.2.0
  token >=1.2
  secret 2026-03-01T00:00:00+01:00
  secret 2026-03-01 12:30:00
  token 10.0.0.1
  token 10.0.0.0/24
  token 10.0.0.1:8200
  token fd00::1
  token [fd00::1]:8200
  token 10.0.0.1,10.0.0.2
  token vault.vault.svc
  token vault.vault.svc.cluster.local:8200
  token login.microsoftonline.com
  token *.acme.dev
  token redis:6379
  secret platform@acme.dev
  credentials ci-bot@acme.iam.gserviceaccount.com
  API_TOKEN shop-api-token
  API_TOKEN shop-prod-api-token
  CLIENT_SECRET oidc-client-secret
  CLIENT_SECRET github-app-credentials
  SESSION_SECRET session-store
  JWT_SECRET jwt-signing-config
  VAULT_TOKEN vault-agent-token
  secret shop/db-credentials
  secret prod/shop/database
  secret shop-tls-cert
  secret default-token-abcde
  secret shop-config-2f7b9c8d4k
  credentials aws-credentials
  credentials workload-identity
  encryption_key aws/ebs
  signing_key projects/acme/locations/global
  private_key tls.key
  private_key id_rsa.pub
  storage_key standard-rwo
  API_KEY x-api-key
  AUTH_HEADER x-auth-token
  bearer oauth2-bearer
  license_key enterprise-license
  SENTRY_DSN https://a8f5f167f44f4964e6c998dee827110c@sentry.acme.dev/4
  FOO checkout-service
  FOO registry.acme.dev/shop/api:1.4.2
  FOO app.kubernetes.io/managed-by
  hostKey github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl
  secret kubernetes.io/tls
  encryption_key aes-256-gcm
  salt none-of-it
  session_key user_id
  FOO the-quick-brown-fox-jumps-over
  FOO the_quick_brown_fox_jumps_over
  secretName shop-db-credentials
  SECRET_STORE vault-backend
  passwordEncryption scram-sha-256
  secretKeyRef db-password
  tokenAudience sts.amazonaws.com
  IMAGE_TAG 3b18e512dba79e4c8300dd08aeb37f8e728b8dad
  TRACE_ID 4bf92f3577b34da6a3ce929d0e0e4736
  MODEL claude-sonnet-4-5
  EMBEDDING_MODEL text-embedding-3-large
  MODEL gpt-4o-mini-2024-07-18
  JWT_SECRET my-jwt
`,
);
