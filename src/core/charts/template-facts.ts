import type { SourceText } from "../../model/document.ts";
import type { Evidence, NameClass, ValueClass } from "../../model/evidence.ts";
import type { DataPath, Json, JsonObject } from "../../model/json.ts";
import { classifyName } from "../evidence/names.ts";
import { settingsOf, type EvidenceOptions, type Settings } from "../evidence/options.ts";
import { classifyValue } from "../evidence/values.ts";
import type { LineIndex } from "../yaml/lines.ts";
import type { PrintedFallback, SecretContent, TemplateBody } from "./scanned-template.ts";
import type { DataUse, Generator } from "./template-flow.ts";
import { scanTemplate } from "./template-scan.ts";

/** What the policy is told of a template: facts without a value, and evidence of where they stand. */
export interface TemplateFacts {
  readonly facts: JsonObject;
  readonly evidence: readonly Evidence[];
}

/** A template to tell about. */
export interface TemplateInput {
  readonly source: SourceText;
  readonly lines: LineIndex;
  /** Folder of the chart that it is part of, relative to the root. */
  readonly chart: string;
}

/**
 * The facts of one template, or `null` where there is nothing to tell:
 *
 * - `fallbacks`: `{name, path, key, evidence}`: a literal that looks like a credential and stands in for
 *   the data at `path`; `key` is that of its line, or null.
 * - `generators`: `{name, days, evidence}`: a call of a function that makes a secret; `days` is how long
 *   a certificate is valid, or null.
 * - `secrets`: `{name, values, generators, includes, calls, looksUp, kept}`: what a Secret's data hold:
 *   `values` are `{name, evidence}` of the chart's data that are credentials, `generators` ids of
 *   evidence, `includes` named templates. `calls` are all named templates around it; `looksUp` tells
 *   that the cluster's own object is read around it, `kept` that Helm does not make it anew.
 * - `helpers`: `{name, generators, includes, looksUp}`: the named templates that it defines.
 * - `mentions`: paths into the chart's values that have to do with Secrets.
 *
 * A credential's evidence has its class, all else the class `reference`: it is no value.
 */
export function templateFacts(
  input: TemplateInput,
  options: EvidenceOptions,
  nextId: () => number,
): TemplateFacts | null {
  const scan = scanTemplate(input.source.text);
  const notes = new Notes(input, settingsOf(options), nextId);
  const fallbacks = scan.fallbacks.flatMap((each) => notes.fallback(each));
  const generators = scan.generators.map((each) => notes.generator(each));
  const secrets = scan.secrets.flatMap((each) => notes.secret(each));
  const helpers = scan.bodies.flatMap((body) =>
    body.name === null || isIdle(body) ? [] : [notes.helper(body, body.name)],
  );
  const mentions = mentionsOf(scan.uses);
  if ([fallbacks, generators, secrets, helpers, mentions].every(({ length }) => length === 0)) return null;
  return { facts: { chart: input.chart, fallbacks, generators, secrets, helpers, mentions }, evidence: notes.evidence };
}

/** Data that are no values of the chart (Helm, "Built-in Objects"). */
const BUILT_IN = new Set(["Chart", "Release", "Capabilities", "Template", "Files", "Subcharts"]);
const MOST_MENTIONS = 200;

interface Noted {
  readonly detector: string;
  readonly class: ValueClass;
  readonly keyName: string;
  readonly nameClass: NameClass;
  readonly path: DataPath;
}

class Notes {
  readonly evidence: Evidence[] = [];
  readonly #input: TemplateInput;
  readonly #settings: Settings;
  readonly #nextId: () => number;
  readonly #generators = new Map<Generator, number>();
  #fallbacks = 0;
  #secrets = 0;

  constructor(input: TemplateInput, settings: Settings, nextId: () => number) {
    this.#input = input;
    this.#settings = settings;
    this.#nextId = nextId;
  }

