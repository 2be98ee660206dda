import { describe, expect, test } from "@jest/globals";
import { scanArgv, scanScript } from "../../../../src/core/evidence/argv.ts";
import { parseCliTable } from "../../../../src/core/evidence/cli-table.ts";

/** `context keyName=value` of each span; checks that the offsets hold the value, quotes aside. */
function seen(elements: readonly string[], rows: readonly string[] = []): readonly string[] {
  return scanArgv(elements, { cliFlagTable: parseCliTable(rows) }).map(
    ({ element, keyName, value, valueStart, valueEnd, context }) => {
      const written = (elements[element] ?? "").slice(valueStart, valueEnd);
      expect(written.replaceAll(/["'\\]/g, "")).toBe(value.replaceAll(/["'\\]/g, ""));
      return `${context} ${keyName}=${value}`;
    },
  );
}

describe("flags", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["inline", ["app", "--password=abc"], ["flag password=abc"]],
    ["next argument", ["app", "--token", "abc", "--verbose"], ["flag token=abc"]],
    ["one dash", ["influx", "-password", "abc"], ["flag password=abc"]],
    ["one dash inline", ["app", "-apiKey=abc"], ["flag apiKey=abc"]],
    ["Java property", ["java", "-Ddb.password=abc", "-jar", "x.jar"], ["flag db.password=abc"]],
    ["two of them", ["app", "--db-password=a1", "--api-key=b2"], ["flag db-password=a1", "flag api-key=b2"]],
    ["no value", ["app", "--password"], []],
    ["next is a flag", ["app", "--password", "--verbose"], []],
    ["empty value", ["app", "--password="], []],
    [
      "about a credential",
      [
        "app",
        "--token-ttl=1h",
        "--password-file=/x",
        "--secret-name=a",
        "--key-file=/k",
        "--tls-private-key-file=/p",
        "--service-account-key-file=/s",
      ],
      [],
    ],
    ["no credential", ["app", "--port=80", "--log-level", "info", "-v"], []],
    ["only arguments", ["--password=abc"], ["flag password=abc"]],
  ])("%s", (_, elements, expected) => {
    expect(seen(elements)).toEqual(expected);
  });
});

describe("known commands", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["mysql", ["mysql", "-uroot", "-pabc", "-h", "db"], ["flag -p=abc"]],
    ["mysql that asks", ["mysql", "-u", "root", "-p", "mydb"], []],
    ["mysqldump by path", ["/usr/bin/mysqldump", "-pabc", "db"], ["flag -p=abc"]],
    ["redis-cli", ["redis-cli", "-a", "abc", "ping"], ["flag -a=abc"]],
    ["redis-server", ["redis-server", "--requirepass", "abc"], ["flag requirepass=abc"]],
    ["sshpass", ["sshpass", "-p", "abc", "ssh", "-p", "22", "host"], ["flag -p=abc", "flag -p=22"]],
    ["curl", ["curl", "-u", "user:abc", "https://x"], ["flag -u=abc"]],
    ["curl without a password", ["curl", "-u", "user", "https://x"], []],
    ["wget", ["wget", "--user=u", "--password=abc", "https://x"], ["flag password=abc"]],
    ["vault login", ["vault", "login", "-no-store", "abc"], ["flag vault login token=abc"]],
    ["vault login by method", ["vault", "login", "-method=kubernetes", "role=x"], []],
    ["docker login", ["docker", "login", "-u", "u", "-p", "abc"], ["flag -p=abc"]],
    ["docker run", ["docker", "run", "-p", "80:80", "x"], []],
    ["openssl", ["openssl", "rsa", "-passin", "pass:abc"], ["flag -passin=abc"]],
    ["openssl with a file", ["openssl", "rsa", "-passin", "file:/x"], []],
    ["ldapsearch", ["ldapsearch", "-w", "abc"], ["flag -w=abc"]],
    [
      "helm",
      ["helm", "upgrade", "x", "--set", "image.tag=1,db.password=abc,replicas=2"],
      ["assignment db.password=abc"],
    ],
    ["helm inline", ["helm", "upgrade", "--set=auth.password=abc"], ["assignment auth.password=abc"]],
    [
      "kubectl",
      ["kubectl", "create", "secret", "generic", "x", "--from-literal=password=abc"],
      ["assignment password=abc"],
    ],
    ["unknown command", ["mytool", "-p", "8080", "-a", "x", "-u", "a:b"], []],
  ])("%s", (_, elements, expected) => {
    expect(seen(elements)).toEqual(expected);
  });

  test("the user's table extends the built-in one", () => {
    expect(seen(["mycli", "login", "-k", "abc"], ["mycli login -k"])).toEqual(["flag -k=abc"]);
    expect(seen(["mycli", "logout", "-k", "abc"], ["mycli login -k"])).toEqual([]);
    expect(parseCliTable(["", "mycli", "mycli login"])).toEqual([]);
  });
});

describe("shell strings", () => {
  test.each<[string, string, readonly string[]]>([
    ["export", "export DB_PASSWORD=abc; run", ["assignment DB_PASSWORD=abc"]],
    ["prefix", "PGPASSWORD=abc psql -h db", ["assignment PGPASSWORD=abc"]],
    ["quotes", `mysql -p"a b" && export TOKEN='x y'`, ["flag -p=a b", "assignment TOKEN=x y"]],
    ["escaped blank", "export TOKEN=x\\ y", ["assignment TOKEN=x y"]],
    ["variable", 'app --password="$DB_PASSWORD"', ["flag password=$DB_PASSWORD"]],
    ["substitution with blanks", "app --password=$(cat /run/secrets/x)", ["flag password=$(cat /run/secrets/x)"]],
    ["second command", "sleep 1; redis-cli -a abc ping | grep PONG", ["flag -a=abc"]],
    ["header", `curl -H "Authorization: Bearer abcdef" https://x`, ["header Authorization=abcdef"]],
    ["basic header", `curl -H 'Authorization: Basic dTpwYXNz' https://x`, ["header Authorization=dTpwYXNz"]],
    ["header of another name", `curl -H "X-Vault-Token: abcdef" https://x`, ["header X-Vault-Token=abcdef"]],
    ["comment", "# export DB_PASSWORD=abc\ntrue", []],
    ["line continuation", "app \\\n  --password \\\n  abc", ["flag password=abc"]],
    ["reading", 'if [ -z "$PASSWORD" ]; then exit 1; fi', []],
    ["no credential", "echo hello && sleep 5", []],
  ])("%s", (_, script, expected) => {
    expect(seen(["/bin/sh", "-c", script])).toEqual(expected);
  });

  test("a script without a shell in front", () => {
    expect(scanScript("#!/bin/bash\nset -e\nexport API_TOKEN=abc\n").map(({ value }) => value)).toEqual(["abc"]);
  });
});

test.each<[string, () => string]>([
  ["quotes", () => '"'.repeat(200_000)],
  ["substitutions", () => "$(".repeat(100_000)],
  ["commands", () => ";a".repeat(100_000)],
  ["flags", () => "--password ".repeat(20_000)],
  ["assignments", () => "a=".repeat(100_000)],
  ["templates", () => "{{".repeat(100_000)],
  ["backslashes", () => "\\".repeat(200_000)],
  ["headers", () => "authorization: bearer ".repeat(10_000)],
])("very many %s end", (_, make) => {
  expect(scanArgv(["sh", "-c", make()]).length).toBeGreaterThanOrEqual(0);
  expect(scanArgv([make()]).length).toBeGreaterThanOrEqual(0);
});
