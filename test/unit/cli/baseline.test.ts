import { expect, test } from "@jest/globals";
import { finding, unreadable } from "../reporters/sample-report.ts";
import { exampleOutcome, run } from "./fake-effects.ts";

const findings = [
  finding({ fingerprint: "v1:bb" }),
  finding({ fingerprint: "v1:aa", status: "baseline", rule: "rbac/wildcard-grant" }),
  finding({ fingerprint: "v1:cc", status: "waived", waiver: { by: "comment", reason: "x", until: null } }),
];

test("writes down what is there and not waived, sorted, and says how many", async () => {
  const outcome = exampleOutcome("error", { findings, unreadable: [unreadable({ fingerprint: "v1:dd" })] });
  const { exitCode, stdout, files, requests } = await run(["baseline"], { check: async () => outcome });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    ".portcullis-baseline.json holds 2 findings and 1 entry that could not be judged. Commit it.\n1 of them is a secret: still listed, and still to be revoked.\n",
  );
  expect([...files]).toEqual([
    [
      ".portcullis-baseline.json",
      `${JSON.stringify({ version: 1, findings: ["v1:aa", "v1:bb"], unreadable: ["v1:dd"] }, null, 2)}\n`,
    ],
  ]);
  expect(requests).toMatchObject([{ paths: [], base: null }]);
});

test("is refused below the root, where it would forget the rest", async () => {
  const { report } = exampleOutcome("pass");
  const context = { sources: new Map(), displayPath: (uri: string) => `../${uri}` };
  const { exitCode, stderr, files } = await run(["baseline"], { check: async () => ({ report, context }) });
  expect({ exitCode, files: files.size }).toEqual({ exitCode: 2, files: 0 });
  expect(stderr).toContain("at the root of the repository");
});
