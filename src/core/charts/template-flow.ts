import { ASKING, DAYS, GENERATORS, HASHING, HOLDING, REWRITING } from "./template-functions.ts";
import type { Literal, Operand, Pipeline } from "./template-pipelines.ts";

/** A path into the data of a template: `["Values", "auth", "password"]`; `*` is an item of a range. */
export interface DataUse {
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** A literal that is used where the data at `insteadOf` are empty. */
export interface Fallback {
  readonly literal: Literal;
  readonly insteadOf: readonly DataUse[];
}

/** A call of a function that makes a secret. */
export interface Generator {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Days that a certificate is valid, where the template says so. */
  readonly days: number | null;
}

/** What a value of a template may come from. */
export interface Flow {
  readonly uses: readonly DataUse[];
  readonly literals: readonly Fallback[];
  readonly generators: readonly Generator[];
  /** Named templates whose output it holds. */
  readonly includes: readonly string[];
}

/** What evaluating needs to know of the place in the template, and whom it tells what it meets. */
export interface Scope {
  /** What `.` is. */
  readonly dot: Flow;
  readonly variable: (name: string) => Flow | undefined;
  readonly seeLookup: () => void;
  readonly seeInclude: (name: string) => void;
  readonly seeGenerator: (generator: Generator) => void;
  readonly seeUse: (use: DataUse) => void;
  /** A dictionary in a variable takes in a value. */
  readonly seeSet: (variable: string, flow: Flow) => void;
}

export const NOTHING: Flow = { uses: [], literals: [], generators: [], includes: [] };

/** Most of each that one value is followed to. */
const MOST = 8;

/** What a pipeline's value may come from. */
export function flowOf({ commands }: Pipeline, scope: Scope): Flow {
  let value: Flow | null = null;
  for (const command of commands) value = flowOfCommand(command, value, scope);
  return value ?? NOTHING;
}

/** All that any of the flows comes from. */
export function union(flows: readonly Flow[]): Flow {
  if (flows.length === 1 && flows[0] !== undefined) return flows[0];
  return {
    uses: most(flows.flatMap(({ uses }) => uses)),
    literals: eachOnce(flows.flatMap(({ literals }) => literals)),
    generators: most(flows.flatMap(({ generators }) => generators)),
    includes: most(flows.flatMap(({ includes }) => includes)),
  };
}

/** The flow of what lies below a value. */
export function below({ uses, generators, includes }: Flow, fields: readonly string[]): Flow {
  return {
    uses: uses.map((use) => ({ ...use, path: pathBelow(use.path, fields) })),
    literals: [],
    generators,
    includes,
  };
}

// Named templates are often given the root under a key: `.context.Values.x` is `.Values.x`.
function pathBelow(path: readonly string[], fields: readonly string[]): readonly string[] {
  const values = fields.lastIndexOf("Values");
  return (values === -1 ? [...path, ...fields] : fields.slice(values)).slice(0, 40);
}

function eachOnce(fallbacks: readonly Fallback[]): readonly Fallback[] {
  return [...new Map(fallbacks.map((each) => [each.literal, each])).values()].slice(0, MOST);
}

function most<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)].slice(0, MOST);
}

function flowOfCommand(operands: readonly Operand[], piped: Flow | null, scope: Scope): Flow {
  const [head, ...rest] = operands;
  if (head === undefined) return NOTHING;
  const values = rest.map((operand) => flowOfOperand(operand, scope));
  if (piped !== null) values.push(piped);
  return head.kind === "function" ? flowOfCall(head, rest, values, scope) : flowOfOperand(head, scope);
}

function flowOfOperand(operand: Operand, scope: Scope): Flow {
  switch (operand.kind) {
    case "literal":
      return { ...NOTHING, literals: [{ literal: operand, insteadOf: [] }] };
    case "function":
      return flowOfCall(operand, [], [], scope);
    case "group": {
      const flow = flowOf(operand.pipeline, scope);
      return operand.fields.length === 0 ? flow : below(flow, operand.fields);
    }
    case "path":
      return flowOfPath(operand, scope);
  }
}

