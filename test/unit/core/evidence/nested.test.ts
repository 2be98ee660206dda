import { describe, expect, test } from "@jest/globals";
import { ALL_FORMATS, type TextFormat } from "../../../../src/core/evidence/formats.ts";
import { nestedLines } from "../../../../src/core/evidence/nested-lines.ts";
import { readNested } from "../../../../src/core/evidence/nested.ts";
import { summaryOf } from "./objects.ts";

const P = "kJ8mQ2vL9p";

/** `label=value` of each entry; checks that the offsets hold the value. */
function lines(text: string, name = "app.conf"): readonly string[] {
  return nestedLines(text, name).map(({ label, value, valueStart, valueEnd }) => {
    expect(text.slice(valueStart, valueEnd)).toBe(value);
    return `${label}=${value}`;
  });
}

describe("formats, line by line", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["dotenv", ".env", "A=1\nDB_PASSWORD=abc\nexport API_TOKEN='x y' # why\n", ["DB_PASSWORD=abc", "API_TOKEN=x y"]],
    [
      "properties",
      "app.properties",
      "db.user=u\ndb.password = abc\nspring.datasource.password: x\\ty\n",
      ["db.password=abc", "spring.datasource.password=x\\ty"],
    ],
    ["INI", "app.ini", '[database]\nuser = u\npassword = "abc"\n', ["database.password=abc"]],
    ["TOML", "app.toml", '[[users]]\nsecret_key = "abc"\n', ["users.secret_key=abc"]],
    ["CRLF", "app.ini", "a=1\r\npassword=abc\r\n", ["password=abc"]],
    [
      "npmrc",
      ".npmrc",
      "registry=https://r/\n//r.acme.io/:_authToken=abc\n_auth=def\n//r.acme.io/:_password=ghi\n",
      ["_authToken=abc", "_auth=def", "_password=ghi"],
    ],
    [
      "npmrc with more in front of the name",
      "npmrc",
      "//r.acme.io:4873/a/b/:_password=abc\n//${HOST}/:_authToken=def\n// a comment: password=ghi\n//password: jkl\n",
      ["_password=abc", "_authToken=def"],
    ],
    [
      "URLs that are no assignments",
      "app.conf",
      "postgres://u:$DB_PASSWORD@host:5432/db\n  secret://a/b:c\ndsn=postgres://u:p@h/d\n",
      ["dsn=postgres://u:p@h/d"],
    ],
    ["pgpass", ".pgpass", "db:5432:app:u:abc\n*:*:*:u:d:ef\n# a:1:b:c:d\n", ["password=abc", "password=d:ef"]],
    ["netrc", ".netrc", "machine h login u password abc\n", ["password=abc"]],
    [
      "settings.xml",
      "settings.xml",
      "<server>\n  <username>u</username>\n  <password>abc</password>\n</server>\n",
      ["password=abc"],
    ],
    [
      "app.config",
      "app.config",
      '<add key="DbPassword" value="abc"/>\n<user name="u" password="def"/>\n',
      ["DbPassword=abc", "password=def"],
    ],
    [
      "core-site.xml",
      "core-site.xml",
      "<property>\n<name>fs.s3a.secret.key</name>\n<value>abc</value>\n</property>\n",
      ["fs.s3a.secret.key=abc"],
    ],
    ["redis.conf", "redis.conf", "requirepass abc\nmasterauth def\nport 6379\n", ["password=abc", "password=def"]],
    [
      "SQL",
      "init.sql",
      "CREATE USER a IDENTIFIED BY 'abc';\nALTER ROLE b WITH PASSWORD 'def';\n",
      ["password=abc", "password=def"],
    ],
    [
      "code",
      "app.py",
      'password = "abc"\nconst apiKey = "def";\nval token: String = "ghi"\n',
      ["password=abc", "apiKey=def", "token=ghi"],
    ],
    [
      "PHP",
      "wp-config.php",
      "define('DB_PASSWORD', 'abc');\ndefine( \"AUTH_SALT\", \"def\" );\ndefine('WP_DEBUG', 'x');\n",
      ["DB_PASSWORD=abc", "AUTH_SALT=def"],
    ],
    ["logstash", "pipeline.conf", '  password => "abc"\n', ["password=abc"]],
    ["fluentd", "fluent.conf", "  password abcd1234\n  user fluentd\n", ["password=abcd1234"]],
    ["comments", "app.ini", "# password=abc\n; password=abc\n// password=abc\n-- password=abc\n", []],
    ["about credentials", "app.ini", "password_file=/x\ntoken_ttl=1h\nmax_tokens=5\nsecret_name=a\n", []],
    ["prose", "README.md", "Passwords are kept elsewhere.\nThe token is refreshed.\npassword reset\n", []],
    ["empty", "app.ini", "password=\ntoken =\n", []],
  ])("%s", (_, name, text, expected) => {
    expect(lines(text, name)).toEqual(expected);
  });
});

