import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

const VERSION = "24.9.0";

/**
 * Path of the Node program of the version that the Action declares, from the npm package `node`; it is
 * installed into `.cache` the first time.
 */
export function node24(): string {
  const folder = resolve(".cache/node", VERSION);
  const program = resolve(folder, "node_modules/node/bin/node");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const options = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
    execFileSync("npm", ["install", "--prefix", folder, ...options, `node@${VERSION}`], { stdio: "inherit" });
  }
  return program;
}

/** A `PATH` on which `node` is the given program. */
export function pathWith(node: string): string {
  return `${dirname(node)}:${process.env["PATH"] ?? ""}`;
}
