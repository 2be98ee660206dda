import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { formats } from "../../src/reporters/index.ts";
import { runCli } from "../support/cli.ts";
import { createFolder } from "../support/repository.ts";
import { BROKEN, CONFIGS, PLACES } from "./canary/places.ts";
import { FORMATS, leakFinder, Planter, type Planted } from "./canary/tokens.ts";

// Processes of their own take their time where the machine has other things to do.
jest.setTimeout(60_000);

/** Everything that a run said, by where it said it. */
interface Said {
  readonly exitCode: number | null;
  readonly texts: Readonly<Record<string, string>>;
  readonly planted: readonly Planted[];
}

/** Judges a repository with a secret of every kind in every place, with a report in every format. */
async function judge(planter: Planter, args: readonly string[]): Promise<Said> {
  const folder = createFolder(Object.fromEntries([...PLACES, ...BROKEN].map((place) => place(planter))));
  const outputs = formats.flatMap((format) => ["--output", `${format}=report.${format}`]);
  const { exitCode, stdout, stderr } = await runCli([".", ...outputs, ...args], { cwd: folder });
  const files = formats.map((format) => [format, readFileSync(join(folder, `report.${format}`), "utf8")]);
  return { exitCode, texts: { stdout, stderr, ...Object.fromEntries(files) }, planted: planter.planted };
}

const VERBOSITIES = {
  "as it is": [],
  verbose: ["--verbose", "--all-text", "--color", "--profile", "strict"],
  quiet: ["--quiet", "--profile", "agents"],
} as const;

test.each(Object.entries(VERBOSITIES))("no part of a secret is in anything that a run says, %s", async (_, args) => {
  const { exitCode, texts, planted } = await judge(new Planter("a"), args);
  expect(exitCode).toBe(2);
  const leaks = leakFinder(planted);
  const found = Object.entries(texts).map(([where, text]) => [where, leaks(text)]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(Object.keys(texts).map((where) => [where, []])));
});

describe("what a run says does not depend on a secret's characters, length or digest", () => {
  // Which of the others looks like a secret depends on its characters: one may begin as a path does.
  const kinds = [...FORMATS, "password"];
  let first: Said;
  let second: Said;

  beforeAll(async () => {
    [first, second] = [await judge(new Planter("a", kinds), []), await judge(new Planter("b", kinds), [])];
  });

  test("the two repositories differ in every secret, and in lengths", () => {
    const texts = first.planted.map(({ text }) => text);
    const others = second.planted.map(({ text }) => text);
    expect(texts).toHaveLength(others.length);
    expect(texts.filter((text, index) => text === others[index])).toEqual([]);
    expect(texts.some((text, index) => text.length !== others[index]?.length)).toBe(true);
  });

  test.each(["stdout", "stderr", ...formats])("%s", (where) => {
    expect(first.texts[where]).toBe(second.texts[where]);
  });
});

test("a mistake in the configuration is told without what stands there", async () => {
  const planter = new Planter("a");
  const runs = CONFIGS.map(async (config) => {
    const [path, text] = config(planter);
    const { exitCode, stdout, stderr } = await runCli(["--verbose"], { cwd: createFolder({ [path]: text }) });
    return { text, exitCode, said: stdout + stderr };
  });
  for (const { text, exitCode, said } of await Promise.all(runs)) {
    expect({ text, exitCode }).toEqual({ text, exitCode: 2 });
    expect(leakFinder(planter.planted)(said)).toEqual([]);
  }
});

test("the search finds what it looks for", () => {
  const planter = new Planter("a");
  const token = planter.token("github-token", "here");
  const leaks = leakFinder(planter.planted);
  const part = token.slice(20, 27);
  for (const text of [part, Buffer.from(`x${token}`).toString("base64"), Buffer.from(token).toString("hex")]) {
    expect(leaks(`… ${text} …`)).toEqual(["github-token in here"]);
  }
  expect(leaks("ghp_")).toEqual([]);
});
