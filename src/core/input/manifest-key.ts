/** What the key of a top-level entry can be: one of the two that matter, `any` of them, or neither. */
export type ManifestKey = "apiVersion" | "kind" | "any" | "none";

const PROPERTY = /^[!&][^\s,[\]{}]*(?:[ \t]+|$)/;
const PLAIN_END = /[ \t]*:(?:[ \t]|$)/;

/** Takes tags and anchors (YAML 1.2 §6.9) off the front of `text`. */
export function withoutProperties(text: string): string {
  let rest = text;
  // One tag and one anchor are all that a node may have.
  for (let count = 0; count < 2; count += 1) rest = rest.replace(PROPERTY, "");
  return rest;
}

/** The key that a line in block style starts with; `content` has no indentation. */
export function keyOfLine(content: string): ManifestKey {
  const explicit = content.startsWith("? ") || content === "?";
  const text = withoutProperties(explicit ? content.slice(1).trim() : content);
  const quote = text[0];
  if (quote === '"' || quote === "'") {
    const end = closingQuote(text, quote);
    if (end === -1 || !(explicit || /^[ \t]*:/.test(text.slice(end + 1)))) return "none";
    return nameKey(text.slice(0, end + 1));
  }
  const end = text.search(PLAIN_END);
  if (end !== -1) return nameKey(text.slice(0, end));
  return explicit ? explicitKey(text) : "none";
}

/** The key that a scalar stands for, as written, quotes, tags and all. */
export function nameKey(written: string): ManifestKey {
  const text = withoutProperties(written.trim().replace(/^\?[ \t]+/, ""));
  if (text === "<<" || text.startsWith("*")) return "any";
  let name = text;
  if (text.startsWith('"')) name = unescape(text.slice(1, -1));
  else if (text.startsWith("'")) name = text.slice(1, -1);
  return name === "apiVersion" || name === "kind" ? name : "none";
}

// A key on a line after its `?`, or a block scalar, collection or alias: it could be any key.
function explicitKey(text: string): ManifestKey {
  if (text === "" || /^[|>[{*#]/.test(text)) return "any";
  return nameKey(text.replace(/[ \t]#.*$/, ""));
}

function closingQuote(text: string, quote: string): number {
  for (let at = 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === "\\") at += 1;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== "'") return at;
      at += 1;
    }
  }
  return -1;
}

// Only escapes that can stand for a letter matter (YAML 1.2 §5.7, JSON's \u among them).
function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U0000([0-9a-fA-F]{4}))/g,
    (_all, ...groups: unknown[]) =>
      String.fromCharCode(Number.parseInt(groups.slice(0, 3).find((group) => typeof group === "string") as string, 16)),
  );
}
