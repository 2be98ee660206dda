import { rows } from "./rows.ts";

/** Ciphertext that is made to live in a repository. */
export const ENCRYPTED = rows(
  "encrypted",
  `
  password ENC[AES256_GCM,data:abcdef,iv:Zm9v,tag:YmFy,type:str]
  password ENC[PKCS7,MIIBiQYJKoZIhvcNAQcDoIIBejCCAXYCAQAx]
  api_key $ANSIBLE_VAULT;1.1;AES256
  data -----BEGIN AGE ENCRYPTED FILE-----
  data -----BEGIN PGP MESSAGE-----
  password ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=]
  token ENC[AES256_GCM,data:Tr7o=,iv:1=,tag:k=,type:int]
  DB_PASSWORD ENC[AES256_GCM,data:,iv:,tag:,type:str]
  api_key $ANSIBLE_VAULT;1.2;AES256;prod
  vault_pass $ANSIBLE_VAULT;1.1;AES
  private_key -----BEGIN AGE ENCRYPTED FILE-----
  client_secret -----BEGIN PGP MESSAGE-----
  token age-encryption.org/v1
  password ENC[PKCS7,Y22exl+OvjDe+drmik2XEeD3VQtl1uZJXFFF2NnrMXDWx0csyqLB/2NOWefv]
  FOO ENC[AES256_GCM,data:abcdef,iv:Zm9v,tag:YmFy,type:str]
  TOKEN_TTL ENC[AES256_GCM,data:abcdef,iv:Zm9v,tag:YmFy,type:str]
`,
);

