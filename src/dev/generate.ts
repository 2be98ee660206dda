/**
 * Writes what is generated from METADATA and schemas: rule pages, the README's rule table, the
 * configuration's JSON Schema, the published report schema, and the tables of the Action's inputs and
 * outputs. With `--check` nothing is written, and what differs is an error.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parse } from "./action-yaml.ts";
import { configSchema } from "../core/config/schema.ts";
import { profilesOfRule, type RuleMetadata } from "../model/rule.ts";
import { onlyIn, rulePage, table } from "./rule-page.ts";

const check = process.argv.includes("--check");
const stale: string[] = [];

function write(path: string, content: string): void {
  const current = existsSync(path) ? readFileSync(path, "utf8") : null;
  if (current === content) return;
  if (check) {
    stale.push(path);
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

// Replaces what stands between `<!-- <name>:begin -->` and `<!-- <name>:end -->`.
function writeBetween(path: string, name: string, content: string): void {
  const text = readFileSync(path, "utf8");
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const start = text.indexOf(begin);
  const stop = text.indexOf(end);
  if (start < 0 || stop < start) throw new Error(`${path}: no place for ${name}`);
  write(path, `${text.slice(0, start + begin.length)}\n\n${content}\n\n${text.slice(stop)}`);
}

const rules = JSON.parse(readFileSync("dist/rules.json", "utf8")) as readonly RuleMetadata[];
for (const rule of rules) {
  const folder = `rego/rules/${rule.id}`;
  write(
    `${folder}/README.md`,
    rulePage(rule, readFileSync(`${folder}/bad.yaml`, "utf8"), readFileSync(`${folder}/good.yaml`, "utf8")),
  );
}
write("dist/schemas/config.schema.json", `${JSON.stringify(configSchema(rules), null, 1)}\n`);
write("dist/schemas/report.schema.json", readFileSync("src/reporters/schema/report.schema.json", "utf8"));
for (const name of ["input", "index"])
  write(`dist/schemas/${name}.schema.json`, readFileSync(`rego/schema/${name}.schema.json`, "utf8"));

writeBetween(
  "README.md",
  "rules",
  table(
    ["Rule", "Severity", "What is wrong"],
    rules.map((rule) => [
      `[\`${rule.id}\`](rego/rules/${rule.id}/README.md)`,
      `${rule.severity}${onlyIn(profilesOfRule(rule))}`,
      rule.title,
    ]),
  ),
);
const { inputs, outputs } = parse(readFileSync("action.yml", "utf8"));
writeBetween("README.md", "action-inputs", table(["Input", "Default", "Meaning"], inputs));
writeBetween("README.md", "action-outputs", table(["Output", "Meaning"], outputs));

if (stale.length > 0) {
  process.stderr.write(`out of date, run \`npm run generate\`:\n${stale.map((path) => `  ${path}`).join("\n")}\n`);
  process.exitCode = 1;
}
