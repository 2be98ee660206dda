import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** Programs from PyPI that development needs, with the versions that are used. */
const TOOLS = { "pre-commit": "4.0.1", zizmor: "1.32.0" } as const;

/** Path of the program; it is installed into `.cache` the first time. Throws where Python is missing. */
export function pythonTool(name: keyof typeof TOOLS): string {
  const folder = resolve(".cache", name, TOOLS[name]);
  const bin = resolve(folder, process.platform === "win32" ? "Scripts" : "bin");
  const program = resolve(bin, process.platform === "win32" ? `${name}.exe` : name);
  if (!existsSync(program)) {
    execFileSync("python3", ["-m", "venv", folder], { stdio: "inherit" });
    const options = ["--quiet", "--disable-pip-version-check"];
    execFileSync(resolve(bin, "pip"), ["install", ...options, `${name}==${TOOLS[name]}`], { stdio: "inherit" });
  }
  return program;
}
