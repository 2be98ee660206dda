/**
 * Writes `rego/capabilities.json`: OPA's capabilities without the built-in functions that neither
 * the compiled WebAssembly nor opa-wasm implements, so that using one is a compile error instead of
 * a failure at the first evaluation that meets it. What is native is read off a module that calls
 * every function: its `builtins` export names those that the host would have to supply.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { goTool } from "./go-tools.ts";

interface Builtin {
  deprecated?: boolean;
  name: string;
  decl: { args?: unknown[]; variadic?: unknown };
}

const require = createRequire(import.meta.url);
const suppliedByHost = new Set(
  Object.keys(require(resolve("node_modules/@open-policy-agent/opa-wasm/src/builtins/index.js")) as object),
);
const opa = goTool("opa");
const current = JSON.parse(
  execFileSync(opa, ["capabilities", "--current"], { encoding: "utf8", maxBuffer: 1 << 26 }),
) as {
  builtins: Builtin[];
};

/** Names of the functions in `candidates` that compiled WebAssembly imports from its host. */
async function importedBy(candidates: readonly Builtin[]): Promise<ReadonlySet<string>> {
  const folder = mkdtempSync(join(tmpdir(), "portcullis-capabilities-"));
  try {
    const calls = candidates.map(({ name, decl }, index) => {
      const args = (decl.args ?? []).map((_, position) => `input.a${position}`).join(", ");
      return `call contains ${index} if { x := ${name}(${args}); x != null }`;
    });
    writeFileSync(
      join(folder, "probe.rego"),
      ["# METADATA", "# entrypoint: true", "package probe", ...calls, ""].join("\n"),
    );
    execFileSync(opa, [
      "build",
      "-t",
      "wasm",
      "-e",
      "probe",
      "-o",
      join(folder, "probe.tar.gz"),
      join(folder, "probe.rego"),
    ]);
    execFileSync("tar", ["-xzf", join(folder, "probe.tar.gz"), "-C", folder, "/policy.wasm"], { stdio: "ignore" });
    const memory = new WebAssembly.Memory({ initial: 32 });
    const absent = () => 0;
    const env = Object.fromEntries(
      ["opa_abort", "opa_println", ...[0, 1, 2, 3, 4].map((n) => `opa_builtin${n}`)].map((name) => [name, absent]),
    );
    const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, "policy.wasm")), {
      env: { memory, ...env },
    });
    const exported = instance.exports as Record<string, (...args: number[]) => number>;
    const address = exported["opa_json_dump"]!(exported["builtins"]!());
    const bytes = new Uint8Array(memory.buffer);
    const text = new TextDecoder().decode(bytes.subarray(address, bytes.indexOf(0, address)));
    return new Set(Object.keys(JSON.parse(text) as object));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Operators have no call syntax of their own; relations and functions without a value can't be
// bound to a variable. Both kinds that matter here are native and are kept as they are.
const operators = /^(eq|neq|gt|gte|lt|lte|plus|minus|mul|div|rem|and|or|assign|internal\..*|print|walk)$/;
const neverAllowed = /^(http|net|opa|rego\.parse_module|trace|io|rand|uuid|providers)\b/;
const callable = current.builtins.filter(
  ({ name, decl, deprecated }) => !deprecated && !operators.test(name) && !decl.variadic && !neverAllowed.test(name),
);
const imported = await importedBy(callable);
const callableNames = new Set(callable.map(({ name }) => name));

const builtins = current.builtins.filter(({ name }) => {
  if (neverAllowed.test(name)) return false;
  if (!callableNames.has(name)) return operators.test(name);
  return !imported.has(name) || suppliedByHost.has(name);
});
const output = { ...current, builtins, allow_net: [] };
writeFileSync("rego/capabilities.json", `${JSON.stringify(output, null, 2)}\n`);
process.stdout.write(`rego/capabilities.json: ${builtins.length} of ${current.builtins.length} built-in functions\n`);
