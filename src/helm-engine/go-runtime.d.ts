/** Go's own glue between a WebAssembly module and its host, see `src/dev/helm.ts`. */
export declare class Go {
  argv: string[];
  env: Record<string, string>;
  exit: (code: number) => void;
  readonly exited: boolean;
  readonly importObject: object;
  run(instance: WebAssembly.Instance): Promise<void>;
}

/** Runs Go's glue against `scope` in the place of the global object. */
export declare function goRuntime(scope: object): typeof Go;
