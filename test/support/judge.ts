import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { readCertificate } from "../../src/adapters/certificates/read.ts";
import { secretlintDetector } from "../../src/adapters/secretlint/detector.ts";
import { opaWasmEngine } from "../../src/adapters/opa/engine.ts";
import { check } from "../../src/core/check.ts";
import type { CheckInput, CheckPorts } from "../../src/core/run.ts";
import { checkAgainst } from "../../src/core/compare/check-against.ts";
import { DEFAULT_CONFIG } from "../../src/core/config/effective.ts";
import type { ChartPort, PolicyEngine } from "../../src/core/ports.ts";
import type { Config, RuleSettings } from "../../src/model/config.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { MaskedSources, Report } from "../../src/model/report.ts";
import type { RuleMetadata } from "../../src/model/rule.ts";

/** Metadata of all rules, as they are built. */
export const allRules = JSON.parse(readFileSync("dist/rules.json", "utf8")) as readonly RuleMetadata[];

const policy = opaWasmEngine(async () => readFileSync("dist/policy.wasm"));
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
  engine: PolicyEngine = policy,
): Promise<{ report: Report; sources: MaskedSources }> {
  return check(checkInput(texts, config, input), checkPorts(charts, engine));
}

function checkInput(
  texts: Readonly<Record<string, string>>,
  config: Partial<Config>,
  input: Partial<CheckInput>,
): CheckInput {
  return {
    texts: Object.entries(texts).map(([uri, text]) => ({ source: { uri, text }, explicit: false, context: false })),
    unreadable: [],
    skipped: {},
    config: { ...DEFAULT_CONFIG, ...config },
    rules: allRules,
    clock: NOW,
    requireObjects: false,
    frameworks: [],
    chartSettings: {
      charts: [],
      flags: NO_FLAGS,
      missingDependencies: "error",
      incomplete: "note",
      valuesFiles: new Map(),
    },
    notes: [],
    baseline: null,
    whole: true,
    shard: null,
    version: "0.0.0-test",
    ...input,
  };
}

function checkPorts(charts: ChartPort | null, engine: PolicyEngine): CheckPorts {
  return {
    engine,
    charts,
    detector,
    digest: (text) => createHash("sha256").update(text).digest("hex"),
    readCertificate,
    progress: () => undefined,
    stage: () => undefined,
  };
}

/** What the first line of a fixture says about how it is judged. */
export interface FixtureHeader {
  readonly params?: JsonObject;
  readonly path?: string;
  /** The file is part of a chart, whose `Chart.yaml` lies where it belongs. */
  readonly chart?: boolean;
  /** Further files of the repository, by path; nothing is expected in them. */
  readonly files?: Readonly<Record<string, string>>;
  /** A file beside the fixture that says what the fixture was before: a change from one to the other is judged. */
  readonly base?: string;
  readonly profile?: Config["profile"];
  /** Rules that are off. */
  readonly off?: readonly string[];
  /** Where the repository lies. */
  readonly repository?: string;
  readonly settings?: Partial<Pick<Config, "prefix" | "completeness" | "clock">>;
  /** `false` for what the rule tells milder than elsewhere: none of its findings blocks. */
  readonly blocks?: false;
}

function configOf(rule: string, { params, profile, off = [], settings }: FixtureHeader): Partial<Config> {
  const own: RuleSettings = { severity: null, exclude: [], params: params ?? {} };
  const others = off.map((id): [string, RuleSettings] => [id, { severity: "off", exclude: [], params: {} }]);
  const rules = Object.fromEntries([...others, [rule, own]]);
  return { ...settings, ...(profile === undefined ? {} : { profile }), rules };
}

function textsOf(
  name: string,
  text: string,
  { path = name, chart = false, files = {} }: FixtureHeader,
): Readonly<Record<string, string>> {
  const folder = path.replace(/(?:^|\/)(?:(?:templates|ci)\/.*|[^/]*)$/, "");
  return {
    ...files,
    ...(chart && { [join(folder, "Chart.yaml")]: "apiVersion: v2\nname: fixture\nversion: 1.0.0\n" }),
    [path]: text,
  };
}

/** Judges a fixture of `rule`, a file called `name` in its folder, as its header says. */
export async function judgeFixture(
  rule: string,
  name: string,
  text: string,
  header: FixtureHeader,
): Promise<{ report: Report; sources: MaskedSources }> {
  const remotes = header.repository === undefined ? [] : [header.repository];
  const config = configOf(rule, header);
  const head = textsOf(name, text, header);
  if (header.base === undefined) return judgeTexts(head, config, { remotes });
  const before = readFileSync(join("rego/rules", rule, header.base), "utf8");
  const base = {
    input: checkInput(textsOf(name, before, header), config, { remotes }),
    readChart: () => Promise.reject(new Error("fixtures have no charts")),
    addedWaivers: "count",
    commit: "base",
    renames: new Map(),
    block: "new",
    pending: [],
  } as const;
  const { checked } = await checkAgainst(base, checkInput(head, config, { remotes }), checkPorts(null, policy));
  return checked;
}
