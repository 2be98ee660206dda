import { expect, test } from "@jest/globals";
import { maskFileNames, maskSourceNames } from "../../../../src/core/triage/mask-names.ts";
import { MASK, type Redacted } from "../../../../src/model/redacted.ts";
import { makeToken } from "../../../support/tokens.ts";
import { finding, location, range, related, report, unreadable } from "../../reporters/sample-report.ts";

const where = range(1, 1, 1, 2);

test("a token in the name of a file is masked wherever the name is shown", () => {
  const token = makeToken("github-token");
  const uri = `names/${token}.yaml`;
  const given = report({
    findings: [
      finding({
        location: location(uri, where),
        related: [related(uri, where, "here")],
        unit: `kustomization:names/${token}`,
      }),
    ],
    unreadable: [unreadable({ uri })],
    notes: [`${uri} was left out`],
  });
  const [masked, sources] = [maskFileNames(given), maskSourceNames(new Map([[uri, "text" as Redacted]]))];
  expect(JSON.stringify([masked, [...sources]])).not.toContain(token.slice(4, 12));
  const [first] = masked.findings;
  expect(first?.location.uri).toBe(`names/${MASK}.yaml`);
  expect(sources.get(first?.location.uri ?? "")).toBe("text");
});

test("other names stay as they are", () => {
  const given = report({ findings: [finding()], unreadable: [unreadable()] });
  const sources = new Map([["deploy/api.yaml", "text" as Redacted]]);
  expect([maskFileNames(given), maskSourceNames(sources)]).toEqual([given, sources]);
});
