import { writeBaseline } from "../core/baseline/baseline.ts";
import { BASELINE_NAME } from "../core/compare/pending.ts";
import { requestFor } from "../core/config/request.ts";
import { UsageError } from "../core/errors.ts";
import { count } from "../reporters/wording.ts";
import type { CliEffects } from "./effects.ts";
import { print } from "./print.ts";
import type { BaselineOptions } from "./program.ts";

/**
 * Runs `baseline`: judges everything and writes down, by fingerprint, what is there, so that from then on only what is new
 * counts. The file is replaced whole or not at all. Returns 0. Throws `UsageError` and `ConfigurationError`.
 */
export async function runBaseline(options: BaselineOptions, effects: CliEffects): Promise<number> {
  const { report, context } = await effects.check(
    requestFor(effects.cwd, { configFile: options.config ?? null, profile: options.profile ?? null }),
  );
  // Of a part of the repository it would forget the rest.
  if (context.displayPath(BASELINE_NAME) !== BASELINE_NAME)
    throw new UsageError("a baseline is written at the root of the repository: run it there");
  const outputs = await effects.openOutputs([BASELINE_NAME]);
  await outputs.write(new Map([[BASELINE_NAME, writeBaseline(report)]]));
  const known = report.findings.filter(({ status }) => status !== "waived");
  const secrets = known.filter(({ rule }) => rule.startsWith("secrets/")).length;
  const unreadable = report.unreadable.length;
  const lines = [
    `${BASELINE_NAME} holds ${count(known.length, "finding")}${unreadable === 0 ? "" : ` and ${count(unreadable, "entry", "entries")} that could not be judged`}. Commit it.`,
    ...(secrets === 0
      ? []
      : [
          `${secrets} of them ${secrets === 1 ? "is a secret" : "are secrets"}: still listed, and still to be revoked.`,
        ]),
  ];
  await print(effects.stdout, `${lines.join("\n")}\n`);
  return 0;
}
