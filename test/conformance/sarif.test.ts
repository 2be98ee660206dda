import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { runCli } from "../support/cli.ts";
import { validateSarif } from "../support/sarif-validator.ts";

test.each(readdirSync("fixtures"))(
  "Microsoft's validator has no errors for what the gate says of fixtures/%s",
  async (name) => {
    const { stdout } = await runCli([resolve("fixtures", name), "--format", "sarif"], { cwd: process.cwd() });
    const { runs } = JSON.parse(stdout) as { runs: { results: unknown[] }[] };
    expect(runs[0]?.results.length).toBeGreaterThan(0);
    expect(validateSarif(stdout).filter(({ level }) => level !== "note")).toEqual([]);
  },
);
