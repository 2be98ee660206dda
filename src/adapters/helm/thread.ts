import { Worker } from "node:worker_threads";
import type { WorkerAnswer } from "./worker.ts";

/** An answer of the engine. */
export type CallAnswer = Pick<WorkerAnswer, "violations"> & { readonly frame: Uint8Array };

/** Why a call has no answer. */
export type CallFailure = "timeout" | "memory" | "ended";

/** One thread with the engine, started at the first call and again after a call that broke it. */
export interface HelmThread {
  /** Makes a call; calls wait for each other. The answer is a frame or the reason why there is none. */
  call(frame: Uint8Array<ArrayBuffer>, timeLimit: number): Promise<CallAnswer | CallFailure>;
  /** Starts the thread ahead of the first call. */
  start(): void;
  close(): Promise<void>;
}

/** What a thread needs: the worker's bundle, the compressed module, and when to start afresh. */
export interface ThreadOptions {
  readonly worker: URL;
  readonly readModule: () => Promise<Uint8Array>;
  /** An instance that has grown beyond this many bytes is replaced after the call. */
  readonly recycleAt: number;
}

// A broken installation is no chart's doing; whatever else ends the thread is what the chart made it do.
function isMissingModule(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}

/** Makes a thread; nothing starts yet. */
export function helmThread(options: ThreadOptions): HelmThread {
  let running: Promise<Worker> | null = null;
  let current: Worker | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function launch(): Promise<Worker> {
    const module = await options.readModule();
    const worker = new Worker(options.worker, {
      workerData: module,
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    // An end between two calls shows in the next one.
    worker.on("error", () => {});
    worker.once("exit", () => {
      if (current === worker) running = null;
    });
    current = worker;
    // Does not keep the process alive; a call under way does, by its timer.
    worker.unref();
    return worker;
  }

  function start(): Promise<Worker> {
    if (running === null) {
      running = launch();
      running.catch(() => {});
    }
    return running;
  }

  async function stop(): Promise<void> {
    const stopping = running;
    running = null;
    if (stopping !== null) await (await stopping).terminate();
  }

  async function exchange(frame: Uint8Array<ArrayBuffer>, timeLimit: number): Promise<CallAnswer | CallFailure> {
    const worker = await start();
    const answer = await new Promise<WorkerAnswer | CallFailure>((resolve) => {
      const timer = setTimeout(() => settle("timeout"), timeLimit);
      const end = (error: unknown) => settle(isMissingModule(error) ? "ended" : "memory");
      const settle = (result: WorkerAnswer | CallFailure) => {
        clearTimeout(timer);
        worker.off("message", settle).off("error", end).off("exit", end);
        resolve(result);
      };
      worker.on("message", settle).on("error", end).on("exit", end);
      worker.postMessage(frame, [frame.buffer]);
    });
    if (typeof answer === "string") {
      await stop();
      return answer;
    }
    if (answer.frame === null || answer.memory > options.recycleAt) await stop();
    return answer.frame === null ? "memory" : { frame: answer.frame, violations: answer.violations };
  }

  return {
    call(frame, timeLimit) {
      const result = queue.then(() => exchange(frame, timeLimit));
      queue = result.catch(() => {});
      return result;
    },
    start() {
      void start().catch(() => {});
    },
    async close() {
      await queue;
      await stop();
    },
  };
}
