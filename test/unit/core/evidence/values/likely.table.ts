import { rows } from "./rows.ts";

/** Password hashes. */
export const HASHES = rows(
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
  password $2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW
  password $5$rounds=5000$usesomesillystri$KqJWpanXZHKq2BOB43TSaYhEWsQ1Lr5QNyPCDH/Tp.6
  password $1$saltsalt$qjXMvbEw8oaL.CzflDtaK/
  password $y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7
  password $argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlK
  password $scrypt$ln=16,r=8,p=1$c29tZXNhbHQ$Yx3nYhY7hP0Yz0wQ
  password $pbkdf2-sha256$29000$N2YMIWQsBWBMae09x1jrPQ$1t8iyB2A.WF
  password pbkdf2:sha256:260000$abcdefgh$0123456789abcdef
  password {SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=
  password {CRYPT}$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7
  password {bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy
  auth ops:$apr1$x1x1x1x1$kW3fKyl0J9VgAbC1dEfGh/
`,
);

/** Credentials. */
export const LIKELY = rows(
  "likely",
  `
  OPENAI_API_KEY sk-abc123de
  OPENAI_API_KEY sk-test-123
  GITHUB_TOKEN ghp_abc123
  apiToken glpat-abc123
  LLM_API_KEY sk-1234567890abcdef1234567890abcdef
  apiKey secret-api-key-12345
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
  clientSecret mN4bV6cX8zL0kJ2hG5f
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
  password Xk9#mP2$vL5nQ8
  password 7hG!kd9Lw2@p
  password Zq3vT8rW1y
  password n0tAw0rdAtAll9
  password MyD0g!sN4medRex
  password aB3xK9mQ2p
  DB_PASSWORD Vq7zK2mX9w
  DB_PASSWORD \${DB_PASSWORD:-Vq7zK2mX9w}
  DB_PASSWORD \${DB_PASSWORD-Vq7zK2mX9w}
  DB_PASSWORD \${DB_PASSWORD:=Vq7zK2mX9w}
  DB_PASSWORD "Vq7zK2mX9w"
  DB_PASSWORD VnE3ekszbVg5dzRwTDJ4
  API_TOKEN 4f1e2d3c4b5a69788796a5b4c3d2e1f0
  API_TOKEN 9f86d081-884c-7d65-9a2f-eaa0c55ad015
  API_TOKEN Zx8Kq3Lm7Vn2Bp5Rt9Wy
  API_TOKEN Zx8Kq3Lm7Vn2_Bp5Rt9Wy-Jd4
  API_KEY Zx8Kq3Lm7Vn2.Bp5Rt9Wy
  CLIENT_SECRET Zx8Kq3Lm7Vn2Bp5Rt9WyJd4Hf6Gs1
  CLIENT_SECRET x5T/9qLm+2vKp8RwZ3yB7nD4cF6gH1jS
  JWT_SECRET 8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92
  SESSION_SECRET kPz7Xq2Wm9Rt4Vb6Ny8L
  ENCRYPTION_KEY 3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=
  SIGNING_KEY MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7
  ACCESS_KEY Q3AM3UQ867SPQQA43P2F
  SECRET_KEY zuf+tfteSlswRu7BJ86wekitnifILbZam1KYY3TG
  DSN postgres://shop:Vq7zK2mX9w@db:5432/shop
  DSN mongodb+srv://app:Zx8Kq3Lm7V@cluster0.acme.dev/app
  DSN redis://:Zx8Kq3Lm7Vn2@redis:6379/0
  connectionString Server=db;User Id=app;Password=Zx8Kq3Lm7Vn2;
  webhook_secret 5d41402abc4b2a76b9719d911017c592
  FOO Zx8Kq3Lm7Vn2Bp5Rt9WyJd4Hf
  FOO xK2mQ9vL4pT7wZ1nB6cR8yD3
  extra zuf7tfteSlswRu7BJ86wekitnifILbZam1KYY3TG
  salt x9fK2mQ7vL
`,
);
