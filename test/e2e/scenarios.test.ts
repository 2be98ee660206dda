import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { runCli } from "../support/cli.ts";
import { createFolder, createRepository } from "../support/repository.ts";
import { parseScenario, withOutcome } from "../support/scenario.ts";

// Processes of their own take their time where the machine has other things to do.
jest.setTimeout(60_000);

const FOLDER = "test/e2e/scenarios";
/** `UPDATE_SCENARIOS=1 npm test -- scenarios` writes what the program does now; read the difference. */
const UPDATE = process.env["UPDATE_SCENARIOS"] === "1";

/** How many rules there are is no part of a case: adding a rule must not change it. */
const withoutCount = (text: string): string => text.replaceAll(/\b\d+( rules\b)|("rules": )\d+/g, "$2N$1");

describe("the command line", () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".scenario"));

  test.concurrent.each(names)("%s", async (name) => {
    const text = readFileSync(join(FOLDER, name), "utf8");
    const scenario = parseScenario(text);
    const folder = (scenario.git ? createRepository : createFolder)(scenario.files);
    const raw = await runCli(scenario.args, { cwd: join(folder, scenario.cwd), env: scenario.env });
    const run = { ...raw, stdout: withoutCount(raw.stdout) };
    if (UPDATE) writeFileSync(join(FOLDER, name), withOutcome(text, run.exitCode ?? -1, run.stdout, run.stderr));
    const { exitCode, stdout, stderr } = UPDATE ? parseScenario(readFileSync(join(FOLDER, name), "utf8")) : scenario;
    expect(run).toEqual({ exitCode, stdout, stderr });
  });
});
