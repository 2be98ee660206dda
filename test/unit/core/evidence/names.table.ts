/** Names by what they announce; one name a word. */
export const SENSITIVE_NAMES = `
  password PASSWORD passwords DB_PASSWORD db-password db.password dbPassword POSTGRES_PASSWORD PGPASSWORD MYSQL_ROOT_PASSWORD
  MYSQL_PWD passwd htpasswd passphrase KEY_PASSPHRASE passcode password1 PASSWORD_2 adminPassword1 auth.rootPassword
  SMTP_PASS dbPass db_pass requirepass storepass keypass auth-pass userpass masterauth spring.datasource.password
  secret SECRET clientSecret client_secret OAUTH_CLIENT_SECRET SESSION_SECRET COOKIE_SECRET JWT_SECRET jwtSecret
  SECRET_KEY SECRET_KEY_BASE secretKey DJANGO_SECRET_KEY appSecret webhookSecret hmac_secret TOTP_SECRET sharedSecret
  token TOKEN API_TOKEN apiToken accessToken access_token refreshToken GITHUB_TOKEN SLACK_BOT_TOKEN VAULT_TOKEN
  HUGGING_FACE_HUB_TOKEN HF_TOKEN OAuthToken bearerToken BEARER bearer id_token authToken token-secret bot.token
  apikey apiKey APIKey api_key API_KEY api-key OPENAI_API_KEY ANTHROPIC_API_KEY DD_API_KEY DD_APP_KEY apiKeys
  ACCESS_KEY accessKey AWS_SECRET_ACCESS_KEY secretAccessKey MINIO_ACCESS_KEY PRIVATE_KEY privateKey privatekey ssh-privatekey
  SIGNING_KEY signingKey ENCRYPTION_KEY encryptionKey MASTER_KEY masterKey LICENSE_KEY licenseKey AUTH_KEY sharedKey AccountKey
  AZURE_STORAGE_KEY unsealKey recoveryKey hmacKey credential credentials CREDENTIALS creds DB_CREDS dsn SENTRY_DSN
  connectionString ConnectionString connection_string CONNECTION_STRING connectionstring SAS_TOKEN sas AUTH_HEADER authPassword
  SLACK_WEBHOOK_URL webhookUrl webhook_url BASIC_AUTH basicAuth pin PIN _auth client-key-data PASSWORD_SALT passwordSalt pepper
  ROOT_PW ldap.bind.pw SESSION_KEY session_key FERNET_KEY cookieKey
  ConnectionStrings__Default__Password Redis__Password db_passwd DB_PASSWD rootpassword redispassword
  APP_SECRET apitoken api.key DB_CREDENTIAL DB_CREDENTIALS dbCreds AUTH_TOKEN AUTH_PASSWORD CLIENT_SECRET STORAGE_SAS WEBHOOK_URL password_pepper HMAC_KEY
  UNSEAL_KEY WEBHOOK_SECRET ConnectionStrings__Shop__Password credentials.admin.passwd MODEL_API_KEY MCP_SERVER_TOKEN LANGSMITH_API_KEY
`;

