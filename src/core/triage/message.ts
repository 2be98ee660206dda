/**
 * Fills the `{name}` places of a METADATA message with a finding's arguments. A place without an
 * argument stays as it is, so that the defect shows. Arguments are shortened: they come from the
 * repository, and a message is one line.
 */
export function fillMessage(template: string, args: { readonly [name: string]: string }): string {
  return template.replaceAll(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (place, name: string) =>
    Object.hasOwn(args, name) ? shorten(args[name] ?? "") : place,
  );
}

const LONGEST_ARGUMENT = 200;

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST_ARGUMENT ? `${line.slice(0, LONGEST_ARGUMENT)}…` : line;
}
