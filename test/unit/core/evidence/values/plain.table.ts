import { rows } from "./rows.ts";

/** Prose, code, lists and whatever else is no credential. */
export const PLAIN = rows(
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
  existingSecret shop-postgresql
  AUTH_HEADER Proxy-Authorization
  secret file:
  password Please enter your password
  password Password must not be empty!
  password Wachtwoord vergeten?
  password Passwort ändern
  password 密码不能为空 请重新输入
  password Пароль должен быть длиннее
  password Forgot password
  password get_password(user)
  password req.body.password
  password config["password"]
  password ^[A-Za-z0-9]{8,}$
  password (?i)password
  password !@#$%^&*
  password "
  token the token of the agent
  token Token used to call the model
  token a, b, c
  token repo,read:org
  token read write
  token openid profile email
  token {"type":"string"}
  token ["a","b"]
  token --token
  token -t
  token if token != ""
  token token == nil
  token len(token)
  token tokens.sort()
  secret A Kubernetes Secret
  secret name of an existing Secret
  secret databasePassword
  secret appConfig
  secret SecretManager
  secret <div>secret</div>
  API_TOKEN ApiTokenProvider
  API_TOKEN serviceAccountToken
  credentials username and password
  credentials Username, Password
  credentials include, omit
  salt pepper
  PASSWORD_SALT user
  SESSION_KEY session
  passphrase The passphrase protects the key
  passphrase Enter the passphrase for this key
  FOO kJ8mQ2vL9p
  FOO S3cr3tP4ss!x
  FOO P@ssw0rd
  FOO hunter2
  FOO correct horse battery staple
  FOO com.acme.shop.CheckoutService
  FOO CheckoutServiceImplV2
  FOO abcdefghijklmnopqrstuvwxyz
  FOO ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789
  FOO 0123456789abcdef0123456789abcdef
  FOO aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  FOO --enable-admission-plugins=NodeRestriction
  FOO -Djava.security.egd=file:/dev/./urandom
  FOO shop-7d9f8b6c5d-x2k4q
  FOO CVE-2024-3094
  FOO GHSA-xxxx-yyyy-zzzz
  FOO gp3 io2 st1
  FOO Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36
  FOO select * from users where id = 1
  FOO rate(http_requests_total{code="500"}[5m])
  FOO sum by (pod) (container_memory_working_set_bytes)
  FOO eyJ
  FOO c2hvcnQ=
  FOO #ff00aa
  FOO U2FsdGVk
  passwordPolicy strong
  PASSWORD_REGEX ^(?=.*[a-z])(?=.*[A-Z]).{12,}$
  tokenType Bearer
  TOKEN_HEADER_NAME X-Auth-Token
  AUTH_TOKEN_MODE required
  csrfToken enabled
  publicKey 04a8f5f167f44f4964e6c998dee827110c
  KEYBOARD_LAYOUT us
  TOKENIZER_NAME meta-llama/Llama-3.1-8B
`,
);
