import { boolYaml11Tag, NOT_RESOLVED, nullYaml11Tag } from "js-yaml";

/** A scalar's value in the JSON data model. */
type ScalarValue = null | boolean | number | string;

/**
 * The value of a plain scalar without a tag, as Kubernetes' own reader (`sigs.k8s.io/yaml`, on a
 * YAML 1.1 base) resolves it, since that decides what the cluster gets: `yes` and `off` are
 * booleans, `0440` and `0o440` are octal, `1_000` and `08` are numbers, `12:30:45` and dates stay
 * strings. Numbers that JSON cannot hold (`.inf`, `.nan`, `1e999`) stay strings too.
 */
export function resolvePlain(text: string): ScalarValue {
  const kind = kindOfFirst(text);
  if (kind === "empty") return null;
  if (kind === "number") return resolveNumber(text) ?? text;
  if (kind === "text" || text.length > LONGEST_WORD) return text;
  return resolveWord(text) ?? nullOr(text);
}

/** Why a tag cannot be applied: we do not know it, or the text does not fit it. */
type TagFailure = "unknown-tag" | "misfit";

/** What a tagged scalar resolves to. */
type Tagged = { readonly value: ScalarValue; readonly binary: boolean } | { readonly failure: TagFailure };

/**
 * The value of a scalar under a tag of the YAML core namespace (`str`, `int` …, as `coreTag`
 * returns it; `!` is the non-specific tag). A `binary` value is its base64 text without white
 * space: JSON has no bytes, and `Secret.data` wants base64 anyway.
 */
export function resolveTagged(tag: string | null, text: string): Tagged {
  switch (tag) {
    case "!":
    case "str":
    case "timestamp":
    case "merge":
      return { value: text, binary: false };
    case "null":
      return isNull(text) ? { value: null, binary: false } : MISFIT;
    case "bool":
      return fitting(resolveWord(text));
    case "int": {
      const value = resolveNumber(text);
      return fitting(value !== null && Number.isInteger(value) ? value : null);
    }
    case "float":
      return fitting(resolveNumber(text) ?? (NOT_FINITE.test(text) ? text : null));
    case "binary": {
      const base64 = text.replace(/\s+/g, "");
      if (base64.length % 4 !== 0 || !BASE64.test(base64)) return MISFIT;
      return { value: base64, binary: true };
    }
    default:
      return { failure: "unknown-tag" };
  }
}

/**
 * The mapping key that a resolved scalar stands for, or `null` where it cannot be one. Kubernetes'
 * reader turns number and boolean keys into strings (`on:` becomes `"true"`) and refuses null.
 */
export function keyOf(value: ScalarValue, text: string): string | null {
  if (typeof value === "string") return value;
  if (value === null) return null;
  // Beyond 2^53 the number is no longer what was written; the text is.
  if (typeof value === "number" && DECIMAL.test(text)) return text;
  return String(value);
}

const MISFIT: Tagged = { failure: "misfit" };
const LONGEST_WORD = 5;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const DECIMAL = /^-?(?:0|[1-9][0-9]*)$/;
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function fitting(value: ScalarValue): Tagged {
  return value === null ? MISFIT : { value, binary: false };
}

function isNull(text: string): boolean {
  return nullYaml11Tag.resolve(text, false, "") !== NOT_RESOLVED;
}

function nullOr(text: string): ScalarValue {
  return isNull(text) ? null : text;
}

function resolveWord(text: string): boolean | null {
  const value = boolYaml11Tag.resolve(text, false, "");
  return typeof value === "boolean" ? value : null;
}

function resolveNumber(text: string): number | null {
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  let value: number;
  if (INTEGER.test(plain)) value = parseInteger(plain);
  else if (FLOAT.test(plain)) value = Number.parseFloat(plain);
  else return null;
  return Number.isFinite(value) ? value : null;
}

function parseInteger(text: string): number {
  const negative = text.startsWith("-");
  const digits = negative || text.startsWith("+") ? text.slice(1) : text;
  const prefix = digits.slice(0, 2).toLowerCase();
  let value: number;
  if (prefix === "0x") value = Number.parseInt(digits.slice(2), 16);
  else if (prefix === "0b") value = Number.parseInt(digits.slice(2), 2);
  else if (prefix === "0o") value = Number.parseInt(digits.slice(2), 8);
  else if (digits.startsWith("0")) value = Number.parseInt(digits, 8);
  else value = Number(digits);
  return negative && value !== 0 ? -value : value;
}

type FirstKind = "empty" | "word" | "number" | "text";

/** What the first character allows; nearly every scalar is settled here. */
function kindOfFirst(text: string): FirstKind {
  switch (text.charAt(0)) {
    case "":
      return "empty";
    case "y":
    case "Y":
    case "n":
    case "N":
    case "t":
    case "T":
    case "f":
    case "F":
    case "o":
    case "O":
    case "~":
      return "word";
    case "0":
    case "1":
    case "2":
    case "3":
    case "4":
    case "5":
    case "6":
    case "7":
    case "8":
    case "9":
    case "+":
    case "-":
    case ".":
      return "number";
    default:
      return "text";
  }
}
