/**
 * Builds the policy: `dist/policy.wasm` from `rego/`, and `dist/rules.json` from the METADATA of the
 * rules. Both are reproducible: the same sources give the same bytes.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goTool } from "./go-tools.ts";
import { readRules } from "./rule-metadata.ts";

const opa = goTool("opa");
const folder = mkdtempSync(join(tmpdir(), "portcullis-policy-"));
try {
  const bundle = join(folder, "bundle.tar.gz");
  const ignored = ["*_test.rego", "testing.rego", "*.yaml", "*.json", "*.md"].flatMap((glob) => ["--ignore", glob]);
  execFileSync(
    opa,
    [
      "build",
      "-t",
      "wasm",
      "--capabilities",
      "rego/capabilities.json",
      ...ignored,
      "-o",
      bundle,
      "rego/main",
      "rego/lib",
      "rego/rules",
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  mkdirSync("dist", { recursive: true });
  const wasm = execFileSync("tar", ["-xzOf", bundle, "/policy.wasm"], {
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  writeFileSync("dist/policy.wasm", wasm);
  const rules = readRules(opa);
  writeFileSync("dist/rules.json", `${JSON.stringify(rules, null, 1)}\n`);
  process.stdout.write(`dist/policy.wasm: ${Math.round(wasm.length / 1024)} KiB, ${rules.length} rules\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
