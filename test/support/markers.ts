/** One place where a fixture says that a finding must stand. */
export interface Expectation {
  /** `<category>/<name>` or `<category>/<name>/<variant>`. */
  readonly rule: string;
  /** 1-based. */
  readonly line: number;
}

const MARKER = /(?:#|\{\{-?\s*\/\*)\s*expect(?:\(([+-]\d+)\))?:\s*([a-z][a-z0-9/-]*(?:\s*,\s*[a-z][a-z0-9/-]*)*)/g;

/**
 * Reads the markers of a fixture: `# expect: rbac/wildcard-grant` means the line it stands on, with
 * `# expect(+2): …` the second one below. Several rules are separated by commas. In a template the
 * marker is a Helm comment.
 */
export function readMarkers(text: string): readonly Expectation[] {
  return text
    .split(/\r?\n/)
    .flatMap((content, index) =>
      [...content.matchAll(MARKER)].flatMap(([, offset, rules]) =>
        (rules ?? "").split(/\s*,\s*/).map((rule) => ({ rule, line: index + 1 + Number(offset ?? 0) })),
      ),
    );
}

/** Settings on a fixture's first line: `# fixture: {params: {strict: true}, path: examples/a.yaml}`. */
export function readFixtureHeader(text: string): string | null {
  return /^# fixture:\s*(\{.*\})\s*$/m.exec(text.split("\n", 1)[0] ?? "")?.[1] ?? null;
}
