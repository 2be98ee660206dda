import { showInvisible } from "./harmless.ts";

/**
 * Text from a repository for a Markdown page or table cell: shown as it is, never markup. Punctuation
 * becomes numeric entities, which CommonMark takes for text everywhere: no links, HTML, emphasis, code,
 * table cells, math. A zero-width space behind `@` and `#` keeps GitHub from mentioning people and
 * linking issues, which it does after entities are read.
 */
export function escapeMarkdown(text: string): string {
  return showInvisible(text)
    .replaceAll(/[&<>"'`*_{}[\]()#+!|~:@$\\^=%]/g, (character) => {
      const entity = `&#${character.charCodeAt(0)};`;
      return character === "@" || character === "#" ? `${entity}&#8203;` : entity;
    })
    .replaceAll(/\b(www|gh)(?=[.-])/gi, "$1&#8203;");
}

/** The same as code: `<code>`, since a backtick span could be closed and holds no entities. */
export function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}

/** A table row; cells must be escaped. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** The number of bytes of `text` in UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
