import { loadPolicy } from "@open-policy-agent/opa-wasm";
import type { Json, JsonObject } from "../../model/json.ts";
import { PolicyError, type PolicyEngine } from "../../core/ports.ts";

/** 64 KiB pages: starts at 2 MiB, and can't grow beyond 2 GiB whatever a policy does. */
const MEMORY = { initial: 32, maximum: 32_768 };

/** Places in the policy that OPA names in its own errors; anything else may quote the input. */
const POLICY_ERROR = /^[\w./-]{1,200}\.rego:\d+(?::\d+)?: [a-z][a-z ,-]{0,80}/;

/**
 * The policy in WebAssembly, run by opa-wasm. The module is instantiated at the first evaluation and
 * kept; its heap is reset for each.
 */
export function opaWasmEngine(readModule: () => Promise<Uint8Array>): PolicyEngine {
  let loading: ReturnType<typeof load> | undefined;
  let loadedSettings: JsonObject | undefined;
  return {
    async evaluate(input, settings) {
      loading ??= load(readModule);
      const policy = await loading;
      try {
        if (loadedSettings !== settings) {
          policy.setData({ settings });
          loadedSettings = settings;
        }
        const results = policy.evaluate(input) as { result: Json }[];
        const findings = results[0]?.result;
        return Array.isArray(findings) ? (findings as readonly Json[]) : [];
      } catch (thrown) {
        // A failed evaluation leaves the heap as it was when it stopped: start afresh next time.
        loading = undefined;
        loadedSettings = undefined;
        throw new PolicyError(describe(thrown));
      }
    },
  };
}

async function load(readModule: () => Promise<Uint8Array>) {
  return loadPolicy((await readModule()) as Parameters<typeof loadPolicy>[0], MEMORY);
}

// opa-wasm throws strings and plain objects; WebAssembly throws RuntimeError and RangeError.
function describe(thrown: unknown): string {
  const text = typeof thrown === "string" ? thrown : ((thrown as { message?: unknown } | null)?.message ?? "");
  const known = typeof text === "string" ? POLICY_ERROR.exec(text)?.[0] : undefined;
  if (known !== undefined) return known;
  if (thrown instanceof RangeError || /memory|grow/i.test(String(text))) return "the policy ran out of memory";
  return "the policy failed";
}
