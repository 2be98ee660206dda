import { isJsonObject, type Json } from "../../model/json.ts";
import type { PendingChange } from "../../model/report.ts";
import { parseYaml } from "../yaml/parse.ts";
import { toValue } from "../yaml/value.ts";

/** A file that steers the gate, as base and head have it; `null` where it is not there. */
export interface SteeringFile {
  readonly uri: string;
  readonly base: string | null;
  readonly head: string | null;
}

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
/** The baseline at the root. */
export const BASELINE_NAME = ".portcullis-baseline.json";

/** Whether a file of that name may steer the gate: its configuration, its baseline, a workflow. */
export function maySteer(uri: string, configFiles: readonly string[]): boolean {
  return configFiles.includes(uri) || uri === BASELINE_NAME || WORKFLOW.test(uri);
}

/**
 * What a change does to the gate itself. Settings take effect after the merge; a workflow that runs the gate, or
 * ran it, is reported because whoever can change it can drop the gate. Keys are named, values are not.
 */
export function pendingChanges(
  files: readonly SteeringFile[],
  configFiles: readonly string[],
): readonly PendingChange[] {
  return files
    .filter(({ base, head }) => base !== head)
    .flatMap((file): readonly PendingChange[] => {
      const { uri } = file;
      if (configFiles.includes(uri)) return [{ uri, kind: "settings", message: settingsMessage(file) }];
      if (uri === BASELINE_NAME)
        return [{ uri, kind: "settings", message: "The baseline changes; it takes effect after merge." }];
      return mentionsGate(file) ? [{ uri, kind: "workflow", message: workflowMessage(file) }] : [];
    })
    .sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

function mentionsGate({ base, head }: SteeringFile): boolean {
  return [base, head].some((text) => text !== null && /portcullis/i.test(text));
}

function workflowMessage({ base, head }: SteeringFile): string {
  if (head === null) return "The workflow that runs the gate is removed.";
  if (base === null) return "A workflow that runs the gate is added.";
  return /portcullis/i.test(head)
    ? "The workflow that runs the gate changes: see that its step, its inputs and its conditions are still what they should be."
    : "The workflow no longer runs the gate.";
}

function settingsMessage({ base, head }: SteeringFile): string {
  if (base === null) return "The configuration is added; it takes effect after merge, until then the defaults count.";
  if (head === null) return "The configuration is removed; it counts until the merge.";
  const keys = changedKeys(valueOf(base), valueOf(head), "", 0);
  const shown = keys.slice(0, MOST_KEYS).map((key) => `\`${key}\``);
  const more = keys.length > MOST_KEYS ? ` and ${keys.length - MOST_KEYS} more` : "";
  return shown.length === 0
    ? "The configuration changes in what has no effect, such as comments."
    : `The configuration changes in ${shown.join(", ")}${more}; it takes effect after merge.`;
}

const MOST_KEYS = 20;
/** `rules.<rule>` is the deepest that is named. */
const DEEPEST = 2;

function changedKeys(base: Json, head: Json, prefix: string, depth: number): readonly string[] {
  if (JSON.stringify(base) === JSON.stringify(head)) return [];
  if (depth === DEEPEST || !isJsonObject(base) || !isJsonObject(head)) return prefix === "" ? [] : [prefix];
  return [...new Set([...Object.keys(base), ...Object.keys(head)])].sort().flatMap((key) => {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    return changedKeys(own(base, key), own(head, key), name, depth + 1);
  });
}

function own(value: Json, key: string): Json {
  return isJsonObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

function valueOf(text: string): Json {
  const parsed = parseYaml(text);
  const [document] = parsed.kind === "documents" ? parsed.documents : [];
  return document === undefined ? {} : (toValue(document.root) ?? {});
}
