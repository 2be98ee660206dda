import { expect, test } from "@jest/globals";
import { judgeTexts } from "../support/judge.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";

/** Tokens as people make them up. */
const TOKENS = [
  `ghp_${letters}0123456789`,
  `sk-proj-${letters}${letters.toUpperCase()}`,
  `glpat-${letters.slice(0, 20)}`,
];

test.each(TOKENS)(
  "a token that counts up is one where a manifest sets it, and a sample where a text shows it: %#",
  async (token) => {
    const { report } = await judgeTexts({
      "deploy/pod.yaml": `# token: ${token}\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: a\n      env:\n        - name: UPSTREAM\n          value: ${token}\n`,
      "deploy/docs.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: docs}\ndata:\n  README.md: |\n    Set TOKEN=${token} first.\n`,
      "docs/setup.md": `Set \`TOKEN=${token}\`.\n`,
    });
    const found = report.findings.filter(({ rule }) => rule.startsWith("secrets/"));
    expect(
      found.map(({ rule, severity, location }) => [rule, severity, location.uri, location.range.start.line]),
    ).toEqual([["secrets/known-token-or-url-credential", "critical", "deploy/pod.yaml", 11]]);
  },
);

test("what says that it is a sample is none anywhere", async () => {
  const samples = [
    `ghp_${"x".repeat(36)}`,
    "sk-proj-your-key-here-0123456789-0123456789-01234",
    `glpat-${"0".repeat(20)}`,
  ];
  const env = samples.map((value, index) => `        - name: A_TOKEN_${index}\n          value: ${value}\n`).join("");
  const { report } = await judgeTexts({
    "deploy/pod.yaml": `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: a\n      env:\n${env}`,
  });
  expect(report.findings.filter(({ rule }) => rule.startsWith("secrets/"))).toEqual([]);
});
