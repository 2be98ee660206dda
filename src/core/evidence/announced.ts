import { classifyName } from "./names.ts";
import { nestedLines } from "./nested-lines.ts";

/** A stretch of a text, `[start, end)` in UTF-16 offsets. */
type Stretch = readonly [number, number];

/**
 * Stretches of a text that a name announces as a credential, line by line: what must not be shown of a
 * file that is no manifest, where a code frame shows more lines than the one that a finding stands on.
 * For masking alone: nothing is judged by it, so it may take too much. `uri` helps to tell the format.
 */
export function announcedSecrets(text: string, uri: string): readonly Stretch[] {
  const assigned = nestedLines(text, uri).map(({ valueStart, valueEnd }): Stretch => [valueStart, valueEnd]);
  return [...assigned, ...patchValues(text)];
}

const FLOW = /\{[^{}\n]{1,4000}\}/g;
const BLOCK = /^[ \t]*(?:-[ \t]+)?path:[ \t]*(\S{1,300})[ \t]*\r?\n[ \t]*value:[ \t]*(\S.{0,4000})$/gm;

// Operations of a JSON patch (RFC 6902): the path names what the value is for.
function patchValues(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const { 0: operation, index } of text.matchAll(FLOW)) {
    const path = /"path"\s{0,9}:\s{0,9}"([^"]{1,300})"/.exec(operation)?.[1];
    const value = /"value"\s{0,9}:\s{0,9}"/.exec(operation);
    if (path === undefined || value === null || !isSensitivePath(path)) continue;
    const start = value.index + value[0].length;
    const length = /^(?:[^"\\]|\\.)*/.exec(operation.slice(start))?.[0].length ?? 0;
    found.push([index + start, index + start + length]);
  }
  for (const { 0: operation, 1: path = "", 2: value = "", index } of text.matchAll(BLOCK)) {
    const end = index + operation.trimEnd().length;
    if (isSensitivePath(path.replace(/^["']|["']$/g, ""))) found.push([end - value.trimEnd().length, end]);
  }
  return found;
}

function isSensitivePath(path: string): boolean {
  const name = path
    .slice(path.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
  return /^\/(?:stringData|data)\//.test(path) || classifyName(name) === "sensitive";
}
