import { describe, expect, test } from "@jest/globals";
import type { Report } from "../../../src/model/report.ts";
import type { Severity } from "../../../src/model/rule.ts";
import { renderSarif } from "../../../src/reporters/sarif.ts";
import { EVERYTHING, finding, location, range, related, report, rule } from "./sample-report.ts";

interface PhysicalLocation {
  artifactLocation: { uri: string };
  region?: object;
}
interface Result {
  level: string;
  message: { text: string };
  locations: [{ physicalLocation: PhysicalLocation }];
  relatedLocations?: object[];
  suppressions: { justification: string }[];
  properties: { severity: string; status: string; precision: string };
}
interface Descriptor {
  shortDescription: { text: string };
  fullDescription: { text: string };
  properties: { tags: string[]; "security-severity": string };
}
interface Run {
  tool: { driver: { rules: Descriptor[] } };
  invocations: { executionSuccessful: boolean; toolExecutionNotifications: object[] }[];
  results: Result[];
}

function run(given: Report): Run {
  const log = JSON.parse(renderSarif(given)) as { runs: Run[] };
  return log.runs[0]!;
}

describe("sarif results", () => {
  test("stand on regions, with related places, fingerprints and properties, and without source text", () => {
    expect(run(EVERYTHING).results[0]).toEqual({
      ruleId: "secrets/env-literal-credential",
      ruleIndex: 1,
      level: "error",
      message: { text: "Container api sets DB_PASSWORD to a credential in plain text." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "deploy/api.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 4, startColumn: 12, endLine: 4, endColumn: 20 },
          },
          logicalLocations: [{ name: "api", fullyQualifiedName: "apps/v1/Deployment/shop/api" }],
        },
      ],
      relatedLocations: [
        {
          id: 0,
          physicalLocation: {
            artifactLocation: { uri: "deploy/cm.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 9 },
          },
          message: { text: "The ConfigMap that repeats it." },
        },
      ],
      partialFingerprints: { "portcullis/v1": "v1:aaa" },
      suppressions: [],
      properties: {
        severity: "critical",
        variant: "literal",
        status: "new",
        precision: "exact",
        also: ["secrets/known-token-format"],
      },
    });
  });

  test("come worst first, with the level of their severity", () => {
    const severities: readonly Severity[] = ["info", "low", "medium", "high", "critical"];
    const results = run(report({ findings: severities.map((severity) => finding({ severity })) })).results;
    expect(results.map(({ level, properties }) => [properties.severity, level])).toEqual([
      ["critical", "error"],
      ["high", "error"],
      ["medium", "warning"],
      ["low", "note"],
      ["info", "note"],
    ]);
  });

  test("are suppressed where they are waived or in the baseline, and only there", () => {
    const results = run(EVERYTHING).results;
    expect(
      results.map(({ properties, suppressions }) => [
        properties.status,
        suppressions.map((entry) => entry.justification),
      ]),
    ).toEqual([
      ["new", []],
      ["existing", []],
      ["baseline", ["In the baseline."]],
      ["waived", ["Waived."]],
      ["new", []],
      ["new", []],
      ["new", []],
    ]);
  });

  test("say where the line is not exact, and give no columns where only the file is known", () => {
    const results = run(EVERYTHING).results;
    const texts = results.map(({ message }) => message.text);
    expect(texts.find((text) => text.startsWith("Role"))).toBe(
      "Role ops grants every verb. (Shown: the nearest place around it.)",
    );
    const file = results.find(({ properties }) => properties.precision === "file");
    expect(file?.message.text).toContain("(Shown: only the file is known, not the line.)");
    expect(file?.locations[0].physicalLocation.region).toEqual({ startLine: 1 });
    expect(file?.locations[0]).not.toHaveProperty("logicalLocations");
  });

  test("encode paths as relative URIs", () => {
    const uris = ["a b/ü#?.yaml", "c:d/%41.yaml", "x\ny.yaml", "\ud800.yaml"].map(
      (uri) =>
        run(report({ findings: [finding({ location: location(uri, range(1, 1, 1, 2)) })] })).results[0]?.locations[0]
          .physicalLocation.artifactLocation.uri,
    );
    expect(uris).toEqual(["a%20b/%C3%BC%23%3F.yaml", "c%3Ad/%2541.yaml", "x%0Ay.yaml", "%EF%BF%BD.yaml"]);
  });

  test("make no link of brackets in a message", () => {
    const [result] = run(report({ findings: [finding({ message: "see [this](https://evil.example)" })] })).results;
    expect(result?.message.text).toBe("see [this] (https://evil.example).");
  });

  test("stay within the limits of code scanning and say what was left out", () => {
    const places = Array.from({ length: 150 }, () => related("b.yaml", range(1, 1, 1, 2), "here"));
    const findings = [
      ...Array.from({ length: 25_000 }, () => finding({ severity: "low" })),
      finding({ severity: "critical", message: "x".repeat(9000), related: places }),
    ];
    const { results, invocations } = run(report({ findings }));
    expect(results).toHaveLength(25_000);
    expect(results[0]?.level).toBe("error");
    expect(results[0]?.relatedLocations).toHaveLength(100);
    expect(results[0]?.message.text).toBe(`${"x".repeat(3999)}… (And 50 more related places.)`);
    expect(invocations[0]?.toolExecutionNotifications).toEqual([
      {
        level: "warning",
        message: {
          text: "1 finding of the lowest severity left out: code scanning takes 25000 at most. The JSON report has all of them.",
        },
      },
    ]);
  });
});

