import type { CheckRequest } from "../../../src/model/check-request.ts";
import type { Report, Verdict } from "../../../src/model/report.ts";
import type { CheckOutcome, CliEffects, TextStream } from "../../../src/cli/effects.ts";
import { main } from "../../../src/cli/main.ts";
import { EXAMPLE_RULES } from "../core/config/example-rules.ts";

/** A stream that keeps what is written. */
export interface FakeStream extends TextStream {
  readonly written: string[];
}

export function fakeStream(parts: Partial<TextStream> = {}): FakeStream {
  const written: string[] = [];
  return {
    isTTY: false,
    columns: undefined,
    written,
    write: async (text) => {
      written.push(text);
    },
    ...parts,
  };
}

/** An error as Node's file system and streams make them. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: hunter2`), { code });
}

export function exampleOutcome(verdict: Verdict, parts: Partial<Report> = {}): CheckOutcome {
  const findings = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  return {
    report: {
      verdict,
      failOn: "high",
      findings: [],
      fixed: [],
      base: null,
      shard: null,
      permissions: null,
      pending: [],
      waiverRequests: [],
      unreadable: [],
      stats: { files: 3, objects: 2, texts: 1, skipped: { binary: 4 }, rules: 3, findings },
      rules: EXAMPLE_RULES,
      applied: [],
      controls: [],
      notes: [],
      timings: null,
      version: "1.2.3",
      ...parts,
    },
    context: { sources: new Map(), displayPath: (uri) => uri },
  };
}

/** What a run did to the world. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly CheckRequest[];
  /** Files by name, as they were moved into place. */
  readonly files: ReadonlyMap<string, string>;
}

/** Runs the command line with a check that passes, unless `parts` say otherwise. */
export async function run(argv: readonly string[], parts: Partial<CliEffects> = {}): Promise<Ran> {
  const stdout = fakeStream();
  const stderr = fakeStream();
  const requests: CheckRequest[] = [];
  const files = new Map<string, string>();
  const effects: CliEffects = {
    stdout,
    stderr,
    env: {},
    cwd: "/work",
    version: "1.2.3",
    now: () => 0,
    exists: async () => false,
    readText: async () => null,
    check: async () => exampleOutcome("pass"),
    render: async () => {
      throw new Error("no chart is rendered here");
    },
    rules: async () => EXAMPLE_RULES,
    reportSchema: async () => ({}),
    reporter:
      async (format) =>
      (report, { color }) =>
        `${format} ${report.verdict} ${color ? "colour" : "plain"}\n`,
    openOutputs: async () => ({
      write: async (texts) => {
        for (const [name, text] of texts) files.set(name, text);
      },
      discard: () => undefined,
    }),
    onInterrupt: () => () => undefined,
    ...parts,
  };
  const recorded: CliEffects = {
    ...effects,
    check: (request) => {
      requests.push(request);
      return effects.check(request);
    },
  };
  const exitCode = await main(argv, recorded);
  return { exitCode, stdout: stdout.written.join(""), stderr: stderr.written.join(""), requests, files };
}
