/** A document of a template's text, as far as its lines tell. */
export interface ManifestOutline {
  /** Whether it says `kind: Secret` where its `apiVersion` stands. */
  secret: boolean;
  /** Whether it is kept as it was first made: `helm.sh/resource-policy: keep`, or a hook of installations only. */
  kept: boolean;
}

/** Where an action stands in the YAML around it. */
export interface LinePlace {
  readonly outline: ManifestOutline;
  /** The key of the document that it stands below, such as `stringData`. */
  readonly section: string | null;
  /** The key of its line. */
  readonly key: string | null;
  readonly comment: boolean;
}

/** Longest part of a line that is looked at, in UTF-16 units. */
const LONGEST = 400;
const KEY = /^\s*(?:-\s+)?["']?([A-Za-z0-9_.$/-]{1,200})["']?\s*:(?:\s|$)/;
const POLICY = /^\s*["']?helm\.sh\/resource-policy["']?\s*:\s*["']?keep\b/;
const HOOK = /^\s*["']?helm\.sh\/hook["']?\s*:\s*(.*)/;

/**
 * Follows the lines of a template's text, whose actions are left out: a template is no YAML, but its
 * keys are there to be read.
 */
export class ManifestLines {
  #line = "";
  #outline: ManifestOutline = { secret: false, kept: false };
  #indent: number | null = null;
  #section: string | null = null;

  /** Text that the template prints as it stands. */
  text(text: string): void {
    let at = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", at)) {
      this.#append(text.slice(at, end));
      this.#read();
      this.#line = "";
      at = end + 1;
    }
    this.#append(text.slice(at));
  }

  /** An action that prints something. */
  action(): void {
    this.#append("\0");
  }

  /** Where what comes next stands. */
  place(): LinePlace {
    this.#read();
    return {
      outline: this.#outline,
      section: this.#section,
      key: KEY.exec(this.#line)?.[1] ?? null,
      comment: /^\s*#/.test(this.#line),
    };
  }

  /** Another document begins. */
  begin(): void {
    this.#outline = { secret: false, kept: false };
    this.#indent = null;
    this.#section = null;
  }

  #append(text: string): void {
    if (this.#line.length < LONGEST) this.#line += text.slice(0, LONGEST - this.#line.length);
  }

  #read(): void {
    const line = this.#line;
    if (/^---(?:[\s\0]|$)/.test(line)) {
      this.begin();
      return;
    }
    if (POLICY.test(line)) this.#outline.kept = true;
    const hook = HOOK.exec(line)?.[1];
    if (hook !== undefined && /\b(?:install|delete|test)/.test(hook) && !/upgrade|rollback|\0/.test(hook))
      this.#outline.kept = true;
    const key = KEY.exec(line)?.[1];
    if (key === undefined || /^\s*- /.test(line)) return;
    const indent = line.length - line.trimStart().length;
    if (key === "apiVersion" && this.#indent === null) this.#indent = indent;
    if (indent !== (this.#indent ?? 0)) return;
    this.#section = key;
    if (key === "kind" && /:\s*["']?Secret["']?\s*(?:#.*)?$/.test(line)) this.#outline.secret = true;
  }
}
