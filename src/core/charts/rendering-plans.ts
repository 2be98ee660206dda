import picomatch from "picomatch";
import type { ChartOptions, ValuesFile } from "../../model/chart-rendering.ts";
import type { ChartConfig, ChartFlags } from "../../model/config.ts";
import type { Unreadable } from "../../model/document.ts";
import type { ChartFiles } from "../ports.ts";
import type { RenderingPlan } from "./rendered-file.ts";
import { suggestedValues } from "./values-files.ts";

/** What the configuration and the command line say about charts. */
export interface ChartSettings {
  readonly charts: readonly ChartConfig[];
  /** What the command line says, for all charts; it wins. */
  readonly flags: ChartFlags;
  readonly missingDependencies: "error" | "warn";
  readonly incomplete: "note" | "error";
  /** Values files of the command line and the configuration, by their name there. */
  readonly valuesFiles: ReadonlyMap<string, Uint8Array>;
}

/**
 * The renderings of a chart: with its own values, with each values file that its folder suggests
 * (`values-*.yaml`, `ci/*-values.yaml` …), and with the values files, flags and names that the
 * configuration or the command line gives for it. A values file that is named and not there is an
 * error.
 */
export function renderingPlans(
  folder: string,
  { key, files }: ChartFiles,
  { charts, flags, valuesFiles }: ChartSettings,
): { plans: readonly RenderingPlan[]; unreadable: readonly Unreadable[] } {
  const config = charts.findLast(({ path }) => picomatch.isMatch(folder || ".", path));
  const unreadable: Unreadable[] = [];
  const prefix = folder === "" ? "" : `${folder}/`;
  const plan = (values: readonly ValuesFile[]): RenderingPlan => ({
    values: values.map(({ name }) => name).join(", "),
    request: { key, files, options: optionsFrom(config, flags, values) },
  });
  const plans: RenderingPlan[] = [plan([])];
  for (const name of suggestedValues([...files.keys()])) {
    const data = files.get(name);
    if (data !== undefined) plans.push(plan([{ name: `${prefix}${name}`, data }]));
  }
  for (const name of [...(config?.values ?? []), ...flags.values]) {
    const inside = name.startsWith(prefix) ? files.get(name.slice(prefix.length)) : undefined;
    const data = valuesFiles.get(name) ?? inside;
    if (data === undefined) {
      unreadable.push({ uri: name, reason: "read-failed", message: "There is no such values file.", at: null });
    } else if (!plans.some(({ values }) => values === name)) {
      plans.push(plan([{ name, data }]));
    }
  }
  return { plans, unreadable };
}

function optionsFrom(config: ChartConfig | undefined, flags: ChartFlags, values: readonly ValuesFile[]): ChartOptions {
  return {
    values,
    set: [...(config?.set ?? []), ...flags.set],
    setString: [...(config?.setString ?? []), ...flags.setString],
    releaseName: flags.releaseName || (config?.releaseName ?? ""),
    namespace: flags.namespace || (config?.namespace ?? ""),
    kubeVersion: flags.kubeVersion || (config?.kubeVersion ?? ""),
    apiVersions: [...(config?.apiVersions ?? []), ...flags.apiVersions],
    // Charts whose defaults trip `required` or `fail` are the rule rather than the exception; in lint
    // mode they are judged all the same, and what they ask for is listed.
    lint: true,
    order: false,
  };
}