describe("trees and exemptions", () => {
  test("YAML and JSON are parsed, what cannot be is read line by line", () => {
    expect(readNested("a: 1\npassword: x\n", "app.yaml").kind).toBe("documents");
    expect(readNested('{"a": 1}', "").kind).toBe("documents");
    expect(readNested("a: {{ x }}\n  bad\npassword: abc\n", "app.yaml")).toMatchObject({
      kind: "entries",
      entries: [{ keyName: "password", value: "abc" }],
    });
    expect(readNested("nothing to see\n", "").kind).toBe("none");
  });

  test.each<[string, string, string]>([
    ["Rego", "policy.rego", `package x\npassword = "${P}"\n`],
    ["Rego by content", "policy", `package kubernetes.admission\n\ndeny contains msg if {\n  password := "${P}"\n}\n`],
    ["policy table", "policy.csv", `# x\np, role:${P}, password, get, *, allow\ng, a, b\n`],
    ["Kyverno", "policy.yaml", `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nspec: {password: ${P}}\n`],
    [
      "JSON Schema",
      "schema.json",
      `{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"password": {"default": "${P}"}}}`,
    ],
    ["Grafana dashboard", "dashboard.json", `{"panels": [], "schemaVersion": 39, "password": "${P}"}`],
  ])("%s is about credentials", (_, name, text) => {
    expect(readNested(text, name)).toEqual({ kind: "none" });
  });

  test("a line that looks like a policy exempts nothing else", () => {
    expect(readNested(`p, role:a, b, c, *, allow\npassword=${P}\n`, "app.conf").kind).toBe("entries");
  });
});

describe("formats that are switched off", () => {
  const TEXTS: readonly (readonly [TextFormat, string, string])[] = [
    ["yaml", "app.yaml", `a:\n  password: ${P}\n`],
    ["json", "app.json", `{"password": "${P}"}`],
    ["kubeconfig", "config", `clusters: []\ncontexts: []\nusers: [{user: {token: ${P}}}]\n`],
    ["ini", "app.ini", `[a]\npassword = ${P}\n`],
    ["ini", "redis.conf", `requirepass ${P}\n`],
    ["properties", "app.properties", `db.password=${P}\n`],
    ["env", ".env", `DB_PASSWORD=${P}\n`],
    ["env", "prod.env", `DB_PASSWORD=${P}\n`],
    ["npmrc", ".npmrc", `//r.acme.io/:_authToken=${P}\n`],
    ["npmrc", "settings", `//r.acme.io/:_password=${P}\n`],
    ["pgpass", ".pgpass", `db:5432:app:u:${P}\n`],
    ["pgpass", "passwords", `db:5432:app:u:${P}\n`],
    ["netrc", ".netrc", `machine h login u password ${P}\n`],
    ["xml", "settings.xml", `<password>${P}</password>\n`],
    ["xml", "core-site.xml", `<name>a.password</name>\n<value>${P}</value>\n`],
  ];

  test.each(TEXTS)("%s in %s", (format, name, text) => {
    const without = new Set([...ALL_FORMATS].filter((each) => each !== format));
    expect(readNested(text, name).kind).not.toBe("none");
    expect(readNested(text, name, undefined, new Set([format])).kind).not.toBe("none");
    expect(readNested(text, name, undefined, without)).toEqual({ kind: "none" });
  });

  test("lines whose format nobody can tell are read with any of theirs", () => {
    const text = `db.password=${P}\n`;
    expect(readNested(text, "settings", undefined, new Set(["properties"])).kind).toBe("entries");
    expect(readNested(text, "settings", undefined, new Set(["xml", "npmrc"]))).toEqual({ kind: "none" });
  });

  test("they count for ConfigMaps and metadata alone", () => {
    const options = { configFormats: new Set<TextFormat>() };
    const text = `a:\n      password: ${P}\n`;
    expect(summaryOf(`apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yaml: |\n    ${text}`, options)).toEqual([]);
    expect(summaryOf(`apiVersion: v1\nkind: Secret\nstringData:\n  a.yaml: |\n    ${text}`, options)).not.toEqual([]);
    expect(
      summaryOf(`apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    a/b: '{"password": "${P}"}'\n`, options),
    ).toEqual([]);
  });

  test("a password file is no password by its name", () => {
    const entry = (value: string) => summaryOf(`apiVersion: v1\nkind: ConfigMap\ndata:\n  .pgpass: ${value}\n`);
    expect(entry(`db:5432:app:u:${P}`)).toEqual([`4:likely nested password ⟨${P}⟩`]);
    expect(entry(P)).toEqual([`4:likely value .pgpass ⟨${P}⟩`]);
  });
});

