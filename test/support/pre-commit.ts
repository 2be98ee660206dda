import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const VERSION = "4.0.1";

/** Path of the program `pre-commit`; it is installed from PyPI into `.cache` the first time. */
export function preCommit(): string {
  const folder = resolve(".cache/pre-commit", VERSION);
  const bin = resolve(folder, process.platform === "win32" ? "Scripts" : "bin");
  const program = resolve(bin, "pre-commit");
  if (!existsSync(program)) {
    execFileSync("python3", ["-m", "venv", folder], { stdio: "inherit" });
    const options = ["--quiet", "--disable-pip-version-check"];
    execFileSync(resolve(bin, "pip"), ["install", ...options, `pre-commit==${VERSION}`], { stdio: "inherit" });
  }
  return program;
}
