/**
 * The part of the WebAssembly JavaScript API (W3C, core 2) that this project uses. Node has it as a
 * global; `@types/node` 20 does not declare it, and TypeScript's DOM library would bring every
 * browser global along.
 */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  const Memory: new (descriptor: { initial: number; maximum?: number }) => Memory;
  interface Module {
    readonly __module: never;
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: object): Promise<Instance>;
  function instantiate(bytes: Uint8Array, imports: object): Promise<{ module: Module; instance: Instance }>;
}