/** Names that hold a sensitive word, or look as if they did, and announce no credential. */
export const NOT_SENSITIVE_NAMES = `
  TOKEN_TTL token_ttl tokenTTL tokenExpiry token_expires TOKEN_EXPIRATION accessTokenLifetime refresh_token_lifetime SESSION_TOKEN_TIMEOUT
  TOKEN_REFRESH_INTERVAL PASSWORD_ROTATION secretRotationPeriod PASSWORD_MAX_AGE passwordExpirationDays token_validity_seconds
  PASSWORD_FILE POSTGRES_PASSWORD_FILE passwordFile TOKEN_FILE AWS_WEB_IDENTITY_TOKEN_FILE tls-private-key-file service-account-key-file
  SECRET_PATH secretDir SECRETS_DIR tokenMount CREDENTIALS_PATH credentialsFilename
  SECRET_NAME secretName secret_name existingSecret existingSecretName existingSecretPasswordKey existing_secret secretRef secretKeyRef
  passwordSecretRef tokenSecretRef secretSelector SECRET_ID API_KEY_ID accessKeyId AWS_ACCESS_KEY_ID secretArn AWS_SECRET_ARN SECRET_ROLE
  tokenUsername secretUser credentialsId passwordSecret tlsSecret imagePullSecret credentialsSecret userPasswordKey adminPasswordKey tokenKey
  PASSWORD_LENGTH password_min_length PASSWORD_COUNT tokenLimit TOKEN_SIZE passwordPolicy password_policy passwordStrength PASSWORD_REGEX passwordPattern
  TOKEN_ENABLED passwordEnabled secretRequired PASSWORD_OPTIONAL AUTH_TOKEN_MODE tokenType token_format JWT_SECRET_ALGORITHM secretType
  password_encryption PASSWORD_HASH_METHOD TOKEN_URL tokenUri TOKEN_ENDPOINT secretHost tokenIssuer TOKEN_AUDIENCE tokenScope
  TOKEN_HEADER tokenHeaderName SECRET_CLASS secretStore SECRET_STORE secretProvider credentialsProvider SECRET_BACKEND secretVersion
  max_tokens MAX_TOKENS maxTokens num_tokens server-tokens server_tokens input_tokens tokenCount TOKEN_BUDGET continueToken paginationToken pageToken
  next_token nextPageToken eos_token bos_token pad_token stop_token csrfToken csrf_token CSRF_TOKEN_ENABLED pricePerToken
  NEXT_PUBLIC_API_KEY publicApiKey PUBLIC_KEY publicKey STRIPE_PUBLISHABLE_API_KEY checksum/secret checksum/secret-password username userName
  USER_NAME DB_USER LOG_FILE kubeconfigPath image.name role passwordReset passwordResetUrl password_label passwordHint passwordPlaceholder
  PASSWORD_SECRET_KEY fromConnectionSecretKey passwordSecretKey password_hashing_module requiredCredentials supportedTokens
  tokenReview tokenRequests apiKeySource secretAnnotations passwordConfig tokenPrefix
  PASSENGER_COUNT SHIPPING_SERVICE_ADDR REDIS_ADDR CART_SERVICE_HOST2 description REGION keys
  DB_PASSWORD_FILE dbPasswordFile TOKEN_DIR SECRET_MOUNT SECRET_MOUNT_PATH TOKEN_REF SECRET_SELECTOR CLIENT_SECRET_ID JWT_SECRET_KID TOKEN_USERNAME TOKEN_USER
  tokenTtl TOKEN_EXPIRY TOKEN_EXPIRES TOKEN_LIFETIME TOKEN_INTERVAL TOKEN_PERIOD TOKEN_TIMEOUT PASSWORD_AGE TOKEN_REFRESH TOKEN_COUNT TOKEN_LIMIT PASSWORD_MAX PASSWORD_MIN
  PASSWORD_POLICY PASSWORD_STRENGTH PASSWORD_PATTERN TOKEN_DISABLED PASSWORD_REQUIRED TOKEN_MODE TOKEN_TYPE TOKEN_FORMAT TOKEN_ALGORITHM JWT_SECRET_ALG PASSWORD_ENCRYPTION
  TOKEN_URI SECRET_HOST TOKEN_ISSUER TOKEN_SCOPE TOKEN_HEADER_NAME EXISTING_SECRET SECRET_PROVIDER passwordSecretKeyRef outputTokens PAGINATION_TOKEN CONTINUE_TOKEN
  NEXT_PAGE_TOKEN CSRF_TOKEN csrfTokenEnabled TOKENIZER_NAME
`;

/** Names that say nothing. */
export const NEUTRAL_NAMES = `
  passenger monkey MONKEY keyboard KEYBOARD_LAYOUT author AUTHOR authority authors tokenizer TOKENIZERS_PARALLELISM tokenization
  secretary compass bypass BYPASS passive passthrough pass-through surpass proxy_pass fastcgi_pass pinned mapping spinner
  keyspace keycloak KEYCLOAK_REALM hockey donkey turkey whiskey key KEY primaryKey partition_key sort-key cacheKey
  topologyKey labelKey tls.key tls.crt ca.crt data value FOO BAR replicas database DATABASE cluster 
  pwm PW_LIST pwned sessionKeyboard
  salted saltstack SALTY dsnless sassy credible certificates imagePullSecrets secrets tokens disgrace context
  passport trespass overpass compassion pwdless spindle opinion shipping routingKey MONKEY_KING PARTITION_KEY
  annotated KEYMAP DONE okta vault VAULT_ADDR_LIST consul authn authz authorized oauth basic digest rotation2x
`;
