import * as opaWasm from "@open-policy-agent/opa-wasm";
import type { Json } from "../../model/json.ts";
import { PolicyError, type PolicyEngine } from "../../core/ports.ts";

// The ES module of opa-wasm exports by name only some of what its types say; the default export has all.
const { loadPolicySync } = (opaWasm as unknown as { default: typeof opaWasm }).default;

const PAGE = 65_536;

/** No policy can make the memory grow beyond 2 GiB. */
const MOST_PAGES = 32_768;

/** Enough for some hundred roles that grant everything; `HEAP_PER_INPUT` says why it is so much. */
const FIRST_PAGES = 12_288;

/** What has to do where the system does not give that much. */
const FEWEST_PAGES = 1_024;

/**
 * Heap to have ready for each byte of input. OPA's allocator grows the memory a page at a time, and
 * each step makes V8 collect garbage: thousands of steps take longer than the evaluation itself. Pages
 * that are never touched cost nothing.
 */
const HEAP_PER_INPUT = 1024;

/** Places in the policy that OPA names in its own errors; anything else may quote the input. */
const POLICY_ERROR = /^[\w./-]{1,200}\.rego:\d+(?::\d+)?: [a-z][a-z ,-]{0,80}/;

/** A `PolicyEngine` that can be told to get ready. */
export interface OpaWasmEngine extends PolicyEngine {
  /** Starts to load the module: V8 compiles it on other threads while the caller reads files. */
  warmUp(): void;
}

/**
 * The policy in WebAssembly, run by opa-wasm. An instance is kept as long as its memory
 * suffices; its heap is reset for each evaluation.
 */
export function opaWasmEngine(readModule: () => Promise<Uint8Array>): OpaWasmEngine {
  let compiling: Promise<WebAssembly.Module> | undefined;
  let instance: Instance | undefined;
  const compile = (): Promise<WebAssembly.Module> =>
    (compiling ??= readModule().then((bytes) => WebAssembly.compile(bytes)));
  return {
    warmUp() {
      // Whoever evaluates gets the error.
      compile().catch(() => undefined);
    },
    async evaluate(input, settings) {
      const bytes = new TextEncoder().encode(JSON.stringify(input));
      const pages = Math.min(MOST_PAGES, Math.max(FIRST_PAGES, Math.ceil((bytes.length * HEAP_PER_INPUT) / PAGE)));
      if (instance === undefined || instance.pages < pages) {
        instance = undefined;
        instance = { policy: instantiate(await compile(), pages), pages, settings: null };
      }
      try {
        // Base and head of a comparison have equal settings, in objects of their own.
        const written = JSON.stringify(settings);
        if (instance.settings !== written) instance.policy.setData({ settings });
        instance.settings = written;
        const results = instance.policy.evaluate(bytes.buffer) as { result: Json }[];
        const findings = results[0]?.result;
        return Array.isArray(findings) ? (findings as readonly Json[]) : [];
      } catch (thrown) {
        // A failed evaluation leaves the heap as it was when it stopped: start afresh next time.
        instance = undefined;
        throw new PolicyError(describe(thrown));
      }
    },
  };
}

type Policy = ReturnType<typeof loadPolicySync>;

interface Instance {
  readonly policy: Policy;
  readonly pages: number;
  /** As JSON. */
  settings: string | null;
}

// Not `loadPolicy`: it asks whether it got a `Response`, and the mention makes Node load its HTTP client.
function instantiate(module: WebAssembly.Module, pages: number): Policy {
  try {
    return loadPolicySync(module, { initial: pages, maximum: MOST_PAGES });
  } catch (error) {
    // Systems that do not overcommit may refuse; the memory then has to grow.
    if (pages <= FEWEST_PAGES || !(error instanceof RangeError)) throw error;
    return instantiate(module, Math.max(FEWEST_PAGES, pages >> 1));
  }
}

// opa-wasm throws strings and plain objects; WebAssembly throws RuntimeError and RangeError.
function describe(thrown: unknown): string {
  const message: unknown = typeof thrown === "string" ? thrown : (thrown as { message?: unknown } | null)?.message;
  const text = typeof message === "string" ? message : "";
  const known = POLICY_ERROR.exec(text)?.[0];
  if (known !== undefined) return known;
  return thrown instanceof RangeError || /memory|grow/i.test(text)
    ? "the policy ran out of memory"
    : "the policy failed";
}
