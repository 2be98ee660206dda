import type { TextSpan } from "../model/chart-rendering.ts";
import type { KubernetesObject, SourceText, YamlDocument } from "../model/document.ts";
import type { LineIndex } from "./yaml/lines.ts";

/** A text of the run, as the files adapter read it. */
export interface InputText {
  readonly source: SourceText;
  /** A person named this very file: it is a candidate whatever it is called. */
  readonly explicit: boolean;
  /** Only there to resolve references: nothing is reported about it. */
  readonly context: boolean;
}

/** A text with what was made of it. */
export interface LoadedFile {
  readonly source: SourceText;
  readonly lines: LineIndex;
  readonly context: boolean;
  /** Empty where the text is no manifest. */
  readonly documents: readonly YamlDocument[];
  readonly objects: readonly KubernetesObject[];
  /** Stretches that a template generated, another time on every run; in rendered texts only. */
  readonly generated?: readonly TextSpan[];
  /** Folder of the chart that this is a template of, as it is written. */
  readonly templateOf?: string;
}
