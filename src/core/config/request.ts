import type { CheckRequest } from "../../model/check-request.ts";
import { NO_CHART_FLAGS } from "./effective.ts";

/** A run over everything in `cwd` as the configuration says, but for what `more` asks. */
export function requestFor(cwd: string, more: Partial<Omit<CheckRequest, "cwd">> = {}): CheckRequest {
  return {
    cwd,
    paths: [],
    exclude: [],
    allText: false,
    requireObjects: false,
    withReferences: false,
    configFile: null,
    failOn: null,
    failOnAtLeast: null,
    profile: null,
    maxFileSize: null,
    chart: NO_CHART_FLAGS,
    fetchDependencies: false,
    base: null,
    approvedWaivers: false,
    shard: null,
    frameworks: [],
    rotation: false,
    timings: false,
    progress: () => undefined,
    ...more,
  };
}
