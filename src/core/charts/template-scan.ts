import { ManifestLines, type LinePlace, type ManifestOutline } from "./manifest-lines.ts";
import type { PrintedFallback, TemplateBody, TemplateScan } from "./scanned-template.ts";
import { templateParts, type Token } from "./template-actions.ts";
import {
  below,
  flowOf,
  NOTHING,
  ROOT,
  union,
  type DataUse,
  type Flow,
  type Generator,
  type Scope,
} from "./template-flow.ts";
import { parsePipeline } from "./template-pipelines.ts";

/** Most of each kind that one template gives. */
const MOST = 1000;
/** How deep blocks may nest; what is deeper counts as part of the block around it. */
const DEEPEST = 200;

interface Block {
  readonly dot: Flow;
  /** Only a `define` has a body of its own. */
  readonly opens: boolean;
}

interface OpenBody {
  readonly name: string | null;
  readonly generators: Set<Generator>;
  readonly includes: Set<string>;
  lookup: boolean;
  readonly variables: Map<string, Flow>;
}

interface OpenSecret {
  readonly body: OpenBody;
  readonly uses: { use: DataUse; key: string | null }[];
  readonly flows: Flow[];
}

/**
 * Reads what a template says about secrets, without rendering it: literal fall-backs, generated values
 * and where they go, and the chart's data in Secrets. Variables, `with`, `range` and `define` are
 * followed, values and conditions are not known. Time is linear in the length of the text.
 */
export function scanTemplate(text: string): TemplateScan {
  const scanner = new Scanner();
  for (const part of templateParts(text)) {
    if (part.kind === "text") scanner.text(text.slice(part.start, part.end));
    else scanner.action(part.tokens);
  }
  return scanner.result();
}

class Scanner {
  readonly #lines = new ManifestLines();
  readonly #fallbacks = new Map<number, PrintedFallback>();
  readonly #uses: DataUse[] = [];
  readonly #bodies: OpenBody[] = [openBody(null)];
  readonly #secrets = new Map<ManifestOutline, OpenSecret>();
  readonly #blocks: Block[] = [];
  #tooDeep = 0;
  #body: OpenBody = this.#bodies[0] ?? openBody(null);

  text(text: string): void {
    this.#lines.text(text);
  }

  action(tokens: readonly Token[]): void {
    const [first, second] = tokens;
    const keyword = first?.kind === "word" ? first.text : "";
    switch (keyword) {
      case "if":
        // A condition prints nothing, so what it falls back to is no credential in use.
        this.#enter(this.#dot);
        this.#flow(tokens, 1);
        return;
      case "with":
        this.#with(tokens);
        return;
      case "range":
        this.#range(tokens);
        return;
      case "define":
      case "block":
        this.#open(second?.text ?? "", keyword === "define" ? ROOT : this.#flow(tokens, 2).flow);
        return;
      case "else":
        this.#leave();
        if (second?.kind === "word" && second.text === "with") this.#with(tokens.slice(1));
        else {
          this.#enter(this.#dot);
          if (second !== undefined) this.#flow(tokens, 2);
        }
        return;
      case "end":
        this.#leave();
        return;
      case "break":
      case "continue":
        return;
      case "template":
        this.#include(tokens, second?.text ?? "");
        return;
    }
    const { variables, flow } = this.#flow(tokens, 0);
    if (variables.length > 0) this.#assign(variables, flow);
    else this.#print(flow);
  }

  result(): TemplateScan {
    const bodies = new Map(this.#bodies.map((body) => [body, bodyOf(body)]));
    return {
      fallbacks: [...this.#fallbacks.values()],
      generators: [...bodies.values()].flatMap(({ generators }) => generators).slice(0, MOST),
      bodies: [...bodies.values()],
      secrets: [...this.#secrets].slice(0, MOST).flatMap(([{ secret, kept }, { body, uses, flows }]) => {
        const from = bodies.get(body);
        if (!secret || from === undefined) return [];
        const generators = [...new Set(flows.flatMap((flow) => flow.generators))];
        return [{ kept, body: from, uses, generators, includes: [...new Set(flows.flatMap((flow) => flow.includes))] }];
      }),
      uses: this.#uses,
    };
  }

  get #dot(): Flow {
    return this.#blocks.at(-1)?.dot ?? ROOT;
  }

