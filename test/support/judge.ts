import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readCertificate } from "../../src/adapters/certificates/read.ts";
import { secretlintDetector } from "../../src/adapters/secretlint/detector.ts";
import { opaWasmEngine } from "../../src/adapters/opa/engine.ts";
import { check, type CheckInput } from "../../src/core/check.ts";
import { DEFAULT_CONFIG } from "../../src/core/config/effective.ts";
import type { ChartPort } from "../../src/core/ports.ts";
import type { Config } from "../../src/model/config.ts";
import type { MaskedSources, Report } from "../../src/model/report.ts";
import type { RuleMetadata } from "../../src/model/rule.ts";

/** Metadata of all rules, as they are built. */
export const allRules = JSON.parse(readFileSync("dist/rules.json", "utf8")) as readonly RuleMetadata[];

const engine = opaWasmEngine(async () => readFileSync("dist/policy.wasm"));
const detector = secretlintDetector();

const NO_FLAGS = {
  values: [],
  set: [],
  setString: [],
  kubeVersion: "",
  apiVersions: [],
  namespace: "",
  releaseName: "",
};

/** 2025-12-01T00:00:00Z, the time that counts as now in tests, as in `rego/lib/testing.rego`. */
export const NOW = 1_764_547_200;

/** Judges texts, by their paths, with the real policy and the real detectors; no file is read. */
export async function judgeTexts(
  texts: Readonly<Record<string, string>>,
  config: Partial<Config> = {},
  input: Partial<CheckInput> = {},
  charts: ChartPort | null = null,
): Promise<{ report: Report; sources: MaskedSources }> {
  return check(
    {
      texts: Object.entries(texts).map(([uri, text]) => ({ source: { uri, text }, explicit: false, context: false })),
      unreadable: [],
      skipped: {},
      config: { ...DEFAULT_CONFIG, ...config },
      rules: allRules,
      clock: NOW,
      requireObjects: false,
      chartSettings: {
        charts: [],
        flags: NO_FLAGS,
        missingDependencies: "error",
        incomplete: "note",
        valuesFiles: new Map(),
      },
      notes: [],
      version: "0.0.0-test",
      ...input,
    },
    {
      engine,
      charts,
      detector,
      digest: (text) => createHash("sha256").update(text).digest("hex"),
      readCertificate,
      progress: () => undefined,
      stage: () => undefined,
    },
  );
}