describe("in ConfigMaps", () => {
  const entry = (name: string, text: string) =>
    summaryOf(
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  ${JSON.stringify(name)}: |\n${text.replaceAll(/^/gm, "    ")}\n`,
    );

  test.each<[string, string]>([
    ["postgresql.conf", "password_encryption = scram-sha-256\nssl = on"],
    ["pg_hba.conf", "host all all 0.0.0.0/0 scram-sha-256\nlocal all postgres trust"],
    ["log4j.properties", "log4j.appender.A.layout.ConversionPattern=%d{ISO8601} %-5p %c - password=%X{password}%n"],
    [
      "messages_en.properties",
      "login.password=Password\nlogin.forgotPassword=Forgot your password?\nerror.token=Your session token has expired",
    ],
    [
      "en.json",
      '{"password": "Enter your password", "token": "Access token:", "passwordPlaceholder": "At least 12 characters"}',
    ],
    ["validation.yaml", "password: ^(?=.*[A-Z])(?=.*[0-9]).{12,}$\npasswordPolicy: length(12) and upperCase(1)"],
    [
      "nginx.conf",
      "server_tokens off;\nproxy_pass http://backend;\nproxy_set_header Authorization $http_authorization;\nauth_basic_user_file /etc/nginx/.htpasswd;",
    ],
    [
      "prometheus.yml",
      "scrape_configs:\n  - job_name: a\n    bearer_token_file: /var/run/secrets/token\n    basic_auth: {username: u, password_file: /etc/p}",
    ],
    ["app.py", 'password = os.environ["DB_PASSWORD"]\ntoken = get_token(client)\nsecret = config.secret_name'],
    ["start.sh", '#!/bin/sh\nexport DB_PASSWORD="$(cat /run/secrets/db)"\napp --token "$TOKEN"'],
    ["otel.yaml", "exporters:\n  otlp:\n    headers: {api-key: '${env:API_KEY}'}"],
    ["alertmanager.yml", "receivers:\n  - name: x\n    slack_configs:\n      - api_url_file: /etc/slack/url"],
    [
      "schema.yaml",
      "properties:\n  password: {type: string, minLength: 12}\n  token: {type: string, description: The token}",
    ],
    ["vault.hcl", 'seal "awskms" {\n  kms_key_id = "alias/vault"\n}\napi_addr = "https://vault:8200"'],
    ["argocd-cm", "oidc.config: |\n  clientID: argo\n  clientSecret: $oidc.clientSecret"],
    ["llm.yaml", "max_tokens: 4096\ntokenizer: cl100k_base\nstop_token: <|im_end|>\ntoken_budget: 20000"],
  ])("%s stays silent", (name, text) => {
    expect(entry(name, text)).toEqual([]);
  });

  test.each<[string, string, string]>([
    [".env", `DB_PASSWORD=${P}`, "likely nested DB_PASSWORD"],
    ["init.sql", `CREATE USER app IDENTIFIED BY '${P}';`, "likely nested password"],
    ["settings.xml", `<password>${P}</password>`, "likely nested password"],
    ["start.sh", `#!/bin/sh\nmysql -uapp -p${P} app`, "likely flag -p"],
    ["grafana.ini", "[security]\nadmin_password = admin", "weak nested admin_password"],
    ["values.yaml", `a:\n  - name: API_KEY\n    value: ${P}`, "likely nested API_KEY"],
    [
      "app.properties",
      `spring.datasource.url=jdbc:mysql://db/app?user=u&password=${P}`,
      "url-credential value app.properties",
    ],
    ["job.yaml", `apiVersion: v1\nkind: Secret\ndata:\n  password: ${btoa(P)}`, "likely nested decoded password"],
  ])("%s gives a finding's evidence on its line", (name, text, expected) => {
    const [found] = entry(name, text);
    expect(found?.slice(found.indexOf(":") + 1)).toBe(
      `${expected} ⟨${expected.includes("weak") ? "admin" : expected.includes("decoded") ? btoa(P) : P}⟩`,
    );
    expect(found?.startsWith(`${4 + text.split("\n").length}:`)).toBe(true);
  });
});
