import { goRuntime } from "../../helm-engine/go-runtime.js";

/** A running instance of the module. Calls are synchronous. */
export interface HelmInstance {
  /** Makes one call; throws where the instance has ended, as when its memory is used up. */
  call(frame: Uint8Array): Uint8Array;
  /** Bytes of its memory, which never shrinks. */
  memory(): number;
}

/**
 * Starts the module. What it sees of the world is `scope`: no process, environment, file system or
 * network, and a clock without a time zone.
 */
export async function startHelm(wasm: WebAssembly.Module): Promise<HelmInstance> {
  const exported: { call?: (frame: Uint8Array) => Uint8Array } = {};
  const runtime = new (goRuntime(scopeWith(exported)))();
  runtime.argv = ["helm"];
  runtime.env = {};
  runtime.exit = () => {};
  const instance = await WebAssembly.instantiate(wasm, runtime.importObject);
  const ended = runtime.run(instance);
  ended.catch(() => {});
  const memory = instance.exports["mem"] as WebAssembly.Memory;
  return {
    call(frame) {
      if (runtime.exited || exported.call === undefined) throw new Error("the renderer has ended");
      const answer = exported.call(frame) as Uint8Array | undefined;
      // A program that ends in the middle of a call leaves no answer.
      if (!(answer instanceof Uint8Array)) throw new Error("the renderer has ended");
      return answer;
    },
    memory: () => memory.buffer.byteLength,
  };
}

function scopeWith(exported: object): object {
  const refuse = () => {
    throw new Error("not implemented");
  };
  return {
    portcullis: exported,
    Object,
    Array,
    Uint8Array,
    Error,
    Date: class {
      getTimezoneOffset(): number {
        return 0;
      }
    },
    crypto: globalThis.crypto,
    performance: globalThis.performance,
    TextEncoder,
    TextDecoder,
    // Go writes the reason of its end to standard error; it may quote values.
    fs: {
      constants: { O_WRONLY: -1, O_RDWR: -1, O_CREAT: -1, O_TRUNC: -1, O_APPEND: -1, O_EXCL: -1, O_DIRECTORY: -1 },
      writeSync: (_file: number, bytes: Uint8Array) => bytes.length,
    },
    process: {
      pid: -1,
      ppid: -1,
      getuid: () => -1,
      getgid: () => -1,
      geteuid: () => -1,
      getegid: () => -1,
      getgroups: refuse,
      umask: refuse,
      cwd: refuse,
      chdir: refuse,
    },
    path: { resolve: (...parts: string[]) => parts.join("/") },
  };
}
