import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** The built command line, as it is shipped. */
export const CLI = resolve("dist/cli.js");

/** How a run ended, and what it said. */
export interface CliRun {
  /** `null` where a signal ended the process. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run gets besides its arguments. */
export interface CliSetting {
  readonly cwd: string;
  /** Added to an environment that holds nothing but `PATH` and `HOME`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path of the Node program to use; the one that runs the tests by default. */
  readonly node?: string;
  /** User id to run as; only root can choose. */
  readonly uid?: number;
  /** Milliseconds after which the process is killed, which fails the test that waits for it. */
  readonly timeout?: number;
}

/** The environment of a run: what the tests run in must not show in their outcome. */
export function cleanEnvironment(cwd: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: cwd, ...more };
}

/** Runs the built command line in a process of its own; standard output and error are pipes. */
export async function runCli(args: readonly string[], { cwd, env, node, uid, timeout }: CliSetting): Promise<CliRun> {
  const child = spawn(node ?? process.execPath, [CLI, ...args], {
    cwd,
    env: cleanEnvironment(cwd, env),
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid }),
    timeout: timeout ?? 60_000,
    killSignal: "SIGKILL",
  });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
  }
  const exitCode = await new Promise<number | null>((settle, fail) => {
    child.on("error", fail).on("close", settle);
  });
  return { exitCode, ...texts };
}