describe("sarif rules", () => {
  test("carry what code scanning shows and filters by", () => {
    expect(run(EVERYTHING).tool.driver.rules[1]).toEqual({
      id: "secrets/env-literal-credential",
      name: "SecretsEnvLiteralCredential",
      shortDescription: { text: "Literal credential in a container environment variable." },
      fullDescription: { text: "Looks at env of all containers." },
      help: {
        text: "Looks at env of all containers.\n\nLeaves references alone.\n\nMount the secret as a file. Then drop the variable.\n\nenv: []\n\nhttps://example.com/rules/secrets/env-literal-credential",
        markdown:
          "Looks at `env` of all containers.\n\nLeaves references alone.\n\n## What to do\n\nMount the secret as a file. Then drop the variable.\n\n```yaml\nenv: []\n```\n\n## More\n\n- <https://example.com/rules/secrets/env-literal-credential>\n- <https://kubernetes.io/docs/concepts/configuration/secret/>\n",
      },
      helpUri: "https://example.com/rules/secrets/env-literal-credential",
      defaultConfiguration: { level: "error" },
      properties: {
        precision: "very-high",
        "problem.severity": "error",
        "security-severity": "9.5",
        tags: ["security", "kubernetes", "secrets", "external/cwe/cwe-798", "external/cwe/cwe-526"],
      },
    });
  });

  test("stay within twenty tags and the lengths of descriptions", () => {
    const cwe = Array.from({ length: 40 }, (_, index) => `CWE-${100 + index}`);
    const long = "word ".repeat(1000);
    const [descriptor] = run(report({ rules: [rule("a/b", { frameworks: { cwe }, title: long, description: long })] }))
      .tool.driver.rules;
    expect(descriptor?.properties.tags).toHaveLength(20);
    expect(descriptor?.shortDescription.text).toHaveLength(1024);
    expect(descriptor?.fullDescription.text).toHaveLength(1024);
  });

  test("have a security severity in the range of theirs", () => {
    const severities: readonly Severity[] = ["critical", "high", "medium", "low", "info"];
    const { rules } = run(report({ rules: severities.map((severity) => rule(`a/${severity}`, { severity })) })).tool
      .driver;
    expect(rules.map(({ properties }) => Number(properties["security-severity"]))).toEqual([9.5, 8, 5.5, 2, 0]);
  });
});

describe("sarif invocations", () => {
  test("are not successful where the gate could not decide, and say why", () => {
    expect(run(EVERYTHING).invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            descriptor: { id: "unreadable/invalid-yaml" },
            level: "error",
            message: { text: "a mapping key is not indented as its siblings." },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "deploy/broken.yaml", uriBaseId: "%SRCROOT%" },
                  region: { startLine: 7, startColumn: 3 },
                },
              },
            ],
          },
          {
            descriptor: { id: "unreadable/chart-not-evaluated" },
            level: "warning",
            message: { text: "charts are not rendered." },
            locations: [{ physicalLocation: { artifactLocation: { uri: "charts/web", uriBaseId: "%SRCROOT%" } } }],
          },
        ],
      },
    ]);
  });

  test("are successful for any other verdict", () => {
    expect(run(report({ verdict: "fail", findings: [finding()] })).invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ]);
  });
});
