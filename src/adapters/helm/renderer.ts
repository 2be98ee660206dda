import { randomBytes } from "node:crypto";
import type {
  ChartFailure,
  ChartOptions,
  ChartRendering,
  ChartRequest,
  RenderedScalar,
} from "../../model/chart-rendering.ts";
import type { ChartRenderer } from "../../core/ports.ts";
import { readRendering } from "./answer.ts";
import { readFeeds } from "./feeds.ts";
import { decodeFrame, encodeFrame } from "./frame.ts";
import { helmThread, type CallAnswer, type CallFailure } from "./thread.ts";

/** Helm's engine; it is started by the first chart, or ahead of it. */
export interface HelmRenderer extends ChartRenderer {
  start(): void;
  /** Ends the engine's thread. */
  close(): Promise<void>;
}

/** Where the engine lies, and its limits. */
export interface RendererOptions {
  /** The bundle of `worker.ts`. */
  readonly worker: URL;
  /** Reads `helm.wasm.br`. */
  readonly readModule: () => Promise<Uint8Array>;
  /** Milliseconds for one chart with one set of values. */
  readonly timeLimit?: number;
  /** Bytes of memory beyond which the instance is replaced. */
  readonly recycleAt?: number;
}

const TIME_LIMIT = 30_000;
const RECYCLE_AT = 384 << 20;

/** Helm's engine in WebAssembly, in a thread of its own, kept warm from chart to chart. */
export function wasmChartRenderer(options: RendererOptions): HelmRenderer {
  const timeLimit = options.timeLimit ?? TIME_LIMIT;
  const thread = helmThread({
    worker: options.worker,
    readModule: options.readModule,
    recycleAt: options.recycleAt ?? RECYCLE_AT,
  });
  const nonce = randomBytes(16).toString("hex");

  async function ask(
    operation: "render" | "feed",
    request: ChartRequest,
    scalars: readonly RenderedScalar[],
  ): Promise<CallAnswer | CallFailure> {
    const frame = () => encodeCall(operation, request, nonce, scalars);
    const answer = await thread.call(frame(), timeLimit);
    if (typeof answer === "string" || !isUnknown(answer.frame)) return answer;
    const loaded = await thread.call(encodeLoad(request), timeLimit);
    if (typeof loaded === "string" || errorOf(loaded.frame) !== null) return loaded;
    return thread.call(frame(), timeLimit);
  }

  return {
    start: () => thread.start(),
    async render(request) {
      const answer = await ask("render", request, []);
      if (typeof answer === "string") return failed("limit", LIMITS[answer](timeLimit));
      const error = errorOf(answer.frame);
      if (error !== null) return failed("load", error);
      const rendering = readRendering(answer.frame);
      return { ...rendering, failures: [...rendering.failures, ...answer.violations] };
    },
    async feeding(request, scalars) {
      if (scalars.length === 0) return [];
      const answer = await ask("feed", request, scalars);
      if (typeof answer === "string" || errorOf(answer.frame) !== null) return scalars.map(() => []);
      return readFeeds(answer.frame);
    },
    close: () => thread.close(),
  };
}

const LIMITS: Readonly<Record<CallFailure, (timeLimit: number) => string>> = {
  timeout: (timeLimit) => `rendering takes longer than ${Math.round(timeLimit / 1000)} seconds and was stopped`,
  memory: () => "rendering takes more memory than it may and was stopped",
  ended: () => "the renderer could not be started: portcullis is not installed completely",
};

function failed(kind: ChartFailure["kind"], message: string): ChartRendering {
  const failure: ChartFailure = {
    kind,
    place: { file: { path: "Chart.yaml", archive: null }, line: 1 },
    message,
    through: [],
  };
  return { name: "", templates: [], manifests: [], failures: [failure], missing: [], missingDependencies: [] };
}

function encodeLoad(request: ChartRequest): Uint8Array<ArrayBuffer> {
  const files = [...request.files];
  const header = {
    operation: "load",
    key: request.key,
    files: files.map(([path, data]) => ({ path, size: data.length })),
  };
  return encodeFrame(
    header,
    files.map(([, data]) => data),
  );
}

function encodeCall(
  operation: "render" | "feed",
  request: ChartRequest,
  nonce: string,
  scalars: readonly RenderedScalar[],
): Uint8Array<ArrayBuffer> {
  const { values, ...flags } = request.options satisfies ChartOptions;
  const header = {
    operation,
    key: request.key,
    values: values.map(({ name, data }) => ({ name, size: data.length })),
    request: { ...flags, nonce },
    scalars,
  };
  return encodeFrame(
    header,
    values.map(({ data }) => data),
  );
}

function isUnknown(frame: Uint8Array): boolean {
  return frame.length < 64 && (decodeFrame(frame).header as { unknown?: boolean }).unknown === true;
}

function errorOf(frame: Uint8Array): string | null {
  if (frame.length > 2000) return null;
  return (decodeFrame(frame).header as { error?: string }).error ?? null;
}
