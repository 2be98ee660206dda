/**
 * Real charts, where `PORTCULLIS_CORPUS` names a folder of them: how many rendered lines map to a line
 * of a template, and how well. Skipped without one.
 */
import { describe, expect, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RenderedTemplate } from "../../src/model/chart-rendering.ts";
import { requestFor, testRenderer } from "../support/helm-renderer.ts";

const CORPUS = process.env["PORTCULLIS_CORPUS"];

function chartFolders(root: string): string[] {
  const folders = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("/Chart.yaml"))
    .map((path) => join(root, dirname(path)))
    .sort();
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`)));
}

type Counts = Record<"exact" | "enclosing" | "file", number>;

/** Counts the lines with something on them by the precision of their first visible character. */
function count({ text, origins }: RenderedTemplate, counts: Counts): void {
  let at = 0;
  let offset = 0;
  for (const line of text.split("\n")) {
    const visible = line.search(/\S/);
    if (visible >= 0) {
      while (at + 1 < origins.length && (origins[at + 1]?.start ?? 0) <= offset + visible) at++;
      counts[origins[at]?.precision ?? "file"]++;
    }
    offset += line.length + 1;
  }
}

(CORPUS === undefined ? describe.skip : describe)("real charts", () => {
  test("render, and their lines map to lines of templates", async () => {
    const renderer = await testRenderer();
    const counts: Counts = { exact: 0, enclosing: 0, file: 0 };
    const report: string[] = [];
    try {
      for (const folder of chartFolders(CORPUS ?? "")) {
        const rendering = await renderer.render(await requestFor(folder, { lint: true, order: false }));
        expect(rendering.failures).toEqual([]);
        for (const template of rendering.templates) count(template, counts);
        const absent = rendering.missingDependencies.map(({ name }) => name);
        report.push(
          `${folder}: ${rendering.templates.length} templates${absent.length > 0 ? `, without ${absent.join(", ")}` : ""}`,
        );
      }
    } finally {
      await renderer.close();
    }
    const all = counts.exact + counts.enclosing + counts.file;
    report.push(`${all} lines: ${counts.exact} exact, ${counts.enclosing} enclosing, ${counts.file} file`);
    process.stdout.write(`${report.join("\n")}\n`);
    expect(counts.file).toBeLessThanOrEqual(all / 100);
  }, 120_000);
});
