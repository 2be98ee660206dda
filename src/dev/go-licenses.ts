/** The licences of the Go modules that a program is built from. */
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const LICENSE = /^(?:LICEN[CS]E|COPYING|NOTICE)(?:[.-].*)?$/i;

/**
 * Texts of the licences of all modules outside of this repository that `target`, a package of the
 * module in `folder`, holds when it is built for WebAssembly, and of Go's own library. Equal texts
 * stand once. Throws where a module has none.
 */
export function goLicenses(folder: string, target: string): string {
  const list = (format: string): string[] =>
    execFileSync("go", ["list", "-deps", "-f", format, target], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GOOS: "js", GOARCH: "wasm" },
    })
      .split("\n")
      .filter((line) => line !== "");
  const modules = [
    ...new Set(list("{{with .Module}}{{if not (or .Main .Replace)}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}")),
  ].sort();
  const root = execFileSync("go", ["env", "GOROOT"], { cwd: folder, encoding: "utf8" }).trim();
  const byText = new Map<string, string[]>();
  for (const line of [`Go's standard library\t${resolve(root)}`, ...modules]) {
    const [name, at] = line.split("\t") as [string, string];
    const files = readdirSync(at)
      .filter((file) => LICENSE.test(file))
      .sort();
    if (files.length === 0) throw new Error(`${name} has no licence`);
    const text = files.map((file) => readFileSync(join(at, file), "utf8").replaceAll("\r\n", "\n").trim()).join("\n\n");
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  return [...byText].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`).join("\n----\n\n");
}
