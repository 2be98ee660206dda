import { describe, expect, test } from "@jest/globals";
import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { secretLintProfiler } from "@secretlint/profiler";
import { chunksOf } from "../../src/adapters/secretlint/chunks.ts";
import { secretlintDetector } from "../../src/adapters/secretlint/detector.ts";
import { HINTS, mayHoldToken } from "../../src/adapters/secretlint/prefilter.ts";
import { makeToken } from "../support/tokens.ts";

const detector = secretlintDetector();
const detect = async (text: string, uri = "app.yaml") =>
  (await detector.detect(text, uri)).map(
    ({ detector: name, kind, start, end }) => `${name} ${kind} ${text.slice(start, end)}`,
  );

describe("tokens", () => {
  test.each([
    ["github-token", "secretlint/github"],
    ["slack-token", "secretlint/slack"],
    ["npm-token", "secretlint/npm"],
    ["sendgrid-key", "secretlint/sendgrid"],
    ["openai-key", "secretlint/openai"],
    ["anthropic-key", "secretlint/anthropic"],
    ["aws-access-key", "pattern/aws-access-key-id"],
    ["vault-token", "pattern/vault-token"],
    ["gitlab-token", "pattern/gitlab-token"],
    ["stripe-key", "pattern/stripe-key"],
    ["huggingface-token", "pattern/huggingface-token"],
    ["databricks-token", "pattern/databricks-token"],
    ["doppler-token", "pattern/doppler-token"],
    ["pypi-token", "pattern/pypi-token"],
    ["dockerhub-token", "pattern/docker-hub-token"],
    ["telegram-token", "pattern/telegram-bot-token"],
    ["twilio-key", "pattern/twilio-api-key"],
    ["azure-client-secret", "pattern/azure-client-secret"],
    ["jwt", "pattern/jwt"],
    ["service-account-jwt", "pattern/jwt"],
    ["bootstrap-token", "pattern/kubeadm-bootstrap-token"],
  ])("%s is %s", async (name, expected) => {
    const token = makeToken(name);
    expect(await detect(`a: 1\ntoken: "${token}" # x\nb: 2\n`)).toEqual([`${expected} token ${token}`]);
    expect(await detect(`--token=${token}\n`)).toEqual([`${expected} token ${token}`]);
    // A bootstrap token is told by what stands in front of it.
    expect(await detect(`# ${token}`)).toEqual(name === "bootstrap-token" ? [] : [`${expected} token ${token}`]);
  });

  test("an AWS secret key behind its name, a legacy Vault token behind one", async () => {
    const key = makeToken("aws-secret-key");
    expect(await detect(`aws_secret_access_key = ${key}\n`)).toEqual([`secretlint/aws token ${key}`]);
    expect(await detect(`{"SecretAccessKey": "${key}", "x": 1}`)).toEqual([`secretlint/aws token ${key}`]);
    expect(await detect(`//registry.acme.io/:_authToken=${key}\n`, "a/.npmrc")).toEqual([
      `secretlint/npm token ${key}`,
    ]);
    const legacy = ["s", makeToken("github-token").slice(4, 28).replaceAll("_", "x")].join(".");
    expect(await detect(`VAULT_TOKEN: ${legacy}\n`)).toEqual([`pattern/vault-token token ${legacy}`]);
    expect(await detect(`file: ${legacy}\n`)).toEqual([]);
  });

  test("webhooks, URLs and keys have their own kinds", async () => {
    const webhook = makeToken("slack-webhook");
    expect(await detect(`url: ${webhook}\n`)).toEqual([`secretlint/slack-webhook url-credential ${webhook}`]);
    const password = makeToken("password");
    expect(await detect(`url: "https://bot:${password}@git.acme.io/x"\n`)).toEqual([
      `secretlint/basicauth url-credential ${password}`,
    ]);
    expect(await detect(`{"url":"postgres://app:${password}@db.acme.io/app","next":"value"}`)).toEqual([
      `secretlint/database-connection-string url-credential ${password}`,
    ]);
    const pem = [
      "-----BEGIN RSA",
      "PRIVATE KEY-----\n" + makeToken("private-key").repeat(4) + "\n-----END RSA",
      "PRIVATE KEY-----",
    ].join(" ");
    expect(await detect(`x\n${pem}\n`)).toEqual([`secretlint/privatekey private-key ${pem}`]);
  });
});

