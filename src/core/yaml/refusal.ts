import type { UnreadableReason } from "../../model/document.ts";

/**
 * Stops the reading of a text. Thrown and caught inside this folder only: `parseYaml` turns it
 * into data. The message is fixed text and never holds anything of the input.
 */
export class Refusal extends Error {
  readonly reason: UnreadableReason;
  /** 0-based offset of the place to show. */
  readonly offset: number;

  constructor(reason: UnreadableReason, message: string, offset: number) {
    super(message);
    this.reason = reason;
    this.offset = offset;
  }
}

/** Said where collections nest beyond the limit. */
export const TOO_DEEP = "Collections are nested too deeply.";

/** Said where a file holds more documents than the limit. */
export const TOO_MANY_DOCUMENTS = "The file has too many documents.";

/**
 * The refusal for an error of js-yaml's parser. Its reasons can quote the input (tag handles, for
 * one), so they only choose among our own texts; an unknown reason gets the general one.
 */
export function refusalFor(parserReason: string, offset: number): Refusal {
  if (parserReason.startsWith("nesting exceeded maxDepth")) {
    return new Refusal("limit-exceeded", TOO_DEEP, offset);
  }
  if (parserReason.startsWith("undeclared tag handle")) {
    return new Refusal("unsupported-yaml", "A tag uses a handle that is not declared.", offset);
  }
  for (const [message, reasons] of MESSAGES) {
    if (reasons.includes(parserReason)) {
      return new Refusal("invalid-yaml", message, offset);
    }
  }
  return new Refusal("invalid-yaml", "This is not valid YAML.", offset);
}

const MESSAGES: readonly (readonly [message: string, reasons: readonly string[]])[] = [
  ["A tab stands where YAML wants spaces.", ["tab characters must not be used in indentation"]],
  [
    "The indentation does not fit the lines above.",
    ["bad indentation of a mapping entry", "bad indentation of a sequence entry", "deficient indentation"],
  ],
  [
    "A mapping key has no ':' after it.",
    [
      "expected ':' after a mapping key",
      "can not read a block mapping entry; a multiline key may not be an implicit key",
    ],
  ],
  [
    "A space is missing after ':'.",
    ["a whitespace character is expected after the key-value separator within a block mapping"],
  ],
  [
    "A quoted string is not closed.",
    [
      "unexpected end of the stream within a single quoted scalar",
      "unexpected end of the stream within a double quoted scalar",
      "unexpected end of the document within a single quoted scalar",
      "unexpected end of the document within a double quoted scalar",
    ],
  ],
  ["A '[' or '{' is not closed.", ["unexpected end of the stream within a flow collection"]],
  [
    "A comma is missing or one too many between entries.",
    ["missed comma between flow collection entries", "expected the node content, but found ','"],
  ],
  [
    "A double-quoted string has an escape that YAML does not know.",
    ["unknown escape sequence", "expected hexadecimal character"],
  ],
  [
    "A character stands here that YAML does not allow.",
    [
      "null byte is not allowed in input",
      "the stream contains non-printable characters",
      "expected valid JSON character",
    ],
  ],
  [
    "The header of a block scalar ('|' or '>') is malformed.",
    [
      "repeat of a chomping mode identifier",
      "repeat of an indentation width identifier",
      "bad explicit indentation width of a block scalar; it cannot be less than one",
      "a line break is expected",
    ],
  ],
  ["Something follows where the document should end.", ["end of the stream or a document separator is expected"]],
  [
    "A directive ('%…') is malformed or has no '---' after it.",
    [
      "directives end mark is expected",
      "directive name must not be less than one character in length",
      "duplication of %YAML directive",
      "YAML directive accepts exactly one argument",
      "ill-formed argument of the YAML directive",
      "TAG directive accepts exactly two arguments",
      "ill-formed tag handle (first argument) of the TAG directive",
      "ill-formed tag prefix (second argument) of the TAG directive",
    ],
  ],
  ["The YAML version of a directive is not supported.", ["unacceptable YAML version of the document"]],
  [
    "A tag is malformed.",
    [
      "duplication of a tag property",
      "unexpected end of the stream within a verbatim tag",
      "named tag handle cannot contain such characters",
      "tag suffix cannot contain exclamation marks",
      "tag suffix cannot contain flow indicator characters",
    ],
  ],
  [
    "An anchor or alias is malformed.",
    [
      "duplication of an anchor property",
      "name of an anchor node must contain at least one character",
      "name of an alias node must contain at least one character",
      "alias node should not have any properties",
    ],
  ],
];
