import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { temporaryFolder } from "./repository.ts";

/** What the validator has to say about one place of a SARIF text. */
export interface SarifComplaint {
  readonly rule: string;
  readonly level: string;
  readonly message: unknown;
}

interface ValidationLog {
  readonly runs: readonly {
    readonly results?: readonly { readonly ruleId?: string; readonly level?: string; readonly message?: unknown }[];
    readonly invocations?: readonly { readonly executionSuccessful: boolean }[];
  }[];
}

let folder: string | undefined;

/** What Microsoft's validator says about a SARIF text, by its own rules and those of GitHub. */
export function validateSarif(sarif: string): readonly SarifComplaint[] {
  folder ??= temporaryFolder();
  // The package names the program of this platform; its install script, which npm may not run, would
  // have made that executable.
  const program = createRequire(import.meta.url)("@microsoft/sarif-multitool") as string;
  if (process.platform !== "win32") chmodSync(program, 0o755);
  const input = join(folder, "report.sarif");
  const output = join(folder, "validation.sarif");
  writeFileSync(input, sarif);
  rmSync(output, { force: true });
  const options = ["--log", "ForceOverwrite", "--rule-kind", "Sarif;Gh", "--level", "Error;Warning;Note"];
  try {
    execFileSync(program, ["validate", input, "--output", output, ...options], {
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
      stdio: "pipe",
    });
  } catch (error) {
    // It ends with 1 where it found errors; without a log, something else went wrong.
    if (!(error instanceof Error && "status" in error && error.status === 1)) throw error;
  }
  const [run] = (JSON.parse(readFileSync(output, "utf8")) as ValidationLog).runs;
  expect(run?.invocations?.[0]?.executionSuccessful).toBe(true);
  return (run?.results ?? []).map(({ ruleId = "", level = "warning", message }) => ({ rule: ruleId, level, message }));
}