describe("silence", () => {
  test.each([
    ["AWS documentation", ["AKIA", "IOSFODNN7EXAMPLE"].join("")],
    [
      "AWS documentation, secret key",
      `aws_secret_access_key=${["wJalrXUtnFEMI/K7MDENG", "bPxRfiCYEXAMPLEKEY"].join("/")}`,
    ],
    ["GitHub with x", `ghp_${"x".repeat(36)}`],
    ["GitLab placeholder", "glpat-your-token-goes-here-1"],
    ["Slack sample", "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"],
    ["Vault in prose", "hvs.<your token>"],
    ["digest", `image: app@sha256:${"9f86d081884c7d65".repeat(4)}`],
    ["git SHA", "revision: 3b18e512dba79e4c8300dd08aeb37f8e728b8dad"],
    ["UUID", "id: 3f2504e0-4f89-11d3-9a0c-0305e82c3301"],
    ["integrity", `integrity: sha512-${"aB3d".repeat(22)}==`],
    ["URL without a password", "postgres://db:5432/app"],
    ["URL with a variable", "postgres://app:${PASSWORD}@db.acme.io:5432/app"],
    ["SealedSecret text", "AgBy3i4OJSWK+PiTySYZZA9rO43cGDEqjnK1w9a8s7d6f5g4h3j2k1l0"],
    ["kind: Secret", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n"],
    ["semantic version that looks like a bootstrap token", "token-version: abcdef.0123456789abcde"],
  ])("%s", async (_, text) => {
    expect(await detect(text)).toEqual([]);
  });
});

describe("trust", () => {
  const token = makeToken("github-token");
  test.each([
    "secretlint-disable",
    "secretlint-disable-line",
    "secretlint-disable-next-line",
    "secretlint-disable -- reason",
    "secretlint-disable @secretlint/secretlint-rule-github",
  ])("%s in the text has no effect", async (directive) => {
    expect(await detect(`# ${directive}\ntoken: ${token} # ${directive}\n`)).toHaveLength(1);
  });

  test("hits hold no text", async () => {
    const hits = await detector.detect(`token: ${token}\n`, "a.yaml");
    expect(hits.map((hit) => Object.keys(hit).toSorted())).toEqual([["detector", "end", "kind", "start"]]);
    expect(JSON.stringify(hits)).not.toContain(token.slice(4, 10));
  });

  test("nothing is read from the disk, whatever the name of the file", async () => {
    expect(await detect("{}", "/etc/hostname.p12")).toEqual([]);
    expect(await detect("{}", "package.json")).toEqual([]);
  });
});

describe("the prefilter", () => {
  test("knows every rule of the installed preset", () => {
    const names = rules.map(({ meta }) => meta.id.replace("@secretlint/secretlint-rule-", ""));
    expect(names.toSorted()).toEqual(Object.keys(HINTS).toSorted());
  });

  test("lets ordinary manifests pass unread", () => {
    expect(
      mayHoldToken(
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: nginx:1.27\n",
      ),
    ).toBe(false);
  });
});

describe("long texts", () => {
  test("a token is found wherever the text is cut, and once", async () => {
    const token = makeToken("github-token");
    for (const lead of [0, 27_990, 39_980, 40_000, 67_970, 200_000]) {
      for (const filler of ["x", "x\n", "a b c\n"]) {
        const text = `${filler.repeat(Math.ceil(lead / filler.length))} ${token} ${filler.repeat(40_000)}`;
        expect(await detect(text)).toEqual([`secretlint/github token ${token}`]);
      }
    }
  });

  test("pieces cover the text and overlap", () => {
    for (const text of [
      "",
      "a",
      "x".repeat(300_000),
      "line\n".repeat(60_000),
      `${"x".repeat(100_000)}\n${"y\n".repeat(90_000)}`,
    ]) {
      let end = 0;
      for (const { text: piece, offset } of chunksOf(text)) {
        expect(offset).toBeLessThanOrEqual(end);
        expect(text.startsWith(piece, offset)).toBe(true);
        end = offset + piece.length;
      }
      expect(end).toBe(text.length);
    }
  });

  test.each<[string, () => string]>([
    ["tokens", () => `${makeToken("aws-access-key")}\n`.repeat(50_000)],
    ["starts of tokens", () => "eyJ".repeat(330_000)],
    ["starts of URLs", () => "https://a:".repeat(100_000)],
    ["database URLs", () => "postgres://a:b@c ".repeat(60_000)],
    ["key headers", () => ["-----BEGIN", "PRIVATE KEY-----"].join(" ").repeat(36_000)],
    ["Slack prefixes", () => "xoxb-a-".repeat(140_000)],
    ["dots", () => "SG.".repeat(330_000)],
    ["directives", () => "secretlint-disable\n".repeat(50_000)],
  ])("a megabyte of %s ends", async (_, make) => {
    expect((await detector.detect(make(), "a.yaml")).length).toBeGreaterThanOrEqual(0);
  });

  test("a text full of tokens is not searched to its end", async () => {
    const hits = await detector.detect(`${makeToken("aws-access-key")}\n`.repeat(50_000), "a.yaml");
    expect(hits.length).toBeGreaterThanOrEqual(2000);
    expect(hits.length).toBeLessThan(5000);
  });

  test("secretlint's profiler records nothing", async () => {
    await detect(`token: ${makeToken("github-token")}\n`);
    expect(await secretLintProfiler.getEntries()).toEqual([]);
  });
});