function flowOfPath({ variable, fields, start, end }: Operand & { kind: "path" }, scope: Scope): Flow {
  const base =
    variable === null
      ? scope.dot
      : variable === "$"
        ? ROOT
        : (scope.variable(variable) ?? { ...NOTHING, uses: [{ path: [variable], start, end }] });
  const flow = fields.length === 0 && variable !== null ? base : below(base, fields);
  const here = { ...flow, uses: flow.uses.map(({ path }) => ({ path, start, end })) };
  for (const use of here.uses) scope.seeUse(use);
  return here;
}

/** What `$` is: all of the template's data. */
export const ROOT: Flow = { ...NOTHING, uses: [{ path: [], start: 0, end: 0 }] };

function flowOfCall(
  call: Operand & { kind: "function" },
  operands: readonly Operand[],
  values: readonly Flow[],
  scope: Scope,
): Flow {
  const { name } = call;
  if (GENERATORS.has(name)) return generated(call, values, scope);
  switch (name) {
    case "default":
      // What is given comes last.
      return fallingBack(values.toReversed());
    case "coalesce":
    case "or":
      return fallingBack(values);
    case "ternary":
      return fallingBack(values.slice(0, 2));
    case "dig": {
      const keys = values.slice(0, -2).map(literalOf);
      return fallingBack([values.at(-2) ?? NOTHING, below(values.at(-1) ?? NOTHING, keys)]);
    }
    case "get":
    case "index": {
      const flow = below(values[0] ?? NOTHING, values.slice(1).map(literalOf));
      for (const use of flow.uses) scope.seeUse(use);
      return flow;
    }
    case "set": {
      const [target] = operands;
      if (target?.kind === "path" && target.variable !== null && target.fields.length === 0)
        scope.seeSet(target.variable, remaining(values));
      return remaining(values);
    }
    case "lookup":
      scope.seeLookup();
      return NOTHING;
    case "include": {
      const included = values[0]?.literals[0]?.literal.value;
      const flow = remaining(values);
      if (included === undefined) return flow;
      scope.seeInclude(included);
      return { ...flow, includes: [included] };
    }
  }
  if (ASKING.has(name)) return NOTHING;
  if (REWRITING.has(name)) return values.at(-1) ?? NOTHING;
  const flow = remaining(values);
  return HOLDING.has(name) ? { ...flow, uses: most(values.flatMap(({ uses }) => uses)) } : flow;
}

function generated({ name, start, end }: Operand & { kind: "function" }, values: readonly Flow[], scope: Scope): Flow {
  const days = values[DAYS[name] ?? values.length];
  const literal = days?.uses.length === 0 ? days.literals[0]?.literal : undefined;
  const generator = {
    name,
    start,
    end,
    days: literal?.numeric === true && /^\d{1,7}$/.test(literal.value) ? Number(literal.value) : null,
  };
  scope.seeGenerator(generator);
  return {
    ...NOTHING,
    uses: HASHING.has(name) ? (values.at(-1)?.uses ?? []) : [],
    generators: [generator],
    literals: committed(values),
  };
}

// The first value that is not empty is taken: each literal stands in for the data beside it.
function fallingBack(values: readonly Flow[]): Flow {
  const flow = union(values);
  const uses = flow.uses.filter(({ path }) => path.length > 0);
  return {
    ...flow,
    literals: flow.literals.map(({ literal, insteadOf }) => ({ literal, insteadOf: most([...insteadOf, ...uses]) })),
  };
}

// What a function does with its arguments is unknown: made values and fall-backs may be in its result.
function remaining(values: readonly Flow[]): Flow {
  const { generators, includes } = union(values);
  return { uses: [], literals: committed(values), generators, includes };
}

function committed(values: readonly Flow[]): readonly Fallback[] {
  return most(values.flatMap(({ literals }) => literals.filter(({ insteadOf }) => insteadOf.length > 0)));
}

function literalOf({ literals }: Flow): string {
  return literals[0]?.literal.value ?? "*";
}
