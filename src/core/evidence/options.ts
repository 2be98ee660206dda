import { parseCliTable, type CliRow } from "./cli-table.ts";
import { ALL_FORMATS, type TextFormat } from "./formats.ts";
import type { NamePatterns, NameTest } from "./names.ts";
import { WEAK_VALUES } from "./weak-values.ts";

/** A field of a kind of object that takes a credential in plain text. */
export interface LiteralField {
  /** API group; `*` for any. */
  readonly group: string;
  readonly kind: string;
  /** `*` stands for every item of a list or key of a map, `**` for any way down. */
  readonly path: readonly string[];
  /**
   * How it is judged: `credential` whatever its name, `named` by the name of its key, `parent` by the
   * name of the field around it, `headers` as a map of HTTP headers, `entry` as what may be an entry of a
   * Secret, named by its key or by the `key` next to it.
   */
  readonly by: "credential" | "named" | "parent" | "headers" | "entry";
}

/** What the user's settings and the run say about classification; everything has a default. */
export interface EvidenceOptions {
  readonly patterns?: NamePatterns;
  /** Guessable passwords besides the built-in ones. */
  readonly weakValues?: readonly string[];
  /** Least length of a likely credential, in UTF-16 units; 6 by default. */
  readonly minLength?: number;
  /** Least entropy of a random token, in bits per character; 3.2 by default. */
  readonly minEntropy?: number;
  /** Whether a file (path relative to the root) is an example, where placeholder words are no passwords. */
  readonly isExample?: (uri: string) => boolean;
  /** Names of the Secrets and ServiceAccounts of the run: a value that names one refers to it. */
  readonly knownNames?: ReadonlySet<string>;
  /** Further commands and flags behind which a credential stands: `mycli login -k`. */
  readonly cliFlagTable?: readonly string[];
  /** Names that announce a credential on a command line, besides those that do so anywhere. */
  readonly argvNameRegex?: NameTest | undefined;
  /** Formats that are looked for inside of values of ConfigMaps, annotations and labels; all by default. */
  readonly configFormats?: ReadonlySet<TextFormat>;
  /** Whether sentences and labels for people are no credentials there; true by default. */
  readonly proseIsPlain?: boolean;
  /** Whether keystores and other binary forms of private keys are looked for; true by default. */
  readonly scanBinary?: boolean;
  /** Fields that take a credential in plain text, besides the built-in ones. */
  readonly literalFields?: readonly LiteralField[];
  /** Names of Helm parameters, dotted paths, that announce a credential, besides those that do so anywhere. */
  readonly parameterNameRegex?: NameTest | undefined;
}

/** The options as classification uses them. */
export interface Settings {
  readonly patterns: NamePatterns;
  readonly weakValues: ReadonlySet<string>;
  readonly minLength: number;
  readonly minEntropy: number;
  readonly isExample: (uri: string) => boolean;
  readonly knownNames: ReadonlySet<string>;
  readonly cliRows: readonly CliRow[];
  /** `patterns` for names on command lines. */
  readonly argvPatterns: NamePatterns;
  readonly configFormats: ReadonlySet<TextFormat>;
  readonly proseIsPlain: boolean;
  readonly scanBinary: boolean;
  readonly literalFields: readonly LiteralField[];
  readonly parameterNameRegex: NameTest | undefined;
}

const prepared = new WeakMap<EvidenceOptions, Settings>();

/** The options with their defaults, made once for each options object. */
export function settingsOf(options: EvidenceOptions): Settings {
  const known = prepared.get(options);
  if (known !== undefined) return known;
  const patterns = options.patterns ?? {};
  const settings: Settings = {
    patterns,
    weakValues: new Set([...WEAK_VALUES, ...(options.weakValues ?? []).map((value) => value.toLowerCase())]),
    minLength: options.minLength ?? 6,
    minEntropy: options.minEntropy ?? 3.2,
    isExample: options.isExample ?? (() => false),
    knownNames: options.knownNames ?? new Set(),
    cliRows: parseCliTable(options.cliFlagTable ?? []),
    argvPatterns: {
      ...patterns,
      sensitiveNameRegex: eitherOf(patterns.sensitiveNameRegex, options.argvNameRegex),
    },
    configFormats: options.configFormats ?? ALL_FORMATS,
    proseIsPlain: options.proseIsPlain ?? true,
    scanBinary: options.scanBinary ?? true,
    literalFields: options.literalFields ?? [],
    parameterNameRegex: options.parameterNameRegex,
  };
  prepared.set(options, settings);
  return settings;
}

function eitherOf(a: NameTest | undefined, b: NameTest | undefined): NameTest | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { test: (name) => a.test(name) || b.test(name) };
}
