import type { Permission, PermissionDelta } from "../model/permissions.ts";
import { shorten, showInvisible } from "./harmless.ts";
import { code, escapeMarkdown, row } from "./markdown-text.ts";

/** GitHub stops drawing graphs that are much larger. */
const MOST_EDGES = 40;
const LONGEST_LABEL = 60;

/** One permission in words, such as `User jane can read Secrets in namespace shop`. Escape the result. */
export function describePermission({ subject, right, scope }: Permission): string {
  return `${subject} can ${right} ${scope}`;
}

/** Through what a subject has it. Escape the result. */
export function describeWay({ binding, role }: Permission): string {
  const name = binding.namespace === "" ? binding.name : `${binding.namespace}/${binding.name}`;
  return `${binding.kind} ${name}, ${role.kind} ${role.name}`;
}

/** The rows of the table of permissions that a change gives and takes. */
export function permissionRows(delta: PermissionDelta, displayPath: (uri: string) => string): readonly string[] {
  return (["gained", "lost"] as const).flatMap((side) =>
    delta[side].map((permission) =>
      row([
        side === "gained" ? "can now" : "can no longer",
        escapeMarkdown(permission.subject),
        escapeMarkdown(`${permission.right} ${permission.scope}`),
        escapeMarkdown(describeWay(permission)),
        code(`${displayPath(permission.uri)}${permission.line === null ? "" : `:${permission.line}`}`),
      ]),
    ),
  );
}

/**
 * The same as a Mermaid graph, from subject through binding and role to right; what is lost is dotted. Empty where there is nothing to draw.
 * Every label is quoted, with entity codes for what could end it (Mermaid docs, "Entity codes to escape characters").
 */
export function permissionGraph({ gained, lost }: PermissionDelta): readonly string[] {
  const all = [...gained.map((each) => [each, "==>"] as const), ...lost.map((each) => [each, "-.->"] as const)];
  if (all.length === 0) return [];
  const ids = new Map<string, string>();
  const nodes: string[] = [];
  const nodeOf = (prefix: string, text: string): string => {
    const key = `${prefix} ${text}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = `${prefix}${ids.size}`;
    ids.set(key, id);
    nodes.push(`  ${id}["${label(text)}"]`);
    return id;
  };
  const edges = new Set<string>();
  for (const [permission, arrow] of all) {
    if (edges.size >= MOST_EDGES) break;
    const subject = nodeOf("s", permission.subject);
    const way = nodeOf("w", describeWay(permission));
    const right = nodeOf("r", `${permission.right} ${permission.scope}`);
    edges.add(`  ${subject} ${arrow} ${way}`);
    edges.add(`  ${way} ${arrow} ${right}`);
  }
  return ["```mermaid", "flowchart LR", ...nodes, ...edges, "```"];
}

function label(text: string): string {
  return shorten(showInvisible(text), LONGEST_LABEL).replaceAll(
    /[^\p{L}\p{N} .,:/_-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
