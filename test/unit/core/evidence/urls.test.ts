import { describe, expect, test } from "@jest/globals";
import { findUrlCredentials } from "../../../../src/core/evidence/urls.ts";

/** `detector class value` of each span. */
const seen = (text: string, placeholdersAreWeak = true): readonly string[] =>
  findUrlCredentials(text, { placeholdersAreWeak }).map(
    (span) => `${span.detector} ${span.class} ${text.slice(span.start, span.end)}`,
  );

const PASSWORD = "kJ8mQ2vL9p";
const SLACK = ["https://hooks.slack.com", "services", "T0AB1CD2E", "B0FG3HI4J", "k1J2h3G4f5D6s7A8q9W0e1R2"].join("/");
const DISCORD = [
  "https://discord.com",
  "api",
  "webhooks",
  "123456789012345678",
  "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3kL5mN7pQ9rS1tU3vW5x",
].join("/");
const TEAMS =
  "https://acme.webhook.office.com/webhookb2/3f2504e0-4f89-11d3-9a0c-0305e82c3301@4f2504e0-4f89-11d3-9a0c-0305e82c3302/IncomingWebhook/" +
  ["9f86d081884c7d659a2feaa0c55ad015", "5f2504e0-4f89-11d3-9a0c-0305e82c3303"].join("/");

describe("user information", () => {
  test.each([
    "postgres",
    "postgresql",
    "mysql",
    "mongodb",
    "mongodb+srv",
    "amqp",
    "amqps",
    "redis",
    "rediss",
    "https",
    "http",
    "sftp",
    "ftp",
    "nats",
    "ldap",
    "smtp",
    "clickhouse",
    "jdbc:postgresql",
  ])("%s", (scheme) => {
    expect(seen(`${scheme}://app:${PASSWORD}@db:5432/app`)).toEqual([`url/userinfo likely ${PASSWORD}`]);
  });

  test.each([
    "postgres://app@db/app",
    "postgres://db/app",
    "https://example.com/a@b",
    "ssh://git@github.com/x/y",
    "redis://:@redis:6379",
    "redis://redis:6379/0",
    "postgres://app:$PASSWORD@db/app",
    "postgres://app:${PASSWORD}@db/app",
    "postgres://app:$(PASSWORD)@db/app",
    "postgres://app:{{ .Values.db.password | quote }}@db/app",
    "postgres://%s:%s@db/app",
    "postgres://app:***@db/app",
    "postgres://app:<password>@db/app",
    "postgres://app:{password}@db/app",
    "postgres://app:[password]@db/app",
    "https://user@host:8080/path",
    "http://host:8080/a:b@c",
    "mailto:a:b@c",
    "arn:aws:iam::1:role/x",
    "oci://registry/chart:v1@sha256:abc",
  ])("%s holds none", (text) => {
    expect(seen(text)).toEqual([]);
  });

  test("a guessable password is weak, and documentation where examples are allowed", () => {
    expect(seen("postgres://postgres:postgres@db/app")).toEqual(["url/userinfo weak postgres"]);
    expect(seen("amqp://guest:guest@mq")).toEqual(["url/userinfo weak guest"]);
    expect(seen("postgres://app:password@db/app")).toEqual(["url/userinfo weak password"]);
    expect(seen("postgres://app:password@db/app", false)).toEqual([]);
    expect(seen("postgres://app:pass@db/app", false)).toEqual([]);
    expect(seen("postgres://app:changeme@db/app", false)).toEqual([]);
  });

  test("several in one text, and a password without a user", () => {
    expect(seen(`a=redis://:${PASSWORD}@r b="https://u:${PASSWORD}x@h/"`)).toEqual([
      `url/userinfo likely ${PASSWORD}`,
      `url/userinfo likely ${PASSWORD}x`,
    ]);
  });
});

describe("connection strings and parameters", () => {
  const key = "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3kL5mN7pQ9rS1tU3vW5xY7zA9bC1dE3fG5h";
  test.each<[string, readonly string[]]>([
    [`jdbc:mysql://db/app?user=app&password=${PASSWORD}`, [`url/query likely ${PASSWORD}`]],
    [
      `jdbc:sqlserver://db:1433;database=app;user=sa;password=${PASSWORD};`,
      [`url/query likely ${PASSWORD}`, `connection-string/password likely ${PASSWORD}`],
    ],
    ["jdbc:mysql://db/app?user=app&password=${PW}", []],
    [
      `Server=db;Database=app;User Id=sa;Password=${PASSWORD};Encrypt=true`,
      [`connection-string/password likely ${PASSWORD}`],
    ],
    ["Server=db;Database=app;User Id=sa;Password={password};", []],
    [`host=db user=app password=${PASSWORD} dbname=app`, [`connection-string/password likely ${PASSWORD}`]],
    [
      `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${key}==;EndpointSuffix=core.windows.net`,
      [`connection-string/account-key likely ${key}==`],
    ],
    ["DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=<key>;", []],
    [
      `https://acme.blob.core.windows.net/c?sv=2022-11-02&se=2030-01-01&sr=c&sp=r&sig=${key.slice(0, 43)}%3D`,
      [`url/sas likely ${key.slice(0, 43)}%3D`],
    ],
    ["https://example.com/?sig=short", []],
    [`https://api.example.com/v1?access_token=${PASSWORD}7Rt5`, [`url/query likely ${PASSWORD}7Rt5`]],
    ["https://api.example.com/v1?page_token=abcdef123456&token_type=x", []],
    ["https://example.com/login?token=$TOKEN", []],
    [`not a url ?password=${PASSWORD}`, []],
  ])("%s", (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });
});

describe("webhooks", () => {
  test.each([SLACK, DISCORD, TEAMS])("a webhook's URL is a secret", (url) => {
    expect(seen(`url: "${url}"`)).toEqual([`url/webhook likely ${url}`]);
  });

  test.each([
    "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    "https://hooks.slack.com/services/...",
    "https://hooks.slack.com/services/YOUR/SLACK/WEBHOOK",
    "https://discord.com/api/webhooks/<id>/<token>",
    "https://hooks.slack.com/services/${SLACK_PATH}",
    "https://acme.webhook.office.com/webhookb2/xxx",
  ])("%s is a sample", (url) => {
    expect(seen(url)).toEqual([]);
  });
});

test.each<[string, () => string]>([
  ["URLs", () => "a://b:".repeat(170_000)],
  ["schemes", () => "://".repeat(330_000)],
  ["parameters", () => "?token=a".repeat(125_000)],
  ["pairs", () => "server=a;password=".repeat(55_000)],
  ["at signs", () => `https://${"a:@".repeat(300_000)}`],
  ["webhooks", () => "https://hooks.slack.com/services/".repeat(30_000)],
  ["templates", () => "x://{{".repeat(160_000)],
])("a megabyte of %s ends", (_, make) => {
  expect(findUrlCredentials(make()).length).toBeGreaterThanOrEqual(0);
});
