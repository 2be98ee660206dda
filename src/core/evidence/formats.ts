/** Formats that may stand inside of a value, as the rule for ConfigMaps and metadata names them. */
const FORMATS = [
  "yaml",
  "json",
  "ini",
  "properties",
  "env",
  "npmrc",
  "pgpass",
  "netrc",
  // Its lines are URLs with a password, told by their form wherever they stand.
  "git-credentials",
  "xml",
  "kubeconfig",
] as const;

/** One of them. */
export type TextFormat = (typeof FORMATS)[number];

/** All of them. */
export const ALL_FORMATS: ReadonlySet<TextFormat> = new Set(FORMATS);

/** Those that `names` names; what is no format is left out. */
export function formatsOf(names: readonly string[]): ReadonlySet<TextFormat> {
  return new Set(FORMATS.filter((format) => names.includes(format)));
}

/** Formats of `name = value` lines that look the same, by what their files are called. */
const LINE_FORMATS: readonly (readonly [RegExp, TextFormat])[] = [
  [/(?:^|[._/-])npmrc$/i, "npmrc"],
  [/(?:^|[._/-])env(?:[._-]\w{1,20})?$/i, "env"],
  [/\.properties$/i, "properties"],
  [/\.(?:ini|conf|cfg|cnf|toml)$/i, "ini"],
];

/**
 * Whether lines of settings are read in a text: where the name of the entry tells the format, that one
 * must be among `formats`, else one of those that look alike.
 */
export function readsSettings(name: string, formats: ReadonlySet<TextFormat>): boolean {
  const own = LINE_FORMATS.find(([pattern]) => pattern.test(name))?.[1];
  if (own !== undefined) return formats.has(own);
  return formats.has("ini") || formats.has("properties") || formats.has("env");
}
