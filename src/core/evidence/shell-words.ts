/** A word of a shell command: quotes removed, with the way back to the text that it was read from. */
export interface ShellWord {
  /** The word without its quotes; variables and substitutions stay as they are written. */
  readonly text: string;
  /** Offset in the scanned text of each UTF-16 unit of `text`; the last entry is past the word's last one. */
  readonly offsets: readonly number[];
}

/** Longest script that is taken apart, in UTF-16 units; what follows is left to the line scanner. */
const LONGEST = 200_000;

/**
 * The simple commands of a shell script (POSIX 2.9.1), each as its words: split at blanks outside of
 * quotes; `;`, `|`, `&`, brackets and line ends separate commands; comments are left out. It is a
 * scanner, not a parser: here-documents are read as commands, one per line.
 */
export function shellCommands(script: string): readonly (readonly ShellWord[])[] {
  const text = script.slice(0, LONGEST);
  const commands: (readonly ShellWord[])[] = [];
  let words: ShellWord[] = [];
  let index = 0;
  const endCommand = () => {
    if (words.length > 0) commands.push(words);
    words = [];
  };
  while (index < text.length) {
    const character = text[index] ?? "";
    if (character === "\\" && /^\\\r?\n/.test(text.slice(index, index + 3))) {
      index += text[index + 1] === "\r" ? 3 : 2;
    } else if (character === " " || character === "\t" || character === "\r") {
      index += 1;
    } else if (/[\n;|&(){}]/.test(character) && !(character === "{" && text[index + 1] === "{")) {
      endCommand();
      index += 1;
    } else if (character === "#") {
      const end = text.indexOf("\n", index);
      index = end === -1 ? text.length : end;
    } else {
      const [word, past] = readWord(text, index);
      words.push(word);
      index = past;
    }
  }
  endCommand();
  return commands;
}

/** The words of one argument that is no script: the argument as it stands. */
export function wholeWord(text: string): ShellWord {
  return { text, offsets: Array.from({ length: Math.min(text.length, LONGEST) + 1 }, (_, index) => index) };
}

function readWord(text: string, start: number): readonly [ShellWord, number] {
  const letters: string[] = [];
  const offsets: number[] = [];
  let index = start;
  let quote = "";
  const take = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) {
      letters.push(text[at] ?? "");
      offsets.push(at);
    }
  };
  while (index < text.length) {
    const character = text[index] ?? "";
    const past = quote === "'" ? null : expansionEnd(text, index);
    if (past !== null) {
      take(index, past);
      index = past;
    } else if (quote === "" && /[\s;|&()<>]/.test(character)) {
      if ((character !== "<" && character !== ">") || index > start) break;
      take(index, index + 1);
      index += 1;
    } else if (character === quote) {
      quote = "";
      index += 1;
    } else if (quote === "" && (character === "'" || character === '"')) {
      quote = character;
      index += 1;
    } else if (character === "\\" && quote !== "'") {
      take(index + 1, Math.min(index + 2, text.length));
      index += 2;
    } else {
      take(index, index + 1);
      index += 1;
    }
  }
  offsets.push(Math.min(index, (offsets.at(-1) ?? start) + 1));
  return [{ text: letters.join(""), offsets }, Math.max(index, start + 1)];
}

/** How far the end of a substitution is looked for, and how deep one may nest. */
const NEAR = 1000;
const DEEPEST = 12;

// Past a substitution or template expression that starts here: blanks in it do not end the word.
function expansionEnd(text: string, index: number): number | null {
  if (text.startsWith("{{", index)) return closing(text, index, "}}", 2);
  if (text[index] === "`") return closing(text, index, "`", 1);
  if (text[index] !== "$") return null;
  const open = text[index + 1];
  if (open !== "(" && open !== "{") return null;
  const close = open === "(" ? ")" : "}";
  let depth = 0;
  for (let at = index + 1; at < Math.min(text.length, index + NEAR); at += 1) {
    if (text[at] === open) depth += 1;
    if (depth > DEEPEST) return null;
    if (text[at] === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function closing(text: string, index: number, mark: string, length: number): number | null {
  const at = text.slice(index + length, index + NEAR).indexOf(mark);
  return at === -1 ? null : index + length + at + mark.length;
}
