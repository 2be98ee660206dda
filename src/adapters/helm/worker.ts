/**
 * The thread that runs Helm's engine. It gets the compressed module as worker data, answers frames
 * with frames, checks values against their schemas, and says how much memory its instance takes.
 */
import { parentPort, workerData } from "node:worker_threads";
import { brotliDecompressSync } from "node:zlib";
import type { ChartFailure } from "../../model/chart-rendering.ts";
import { readSchemas } from "./answer.ts";
import { startHelm } from "./instance.ts";
import { checkSchemas } from "./schema.ts";

/** A call to the worker and its answer; `frame` is null where the instance has ended. */
export interface WorkerAnswer {
  readonly frame: Uint8Array | null;
  readonly memory: number;
  /** Values that break their schema: found here, since a schema can hold any regular expression. */
  readonly violations: readonly ChartFailure[];
}

if (parentPort !== null) await serve(parentPort);

async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const instance = startHelm(await WebAssembly.compile(brotliDecompressSync(workerData as Uint8Array)));
  port.on("message", (call: Uint8Array) => {
    void answer(call).then((reply) => {
      const transferred = reply.frame === null ? [] : [reply.frame.buffer as ArrayBuffer];
      port.postMessage(reply, transferred);
    });
  });
  async function answer(call: Uint8Array): Promise<WorkerAnswer> {
    const running = await instance;
    try {
      const frame = running.call(call);
      return { frame, memory: running.memory(), violations: checkSchemas(readSchemas(frame)) };
    } catch {
      return { frame: null, memory: running.memory(), violations: [] };
    }
  }
}
