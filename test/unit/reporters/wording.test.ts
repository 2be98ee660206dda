import { describe, expect, test } from "@jest/globals";
import {
  describeChecked,
  describeFindings,
  describeObject,
  describeVerdict,
  remediationHint,
} from "../../../src/reporters/wording.ts";
import { EVERYTHING, finding, report, unreadable } from "./sample-report.ts";

const NOTHING = {
  files: 0,
  objects: 0,
  texts: 0,
  skipped: {},
  rules: 19,
  findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
};

describe("describeVerdict", () => {
  test.each([
    ["nothing found", report(), "Pass: nothing new was found."],
    ["nothing looked at", report({ stats: NOTHING }), "Pass: nothing was checked."],
    ["only old findings", report({ findings: [finding({ status: "baseline" })] }), "Pass: nothing new was found."],
    [
      "below the threshold",
      report({ findings: [finding({ severity: "low" })] }),
      "Pass: no finding is at or above high, the severity that blocks.",
    ],
    ["never fails", report({ failOn: "never", findings: [finding()] }), "Pass: no severity blocks (fail-on: never)."],
    [
      "one blocks",
      report({ verdict: "fail", findings: [finding(), finding({ severity: "low" })] }),
      "Fail: 1 finding at or above high blocks.",
    ],
    [
      "several block",
      report({ verdict: "fail", failOn: "low", findings: [finding(), finding()] }),
      "Fail: 2 findings at or above low block.",
    ],
    [
      "unreadable",
      report({ verdict: "error", unreadable: [unreadable()] }),
      "Error: the gate could not decide; 1 entry could not be judged.",
    ],
    [
      "undecided without an entry",
      report({ verdict: "error", notes: ["no objects"] }),
      "Error: the gate could not decide; see the notes.",
    ],
    [
      "both",
      EVERYTHING,
      "Error: the gate could not decide; 1 entry could not be judged. Besides, 1 finding at or above high blocks.",
    ],
  ])("%s", (_name, given, sentence) => {
    expect(describeVerdict(given)).toBe(sentence);
  });
});

describe("describeChecked", () => {
  test("counts what was read, judged, searched and left out", () => {
    expect(describeChecked(report())).toBe(
      "Read 3 files: judged 5 Kubernetes objects with 19 rules, searched 1 text file for known tokens. Left out 3 files: 2 binary, 1 lock-file.",
    );
  });

  test("says plainly that nothing was checked", () => {
    expect(describeChecked(report({ stats: NOTHING }))).toBe("Nothing was checked: no Kubernetes object was read.");
    expect(describeChecked(report({ stats: { ...NOTHING, files: 2, texts: 2, skipped: { binary: 1 } } }))).toBe(
      "No manifest was checked: no Kubernetes object was read. Searched 2 text files for known tokens. Left out 1 file: 1 binary.",
    );
  });
});

describe("describeFindings", () => {
  test("counts what is new and names the rest", () => {
    expect(describeFindings(EVERYTHING)).toBe(
      "4 findings: 1 critical, 1 medium, 1 low, 1 info. Not counted: 1 there before the change, 1 in the baseline, 1 waived.",
    );
    expect(describeFindings(report())).toBe("No findings.");
    expect(describeFindings(report({ findings: [finding({ status: "waived" })] }))).toBe(
      "No new findings. Not counted: 1 waived.",
    );
  });
});

test.each([
  [{ apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "api" }, "Deployment shop/api (apps/v1)"],
  [{ apiVersion: "v1", kind: "Secret", namespace: "", name: "db" }, "Secret db (v1)"],
  [{ apiVersion: "v1", kind: "Secret", namespace: "shop", name: "" }, "Secret without a name (v1)"],
])("describeObject %j", (object, text) => {
  expect(describeObject(object)).toBe(text);
});

test.each([
  ["First sentence. Second one.", "First sentence."],
  ["Uses e.g.nothing special\nover two lines.\n\nMore.", "Uses e.g.nothing special over two lines."],
  ["Write this:\n\n```yaml\na: 1\n```", "Write this."],
  ["No end\n```yaml\na: 1\n```", "No end"],
  ["", ""],
  [`${"long ".repeat(100)}.`, `${"long ".repeat(31)}long…`],
])("remediationHint %j", (markdown, hint) => {
  expect(remediationHint(markdown)).toBe(hint);
});
