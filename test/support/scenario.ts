import { expandTokens } from "./tokens.ts";

/**
 * One case of the command line in one text file:
 *
 *     What it shows.
 *
 *     $ portcullis app.yaml --format json
 *     env NO_COLOR=1
 *     cwd sub
 *     git
 *     exit 1
 *
 *     === file app.yaml
 *     …
 *     === stdout
 *     …
 *     === stderr
 *     …
 *
 * `env`, `cwd` and `git` are optional, and so are sections that would be empty. Arguments are separated
 * by spaces; in single quotes they can hold some. `@@name@@` in a file stands for a made-up token.
 */
export interface Scenario {
  readonly title: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Relative to the folder of the files. */
  readonly cwd: string;
  /** Whether the files are committed to a Git repository first. */
  readonly git: boolean;
  readonly exitCode: number;
  readonly files: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly stderr: string;
}

/** Reads a scenario. Throws where it is not in the form above. */
export function parseScenario(text: string): Scenario {
  const [head = "", ...parts] = text.split(/^=== /m);
  const sections = parts.map((part) => {
    const end = part.indexOf("\n");
    return { name: part.slice(0, end).trim(), content: part.slice(end + 1) };
  });
  const known = /^(?:file \S+|stdout|stderr)$/;
  for (const { name } of sections) if (!known.test(name)) throw new Error(`unknown section: ${name}`);
  const section = (wanted: string): string => sections.find(({ name }) => name === wanted)?.content ?? "";
  const line = (pattern: RegExp): string | undefined => pattern.exec(head)?.[1];
  const command = line(/^\$ portcullis(.*)$/m);
  const exit = line(/^exit (\d+)$/m);
  if (command === undefined || exit === undefined) throw new Error("a scenario needs a command and an exit code");
  return {
    title: (head.split("\n", 1)[0] ?? "").trim(),
    args: [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ""),
    env: Object.fromEntries([...head.matchAll(/^env (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value])),
    cwd: line(/^cwd (\S+)$/m) ?? ".",
    git: /^git$/m.test(head),
    exitCode: Number(exit),
    files: Object.fromEntries(
      sections
        .filter(({ name }) => name.startsWith("file "))
        .map(({ name, content }) => [name.slice("file ".length), expandTokens(content)]),
    ),
    stdout: section("stdout"),
    stderr: section("stderr"),
  };
}

/**
 * The text of a scenario with another outcome in the place of the one that it has. Throws where an output
 * does not end with a line end, which the form can't say.
 */
export function withOutcome(text: string, exitCode: number, stdout: string, stderr: string): string {
  const given = text.replace(/^=== (?:stdout|stderr)\n[\s\S]*/m, "").replace(/\n?$/, "\n");
  const outcome = (name: string, content: string): string => {
    if (content !== "" && !content.endsWith("\n")) throw new Error(`${name} does not end with a line end`);
    return content === "" ? "" : `=== ${name}\n${content}`;
  };
  return `${given.replace(/^exit \d+$/m, `exit ${exitCode}`)}${outcome("stdout", stdout)}${outcome("stderr", stderr)}`;
}
