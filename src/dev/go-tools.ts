/**
 * The Go programs that development needs, pinned in `tools/go.mod` and built once into
 * `.cache/bin`. A change of `tools/go.mod` builds them again.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const TOOLS = {
  opa: "github.com/open-policy-agent/opa",
  regal: "github.com/open-policy-agent/regal",
  act: "github.com/nektos/act",
  actionlint: "github.com/rhysd/actionlint/cmd/actionlint",
  helm: "helm.sh/helm/v4/cmd/helm",
} as const;

/** A Go program by its command name. */
export type GoTool = keyof typeof TOOLS;

/** Path of the program, built if it is missing or older than its pin. Throws where Go is missing. */
export function goTool(name: GoTool): string {
  const folder = resolve(".cache/bin");
  const program = join(folder, process.platform === "win32" ? `${name}.exe` : name);
  const pinned = statSync("tools/go.mod").mtimeMs;
  if (!existsSync(program) || statSync(program).mtimeMs < pinned) {
    mkdirSync(folder, { recursive: true });
    execFileSync("go", ["build", "-trimpath", "-o", program, TOOLS[name]], {
      cwd: "tools",
      stdio: ["ignore", "inherit", "inherit"],
      // regal's checksum is not in the public database; go.sum pins it.
      env: { ...process.env, GONOSUMDB: "github.com/open-policy-agent/regal", GOFLAGS: "-mod=mod" },
    });
  }
  return program;
}
