/**
 * Whether each line of a text that is no YAML (a template, a script) is content of a block scalar, as far as indentation
 * tells.
 */
export function blockScalarLines(lines: readonly string[]): readonly boolean[] {
  let parent: number | null = null;
  return lines.map((line) => {
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    if (parent !== null && (line.trim() === "" || indent > parent || line.startsWith("{{"))) return true;
    parent = /(?:^|[\s:-])[|>][-+\d]{0,2}[ \t]*(?:#.*)?$/.test(line)
      ? (/^[ \t]*(?:-[ \t]+)*/.exec(line)?.[0].length ?? 0)
      : null;
    return false;
  });
}

/** Whether a place behind `before`, the line up to it, is inside quotes. An apostrophe in a word opens none. */
export function isQuoted(before: string): boolean {
  let quote = "";
  for (let index = 0; index < before.length; index += 1) {
    const character = before.charAt(index);
    if (quote === "") {
      if (/["'`]/.test(character) && /^$|[\s[{(,:=>]/.test(before.charAt(index - 1))) quote = character;
    } else if (character === quote && before.charAt(index - 1) !== "\\") {
      quote = "";
    }
  }
  return quote !== "";
}
