import type { DataUse, Fallback, Generator } from "./template-flow.ts";

/** A `define`d template, or what stands outside of them (`name` is `null`). */
export interface TemplateBody {
  readonly name: string | null;
  readonly generators: readonly Generator[];
  readonly includes: readonly string[];
  /** Whether it reads what the cluster has. */
  readonly lookup: boolean;
}

/** What a template puts into a Secret's `data` and `stringData`. */
export interface SecretContent {
  readonly kept: boolean;
  /** The body that it stands in. */
  readonly body: TemplateBody;
  /** Data of the chart, each with the key of the line that it stands on. */
  readonly uses: readonly { readonly use: DataUse; readonly key: string | null }[];
  readonly generators: readonly Generator[];
  readonly includes: readonly string[];
}

/** A fall-back that a template prints or keeps in a variable. */
export interface PrintedFallback extends Fallback {
  /** The key of the line that it is printed on. */
  readonly key: string | null;
}

/** What the text of a template says, before anything is judged. */
export interface TemplateScan {
  readonly fallbacks: readonly PrintedFallback[];
  readonly generators: readonly Generator[];
  readonly bodies: readonly TemplateBody[];
  readonly secrets: readonly SecretContent[];
  /** All paths into the data that occur, conditions too. */
  readonly uses: readonly DataUse[];
}
