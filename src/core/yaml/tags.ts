import type { DocumentDirective } from "js-yaml";

const CORE_PREFIX = "tag:yaml.org,2002:";

/**
 * The name of a tag in YAML's own namespace (`!!str`, `!<tag:yaml.org,2002:str>` and a handle
 * that a `%TAG` directive maps there all give `str`), `!` for the non-specific tag, `null` for
 * every other tag. Percent-encoded spellings of core tags are left unknown: nobody writes them.
 */
export function coreTag(raw: string, directives: readonly DocumentDirective[]): string | null {
  if (raw === "!") return raw;
  const full = raw.startsWith("!<") ? raw.slice(2, -1) : expandHandle(raw, directives);
  return full.startsWith(CORE_PREFIX) ? full.slice(CORE_PREFIX.length) : null;
}

function expandHandle(raw: string, directives: readonly DocumentDirective[]): string {
  const handleEnd = raw.indexOf("!", 1);
  const handle = handleEnd === -1 ? "!" : raw.slice(0, handleEnd + 1);
  return prefixOf(handle, directives) + raw.slice(handle.length);
}

function prefixOf(handle: string, directives: readonly DocumentDirective[]): string {
  for (const directive of directives) {
    if (directive.kind === "tag" && directive.handle === handle) return directive.prefix;
  }
  return handle === "!!" ? CORE_PREFIX : handle;
}
