import { relative, sep } from "node:path";

/** Whether `path` is `folder` or below it; both absolute, both real. */
export function isWithin(folder: string, path: string): boolean {
  if (path === folder) return true;
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The path of `path` relative to `root`, with `/`; empty for the root itself. */
export function uriOf(root: string, path: string): string {
  const uri = relative(root, path);
  return sep === "/" ? uri : uri.replaceAll(sep, "/");
}
