import type { Command } from "commander";
import type { ChartFlags } from "../model/config.ts";
import { repeated } from "./options.ts";

/** The options that say what charts are rendered with; absent ones leave it to the config or to Helm. */
export interface ChartOptions {
  readonly values?: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly kubeVersion?: string;
  readonly apiVersions?: readonly string[];
  readonly namespace?: string;
  readonly releaseName?: string;
}

/** Adds the options to a command, named and written as those of `helm template`. */
export function addChartOptions(command: Command): Command {
  return command
    .option("-f, --values <file>", "render charts with this values file; can be repeated", separated)
    .option("--set <key=value>", "render charts with this value; can be repeated", repeated(String))
    .option("--set-string <key=value>", "the same for a value that stays a text", repeated(String))
    .option("--kube-version <version>", "version of Kubernetes that charts see")
    .option("--api-versions <version>", "API version that charts see besides the usual; can be repeated", separated)
    .option("--namespace <name>", "namespace of the charts' releases")
    .option("--release-name <name>", "name of the charts' releases");
}

/** What the options say, with what is absent left empty. */
export function chartFlags(options: ChartOptions): ChartFlags {
  return {
    values: options.values ?? [],
    set: options.set ?? [],
    setString: options.setString ?? [],
    kubeVersion: options.kubeVersion ?? "",
    apiVersions: options.apiVersions ?? [],
    namespace: options.namespace ?? "",
    releaseName: options.releaseName ?? "",
  };
}

/** As Helm reads these flags: several in one, separated by commas. */
function separated(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...value.split(",").filter((part) => part !== "")];
}
