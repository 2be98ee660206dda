import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { formats } from "../../src/reporters/index.ts";
import { runCli } from "../support/cli.ts";
import { createFolder } from "../support/repository.ts";
import { BROKEN, PLACES } from "./canary/places.ts";
import { Planter, leakFinder, type Planted } from "./canary/tokens.ts";

/** Everything that a run said, by where it said it. */
type Said = Readonly<Record<string, string>>;

const ways = {
  plain: [],
  verbose: ["--verbose", "--all-text", "--color"],
  quiet: ["--quiet", "--profile", "strict"],
} as const;

async function judge(seed: "a" | "b", args: readonly string[]): Promise<{ said: Said; planted: readonly Planted[] }> {
  const planter = new Planter(seed);
  const folder = createFolder(Object.fromEntries([...PLACES, ...BROKEN].map((place) => place(planter))));
  const outputs = formats.flatMap((format) => ["--output", `${format}=../report.${format}`]);
  const cwd = join(folder, "kustomize");
  const { stdout, stderr } = await runCli(["..", ...outputs, ...args], { cwd });
  const files = formats.map((format) => [format, readFileSync(join(folder, `report.${format}`), "utf8")]);
  return { said: { stdout, stderr, ...Object.fromEntries(files) }, planted: planter.planted };
}
test("x", async () => {
  const {said, planted} = await judge("a", ways.plain);
  const b = await judge("b", ways.plain);
  const { writeFileSync, mkdirSync } = await import("node:fs"); mkdirSync("/tmp/e/canary/a",{recursive:true}); mkdirSync("/tmp/e/canary/b",{recursive:true});
  for (const [k,v] of Object.entries(said)) writeFileSync("/tmp/e/canary/a/"+k, v);
  for (const [k,v] of Object.entries(b.said)) writeFileSync("/tmp/e/canary/b/"+k, v);
  const find = leakFinder(planted);
  writeFileSync("/tmp/e/canary/leaks", Object.entries(said).map(([k,v])=>k+": "+find(v).join("; ")).join("\n"));
  expect(planted.length).toBe(0);
}, 60000);
void beforeAll; void describe; void createHash;