  #flow(tokens: readonly Token[], start: number): { variables: readonly string[]; flow: Flow } {
    const pipeline = parsePipeline(tokens, start);
    return { variables: pipeline.variables, flow: flowOf(pipeline, this.#scope()) };
  }

  #scope(): Scope {
    const body = this.#body;
    return {
      dot: this.#dot,
      variable: (name) => body.variables.get(name),
      seeLookup: () => {
        body.lookup = true;
      },
      seeInclude: (name) => {
        if (body.includes.size < MOST) body.includes.add(name);
      },
      seeGenerator: (generator) => {
        if (body.generators.size < MOST) body.generators.add(generator);
      },
      seeUse: (use) => {
        if (this.#uses.length < MOST * 10) this.#uses.push(use);
      },
      seeSet: (variable, flow) => this.#add(variable, flow),
    };
  }

  #with(tokens: readonly Token[]): void {
    const { variables, flow } = this.#flow(tokens, 1);
    this.#commit(flow, null);
    this.#assign(variables, flow);
    this.#enter(flow);
  }

  // `range $key, $value := …`: the last variable is the item.
  #range(tokens: readonly Token[]): void {
    const { variables, flow } = this.#flow(tokens, 1);
    const item = below(flow, ["*"]);
    if (variables.length > 1) this.#body.variables.set(variables[0] ?? "", NOTHING);
    const last = variables.at(-1);
    if (last !== undefined) this.#body.variables.set(last, item);
    this.#enter(item);
  }

  // What a variable may hold adds up: which branch assigned it is not known.
  #assign(variables: readonly string[], flow: Flow): void {
    this.#commit(flow, null);
    for (const variable of variables) this.#add(variable, flow);
  }

  #add(variable: string, flow: Flow): void {
    const known = this.#body.variables.get(variable);
    this.#body.variables.set(variable, known === undefined ? flow : union([known, flow]));
  }

  #print(flow: Flow): void {
    const place = this.#lines.place();
    this.#lines.action();
    this.#commit(flow, place.key);
    if (place.section === "data" || place.section === "stringData") this.#fill(place, flow);
  }

  #include(tokens: readonly Token[], name: string): void {
    if (this.#body.includes.size < MOST) this.#body.includes.add(name);
    this.#print({ ...this.#flow(tokens, 2).flow, uses: [], includes: [name] });
  }

  #fill({ outline, key, comment }: LinePlace, flow: Flow): void {
    if (comment) return;
    const secret = this.#secrets.get(outline) ?? { body: this.#body, uses: [], flows: [] };
    this.#secrets.set(outline, secret);
    if (secret.flows.length >= MOST) return;
    secret.flows.push(flow);
    for (const use of flow.uses) secret.uses.push({ use, key });
  }

  #commit({ literals }: Flow, key: string | null): void {
    for (const { literal, insteadOf } of literals) {
      if (insteadOf.length === 0 || this.#fallbacks.size >= MOST) continue;
      const known = this.#fallbacks.get(literal.start);
      this.#fallbacks.set(literal.start, { literal, insteadOf, key: known?.key ?? key });
    }
  }

  #enter(dot: Flow, opens = false): void {
    if (this.#blocks.length >= DEEPEST) this.#tooDeep += 1;
    else this.#blocks.push({ dot, opens });
  }

  #open(name: string, dot: Flow): void {
    if (this.#bodies.length < MOST) {
      this.#body = openBody(name);
      this.#bodies.push(this.#body);
    }
    this.#lines.begin();
    this.#enter(dot, true);
  }

  #leave(): void {
    if (this.#tooDeep > 0) this.#tooDeep -= 1;
    else if (this.#blocks.pop()?.opens === true) {
      this.#body = this.#bodies[0] ?? this.#body;
      this.#lines.begin();
    }
  }
}

function openBody(name: string | null): OpenBody {
  return { name, generators: new Set(), includes: new Set(), lookup: false, variables: new Map() };
}

function bodyOf({ name, generators, includes, lookup }: OpenBody): TemplateBody {
  return { name, generators: [...generators], includes: [...includes], lookup };
}
