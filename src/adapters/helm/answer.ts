import type {
  ChartFile,
  ChartPlace,
  ChartRendering,
  HelperPlace,
  MissingDependency,
  RenderedOrigin,
  RenderedTemplate,
  TextSpan,
  ValuesSchema,
} from "../../model/chart-rendering.ts";
import type { Json } from "../../model/json.ts";
import { decodeFrame } from "./frame.ts";

/** What the engine answers to a `render` call: see `render.Response` and its wire form. */
interface Header {
  readonly name: string;
  readonly templates:
    | readonly { name: string; path: string; generated: TextSpan[]; textSize: number; segments: number }[]
    | null;
  readonly manifests: readonly { template: number; start: number; end: number; hook: boolean }[] | null;
  readonly failures:
    | readonly { path: string; line: number; message: string; through: Place[] | null; template: string }[]
    | null;
  readonly missing: readonly { path: string; line: number; function: "required" | "fail"; message: string }[] | null;
  readonly missingDependencies: readonly MissingDependency[] | null;
  readonly helpers: readonly { name: string; path: string; line: number }[] | null;
  readonly schemas: readonly { path: string; schemaSize: number; valuesSize: number }[] | null;
}

interface Place {
  readonly path: string;
  readonly line: number;
}

const SEGMENT_SIZE = 16;
const decoder = new TextDecoder();

/** The values schemas in an answer, with the values that they are for; none in other answers. */
export function readSchemas(frame: Uint8Array): readonly ValuesSchema[] {
  const { header: read, take } = decodeFrame(frame);
  const header = read as Partial<Header>;
  if (!header.schemas || header.schemas.length === 0) return [];
  for (const each of header.templates ?? []) take(each.textSize + each.segments * SEGMENT_SIZE);
  return header.schemas.map((each) => ({
    file: fileOf(each.path),
    schema: parse(take(each.schemaSize)),
    values: parse(take(each.valuesSize)),
  }));
}

/** The answer to a `render` call. */
export function readRendering(frame: Uint8Array): ChartRendering {
  const { header: read, take } = decodeFrame(frame);
  const header = read as Header;
  const helpers = (header.helpers ?? []).map((helper): HelperPlace => ({ name: helper.name, ...placeOf(helper) }));
  const templates = (header.templates ?? []).map((each): RenderedTemplate => {
    const text = decoder.decode(take(each.textSize));
    const origins = readSegments(take(each.segments * SEGMENT_SIZE), helpers);
    return { name: each.name, file: fileOf(each.path), text, origins, generated: each.generated };
  });
  return {
    name: header.name,
    templates,
    manifests: header.manifests ?? [],
    failures: (header.failures ?? []).map((failure) => ({
      kind: failure.template === "" && failure.path === "Chart.yaml" ? "load" : "template",
      place: placeOf(failure),
      message: failure.message,
      through: (failure.through ?? []).map(placeOf),
    })),
    missing: (header.missing ?? []).map((each) => ({
      place: each.line === 0 ? null : placeOf(each),
      function: each.function,
      message: each.message,
    })),
    missingDependencies: (header.missingDependencies ?? []).map(({ name, version, repository }) => ({
      name,
      version,
      repository,
    })),
  };
}

/** `charts/sub.tgz!/charts/inner.tgz!/templates/x.yaml` names a file in an archive. */
export function fileOf(path: string): ChartFile {
  const first = path.indexOf("!/");
  if (first < 0) return { path, archive: null };
  return { path: path.slice(path.lastIndexOf("!/") + 2), archive: path.slice(0, first) };
}

function placeOf({ path, line }: Place): ChartPlace {
  return { file: fileOf(path), line };
}

function readSegments(bytes: Uint8Array, helpers: readonly HelperPlace[]): RenderedOrigin[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const origins: RenderedOrigin[] = [];
  for (let at = 0; at < bytes.length; at += SEGMENT_SIZE) {
    origins.push({
      start: view.getInt32(at, true),
      line: view.getInt32(at + 4, true),
      precision: view.getInt32(at + 8, true) === 1 ? "exact" : "enclosing",
      helper: helpers[view.getInt32(at + 12, true)] ?? null,
    });
  }
  return origins;
}

/** What is no JSON becomes a text, which no schema is. */
function parse(bytes: Uint8Array): Json {
  try {
    return JSON.parse(decoder.decode(bytes)) as Json;
  } catch {
    return "";
  }
}
