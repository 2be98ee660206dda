import { isAbsolute, join, relative } from "node:path";
import type { Finding, SuggestedFix } from "../model/finding.ts";
import { requestFor } from "../core/config/request.ts";
import { applyFixes } from "../core/fix/apply.ts";
import { showInvisible } from "../reporters/harmless.ts";
import { count, ruleName } from "../reporters/wording.ts";
import type { CliEffects } from "./effects.ts";
import { print } from "./print.ts";
import type { FixOptions } from "./program.ts";

type Fixable = Finding & { readonly fix: SuggestedFix };

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Runs `fix`: judges, makes the edits that need no thought in the files themselves, and says which; with `--dry-run` it
 * only says. Files are replaced whole or not at all. What was judged as other text than UTF-8 is left alone. Returns 0. Throws `UsageError`
 * and `ConfigurationError`.
 */
export async function runFix(paths: readonly string[], options: FixOptions, effects: CliEffects): Promise<number> {
  const { report, context } = await effects.check(
    requestFor(effects.cwd, { paths, configFile: options.config ?? null, profile: options.profile ?? null }),
  );
  const wanted = report.findings.filter(
    (finding): finding is Fixable =>
      finding.fix !== null &&
      finding.status === "new" &&
      ((options.rule ?? []).length === 0 || (options.rule ?? []).some((name) => isNamed(finding, name))),
  );
  const files = new Map<string, string>();
  const lines: string[] = [];
  let done = 0;
  for (const [uri, findings] of groupByFile(wanted)) {
    const shown = context.displayPath(uri);
    const text = await effects.readText(shown);
    if (text === null) continue;
    const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    const { text: edited, applied, left } = applyFixes(text.slice(mark.length), findings);
    files.set(target(effects.cwd, shown), `${mark}${edited}`);
    done += applied.length;
    lines.push(...applied.map((finding) => describe(shown, finding)));
    lines.push(
      ...left.map((finding) => `${describe(shown, finding)} (left for another run: it touches the one before)`),
    );
  }
  if (options.dryRun !== true && files.size > 0) {
    const outputs = await effects.openOutputs([...files.keys()]);
    await outputs.write(files);
  }
  const verb = options.dryRun === true ? "would be made" : "made";
  const summary =
    done === 0
      ? "Nothing to fix without thinking."
      : `${count(done, "fix", "fixes")} ${verb} in ${count(files.size, "file")}. Read the difference before you commit it.`;
  await print(effects.stdout, `${[...lines, summary].join("\n")}\n`);
  return 0;
}

function isNamed({ rule, variant }: Finding, name: string): boolean {
  return name === rule || name === ruleName({ rule, variant });
}

function describe(shown: string, finding: Fixable): string {
  const { fix } = finding;
  const what =
    fix.replacement.trim() === ""
      ? "removed"
      : fix.replacement
          .split(/\r?\n/)
          .map((line) => line.trim())
          .join(" ⏎ ");
  return showInvisible(`${shown}:${fix.startLine}  ${ruleName(finding)}  ${what}`);
}

function groupByFile(findings: readonly Fixable[]): ReadonlyMap<string, readonly Fixable[]> {
  const files = new Map<string, Fixable[]>();
  for (const finding of findings) {
    const group = files.get(finding.fix.uri);
    if (group === undefined) files.set(finding.fix.uri, [finding]);
    else group.push(finding);
  }
  return files;
}

function target(cwd: string, shown: string): string {
  return isAbsolute(shown) ? relative(cwd, shown) : relative(cwd, join(cwd, shown));
}