/** Values that point elsewhere, by every scheme that is known. */
export const REFERENCES = rows(
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
  DB_PASSWORD <path:secret/data/app#db-password | base64encode>
  DB_PASSWORD <path:projects/acme/secrets/db#password>
  DB_PASSWORD <path:arn:aws:secretsmanager:us-east-1:123456789012:secret:db#password>
  DSN postgres://app:<path:secret/data/db#password>@db:5432/app
  token vault:secret/data/app#token#3
  token vault:secret/data/app#\${.token | urlquery}
  token VAULT:secret/data/app#token
  API_KEY >>vault:pki/root/generate/internal#certificate
  API_KEY bao:kv/data/app#api_key
  password ref+awsssm://prod/db/password?region=eu-west-1
  password ref+gcpsecrets://acme/db-password
  password ref+azurekeyvault://billing/db-password
  password ref+sops://enc.yaml#/db/password
  password ref+op://prod/db/password
  password ref+file://secrets.yaml#/db
  password ref+doppler://acme/prd/DB_PASSWORD
  password ref+k8s://v1/Secret/shop/db/password
  password ref+echo://foo
  token secrets://helm/secrets.prod.yaml
  token secrets+gpg-import:///keys/key.asc?values.yaml
  token secrets+age-import-kubernetes://shop/age#key?values.yaml
  token secrets+literal://vals!ref+vault://secret/app#/token
  client_secret op://Platform/GitHub App/credential
  client_secret op://vault/item/section/field
  password awssm:prod/db?region=eu-west-1
  password awsps:/prod/db/password
  password gcpsm:projects/acme/secrets/db
  password azkv:billing/db-password
  password keyvault:db-password
  password ssm:/prod/db/password
  password sm://acme/db-password
  password sm://db-password
  password akvs:billing/db-password
  password doppler://acme/prd/DB_PASSWORD
  password infisical://acme/prod/DB_PASSWORD
  password conjur:prod/db/password
  password keeper://AbCdEf/field/password
  password lpass:Shared/db
  password k8s:shop/db/password
  password secretref:db-password
  password secret://shop/db/password
  password secretsmanager://prod/db
  password parameterstore://prod/db
  password env:DB_PASSWORD
  password file:/run/secrets/db
  AWS_SECRET arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:db-AbCdEf
  AWS_SECRET arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/db
  token arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab
  credentials arn:aws:iam::123456789012:role/app
  password projects/123456789012/secrets/db-password/versions/7
  password projects/acme/secrets/db-password
  password //secretmanager.googleapis.com/projects/acme/secrets/db-password
  password secretmanager.googleapis.com/projects/acme/secrets/db-password
  password https://billing.vault.azure.net/secrets/db-password
  password https://billing.vault.azure.cn/secrets/db-password
  password https://billing.vault.usgovcloudapi.net/secrets/db-password
  password @Microsoft.KeyVault(VaultName=billing;SecretName=db-password)
  API_TOKEN $(API_TOKEN)
  API_TOKEN $(SHOP_API_TOKEN)
  API_TOKEN Bearer $(API_TOKEN)
  API_TOKEN $API_TOKEN
  API_TOKEN \${API_TOKEN}
  API_TOKEN "\${API_TOKEN}"
  API_TOKEN '\${API_TOKEN}'
  API_TOKEN \${API_TOKEN:?}
  API_TOKEN \${API_TOKEN-}
  API_TOKEN \${API_TOKEN:=}
  API_TOKEN \${API_TOKEN:+set}
  API_TOKEN \${API_TOKEN:-\${FALLBACK_TOKEN}}
  API_TOKEN \${API_TOKEN:-$(cat /run/secrets/token)}
  API_TOKEN \${env:API_TOKEN}
  API_TOKEN \${ENV:API_TOKEN}
  API_TOKEN \${file:/run/secrets/token}
  API_TOKEN \${vault.api.token}
  API_TOKEN \${secrets.API_TOKEN}
  API_TOKEN \${{ secrets.API_TOKEN }}
  API_TOKEN $env:API_TOKEN
  API_TOKEN %API_TOKEN%
  API_TOKEN %{API_TOKEN}
  API_TOKEN #{API_TOKEN}#
  API_TOKEN {{ .Values.apiToken }}
  API_TOKEN {{- .Values.apiToken -}}
  API_TOKEN {{ include "shop.token" . }}
  API_TOKEN {{ lookup('env', 'API_TOKEN') }}
  API_TOKEN {{ vault_api_token }}
  API_TOKEN {{ with secret "kv/app" }}{{ .Data.data.token }}{{ end }}
  API_TOKEN {{\`{{ .token }}\`}}
  API_TOKEN {{inputs.parameters.token}}
  API_TOKEN <% .token %>
  API_TOKEN <%= token %>
  API_TOKEN $__file{/etc/secrets/token}
  API_TOKEN $__env{API_TOKEN}
  API_TOKEN $__vault{kv/data/app:token}
  client_secret $dex.github.clientSecret
  client_secret $oidc:clientSecret
  webhook_secret $argocd-notifications-secret:webhook
  password !Sub \${DatabasePassword}
  password !GetAtt Database.Password
  password !ImportValue shop-db-password
  password !vault secret/db
  password {{resolve:ssm-secure:db-password:1}}
  password {{resolve:secretsmanager:prod/db}}
  password process.env.PASSWORD
  password os.getenv("PASSWORD")
  password System.getenv("PASSWORD")
  password ENV['PASSWORD']
  REDIS_URL redis://:\${REDIS_PASSWORD}@redis:6379/0
  REDIS_URL redis://:$(REDIS_PASSWORD)@redis:6379/0
  DATABASE_URL postgresql://$(DB_USER):$(DB_PASSWORD)@$(DB_HOST):5432/app
  DATABASE_DSN {{ .Values.user }}:{{ .Values.password }}@tcp(mysql:3306)/app
  connectionString Server=db;User Id=app;Password=\${DB_PASSWORD}
  AUTH_HEADER Bearer \${TOKEN}
  AUTH_HEADER Basic {{ printf "%s:%s" .user .password | b64enc }}
  MODEL_API_KEY \${MODEL_API_KEY}
  MODEL_API_KEY op://agents/anthropic/key
  OPENAI_API_KEY $(OPENAI_API_KEY)
  ANTHROPIC_API_KEY {{ .Values.anthropic.apiKey | required "set it" }}
  VAULT_TOKEN $(cat /vault/secrets/token)
  GITHUB_TOKEN $GITHUB_TOKEN
  NPM_TOKEN \${NPM_TOKEN}
  API_TOKEN file:///run/secrets/token
`,
);