  fallback({ literal, insteadOf, key }: PrintedFallback): readonly Json[] {
    for (const { path } of insteadOf) {
      const keyName = lastName(path);
      const nameClass = this.#classOf(path);
      if (nameClass !== "sensitive") continue;
      // Placeholder words work as passwords here: nobody edits a template to replace them.
      const found = classifyValue(literal.value, { ...this.#settings, nameClass, keyName, placeholdersAreWeak: true });
      if (found !== "likely" && found !== "weak" && found !== "hash") continue;
      const place = ["fallbacks", this.#fallbacks];
      this.#fallbacks += 1;
      const evidence = this.#note(literal, {
        detector: "template/fallback",
        class: found,
        keyName,
        nameClass,
        path: place,
      });
      return [{ name: nameOf(path), path, key, evidence }];
    }
    return [];
  }

  generator(generator: Generator): Json {
    const { name, days } = generator;
    const path = ["generators", this.#generators.size];
    const evidence = this.#note(generator, {
      detector: "template/generator",
      class: "reference",
      keyName: name,
      nameClass: "neutral",
      path,
    });
    this.#generators.set(generator, evidence);
    return { name, days, evidence };
  }

  secret({ kept, body, uses, generators, includes }: SecretContent): readonly Json[] {
    const telling = uses.filter(
      ({ use: { path }, key }) =>
        path[0] === "Values" && (this.#classOf(path) === "sensitive" || this.#isSecretKey(key)),
    );
    if (telling.length + generators.length + includes.length === 0) return [];
    const index = this.#secrets;
    this.#secrets += 1;
    // One place is enough to say where a Secret comes from.
    const values = telling.slice(0, 1).map(({ use }) => {
      const { path } = use;
      const noted = {
        detector: "template/values",
        class: "reference",
        nameClass: this.#classOf(path),
        path: ["secrets", index],
      } as const;
      return { name: nameOf(path), evidence: this.#note(use, { ...noted, keyName: lastName(path) }) };
    });
    return [
      {
        name: values[0]?.name ?? `#${index}`,
        values,
        kept,
        looksUp: body.lookup,
        calls: body.includes,
        includes,
        generators: this.#ids(generators),
      },
    ];
  }

  helper({ generators, includes, lookup }: TemplateBody, name: string): Json {
    return { name, generators: this.#ids(generators), includes, looksUp: lookup };
  }

  #ids(generators: readonly Generator[]): readonly number[] {
    return generators.flatMap((each) => this.#generators.get(each) ?? []);
  }

  #classOf(path: readonly string[]): NameClass {
    if (BUILT_IN.has(path[0] ?? "")) return "not-sensitive";
    const name = lastName(path);
    // `.Values.secrets.*`: what stands below such a name is what the name says.
    if (/^(?:secrets|tokens)$/i.test(name)) return "sensitive";
    return classifyName(name, this.#settings.patterns);
  }

  #isSecretKey(key: string | null): boolean {
    return key !== null && (key === "tls.key" || classifyName(key, this.#settings.patterns) === "sensitive");
  }

  #note({ start, end }: { readonly start: number; readonly end: number }, noted: Noted): number {
    const id = this.#nextId();
    this.evidence.push({
      id,
      kind: "credential",
      context: "text",
      decoded: false,
      range: this.#input.lines.rangeOf(start, end),
      ...noted,
    });
    return id;
  }
}

function isIdle({ generators, includes, lookup }: TemplateBody): boolean {
  return generators.length + includes.length === 0 && !lookup;
}

// `$x` where nothing is known of it, and `password` of whatever `.` is in a named template.
function nameOf(path: readonly string[]): string {
  return path[0]?.startsWith("$") === true ? path.join(".") : `.${path.join(".")}`;
}

function lastName(path: readonly string[]): string {
  const names = path.filter((name) => name !== "*");
  const last = names.at(-1) ?? "";
  return (last === "value" ? names.at(-2) : last)?.replace(/^\$/, "") ?? "";
}

function mentionsOf(uses: readonly DataUse[]): readonly string[] {
  const names = uses
    .filter(({ path }) => path.some((step) => /secret|existing|credential/i.test(step)))
    .map(({ path }) => nameOf(path));
  return [...new Set(names)].slice(0, MOST_MENTIONS);
}
