import type { Token } from "./template-actions.ts";

/** A literal; the offsets are those of its content. */
export interface Literal {
  readonly kind: "literal";
  readonly value: string;
  readonly numeric: boolean;
  readonly start: number;
  readonly end: number;
}

/** One operand of a command (text/template, "Arguments"). */
export type Operand =
  | Literal
  /** `.a.b` with variable `null`, `$x.a` with variable `$x`. */
  | {
      readonly kind: "path";
      readonly variable: string | null;
      readonly fields: readonly string[];
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: "function"; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: "group"; readonly pipeline: Pipeline; readonly fields: readonly string[] };

/** A pipeline: commands, each of one or more operands, of which the first may be a function. */
export interface Pipeline {
  /** Variables that take the value, in their order. */
  readonly variables: readonly string[];
  readonly commands: readonly (readonly Operand[])[];
}

/** How deep parentheses may nest; what is deeper is left out. */
const DEEPEST = 40;

/** Parses the tokens of an action, from the one at `start` on. Reads past what is no template. */
export function parsePipeline(tokens: readonly Token[], start = 0): Pipeline {
  return new Reader(tokens, start).pipeline(0);
}

class Reader {
  readonly #tokens: readonly Token[];
  #at: number;

  constructor(tokens: readonly Token[], start: number) {
    this.#tokens = tokens;
    this.#at = start;
  }

  pipeline(depth: number): Pipeline {
    const variables = this.#declared();
    const commands: Operand[][] = [];
    let command: Operand[] = [];
    for (let token = this.#next(); token !== undefined; token = this.#next()) {
      if (token.kind === "sign" && token.text === ")") {
        if (depth > 0) break;
        continue;
      }
      if (token.kind === "sign" && token.text === "|") {
        commands.push(command);
        command = [];
        continue;
      }
      const operand = this.#operand(token, depth);
      if (operand !== null) command.push(operand);
    }
    commands.push(command);
    return { variables, commands };
  }

  #operand(token: Token, depth: number): Operand | null {
    const { kind, text, start } = token;
    switch (kind) {
      case "string":
      case "number":
        return { kind: "literal", value: text, numeric: kind === "number", start, end: token.end };
      case "word":
        return { kind: "function", name: text, start, end: token.end };
      case "variable":
        return { kind: "path", variable: text, ...this.#fields([], token) };
      case "field":
        return { kind: "path", variable: null, ...this.#fields([text], token) };
      case "dot":
        return { kind: "path", variable: null, fields: [], start, end: token.end };
      case "sign": {
        if (text !== "(") return null;
        const pipeline = depth < DEEPEST ? this.pipeline(depth + 1) : this.#skip();
        return { kind: "group", pipeline, fields: this.#fields([], token).fields };
      }
    }
  }

  // `$a, $b := …` and `$a = …`; nothing is read where there is none.
  #declared(): readonly string[] {
    const variables: string[] = [];
    for (let index = this.#at; ; index += 2) {
      const variable = this.#tokens[index];
      const sign = this.#tokens[index + 1];
      if (variable?.kind !== "variable" || sign?.kind !== "sign") return [];
      variables.push(variable.text);
      if (sign.text === ":=" || sign.text === "=") {
        this.#at = index + 2;
        return variables;
      }
      if (sign.text !== ",") return [];
    }
  }

  #fields(own: readonly string[], first: Token): { fields: readonly string[]; start: number; end: number } {
    const fields = [...own];
    let end = first.end;
    for (
      let token = this.#tokens[this.#at];
      token?.kind === "field" && token.attached;
      token = this.#tokens[this.#at]
    ) {
      fields.push(token.text);
      end = token.end;
      this.#at += 1;
    }
    return { fields, start: first.start, end };
  }

  #skip(): Pipeline {
    let open = 1;
    for (let token = this.#next(); token !== undefined; token = this.#next()) {
      if (token.kind !== "sign") continue;
      if (token.text === "(") open += 1;
      if (token.text === ")") open -= 1;
      if (open === 0) break;
    }
    return { variables: [], commands: [] };
  }

  #next(): Token | undefined {
    const token = this.#tokens[this.#at];
    if (token !== undefined) this.#at += 1;
    return token;
  }
}
