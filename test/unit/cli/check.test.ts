import { describe, expect, test } from "@jest/globals";
import type { OutputFiles } from "../../../src/cli/effects.ts";
import { UsageError } from "../../../src/core/errors.ts";
import { exampleOutcome, fakeStream, run, systemError } from "./fake-effects.ts";

describe("formats", () => {
  test("each is printed once, in the order given", async () => {
    const { stdout } = await run(["--format", "github", "--format", "text", "--format", "github"]);
    expect(stdout).toBe("github pass plain\ntext pass plain\n");
  });

  test("files get theirs beside the text on standard output, without colour", async () => {
    const { stdout, files } = await run(["--output", "sarif=a.sarif", "--output", "json=out/b=c.json", "--color"]);
    expect(stdout).toBe("text pass colour\n");
    expect([...files]).toEqual([
      ["a.sarif", "sarif pass plain\n"],
      ["out/b=c.json", "json pass plain\n"],
    ]);
  });

  test("--quiet keeps quiet about a pass, in text alone", async () => {
    expect((await run(["--quiet"])).stdout).toBe("");
    expect((await run(["--quiet"], { check: async () => exampleOutcome("fail") })).stdout).toBe("text fail plain\n");
    expect((await run(["--quiet", "--format", "json"])).stdout).toBe("json pass plain\n");
  });

  test("--verbose says what was read", async () => {
    expect((await run(["--verbose"])).stderr).toBe(
      "portcullis: read 3 files with 2 objects, and 1 other texts; left out 4 binary; applied 3 rules\n",
    );
  });

  test("timings go to standard error", async () => {
    const check = async () => exampleOutcome("pass", { timings: { read: 1.25, judge: 20 } });
    expect((await run(["--timings"], { check })).stderr).toBe(
      "portcullis: read took 1.3 ms\nportcullis: judge took 20.0 ms\n",
    );
  });
});

describe("colour", () => {
  const tty = () => {
    const stdout = fakeStream({ isTTY: true });
    return { stdout, text: () => stdout.written.join("") };
  };
  test.each<readonly [argv: readonly string[], env: Record<string, string>, color: boolean]>([
    [[], {}, true],
    [[], { NO_COLOR: "1" }, false],
    [[], { NO_COLOR: "" }, true],
    [[], { TERM: "dumb" }, false],
    [[], { TERM: "dumb", FORCE_COLOR: "1" }, true],
    [[], { FORCE_COLOR: "0" }, false],
    [[], { NO_COLOR: "1", FORCE_COLOR: "1" }, true],
    [["--no-color"], { FORCE_COLOR: "1" }, false],
    [["--color"], { NO_COLOR: "1" }, true],
  ])("on a terminal: %j %j is %s", async (argv, env, color) => {
    const { stdout, text } = tty();
    await run(argv, { stdout, env });
    expect(text()).toBe(`text pass ${color ? "colour" : "plain"}\n`);
  });

  test.each<readonly [argv: readonly string[], env: Record<string, string>, color: boolean]>([
    [[], {}, false],
    [[], { FORCE_COLOR: "1" }, true],
    [[], { FORCE_COLOR: "" }, true],
    [["--color"], {}, true],
  ])("in a pipe: %j %j is %s", async (argv, env, color) => {
    expect((await run(argv, { env })).stdout).toBe(`text pass ${color ? "colour" : "plain"}\n`);
  });
});

describe("progress", () => {
  const clear = "\r\u001B[2K";

  function slow(stderr: ReturnType<typeof fakeStream>, argv: readonly string[] = [], env: Record<string, string> = {}) {
    let time = 0;
    return run(argv, {
      stderr,
      env,
      now: () => time,
      check: async ({ progress }) => {
        for (const at of [0, 900, 1000, 1050, 1100, 1101]) {
          time = at;
          progress("reading", at, 2000);
        }
        return exampleOutcome("pass");
      },
    });
  }

  test("shows after a second, ten times a second at most, and is cleared", async () => {
    const stderr = fakeStream({ isTTY: true });
    await slow(stderr);
    expect(stderr.written).toEqual([`${clear}reading 1000/2000`, `${clear}reading 1100/2000`, clear]);
  });

  test("takes a terminal that does not tell its width for an ordinary one", async () => {
    const stderr = fakeStream({ isTTY: true, columns: 0 });
    await slow(stderr);
    expect(stderr.written[0]).toBe(`${clear}reading 1000/2000`);
  });

  test("fits into the terminal", async () => {
    const stderr = fakeStream({ isTTY: true, columns: 8 });
    await slow(stderr);
    expect(stderr.written[0]).toBe(`${clear}reading`);
  });

  test.each<readonly [name: string, isTTY: boolean, argv: readonly string[], env: Record<string, string>]>([
    ["a pipe", false, [], {}],
    ["--no-progress", true, ["--no-progress"], {}],
    ["--quiet", true, ["--quiet"], {}],
    ["a dumb terminal", true, [], { TERM: "dumb" }],
  ])("%s shows none", async (_, isTTY, argv, env) => {
    const stderr = fakeStream({ isTTY });
    await slow(stderr, argv, env);
    expect(stderr.written).toEqual([]);
  });

  test("is cleared before an error is told, and says nothing afterwards", async () => {
    const stderr = fakeStream({ isTTY: true });
    let time = 0;
    let late: (stage: string, done: number, total: number) => void = () => undefined;
    await run([], {
      stderr,
      now: () => time,
      check: async ({ progress }) => {
        late = progress;
        time = 5000;
        progress("reading", 0, 0);
        throw new UsageError("no");
      },
    });
    time = 9000;
    late("reading", 1, 2);
    expect(stderr.written).toEqual([`${clear}reading`, clear, "portcullis: no\n"]);
  });
});

describe("a broken pipe", () => {
  test.each([
    ["pass", 0],
    ["fail", 1],
    ["error", 2],
  ] as const)("ends quietly with the exit code of %s, after files were written", async (verdict, exitCode) => {
    const stdout = fakeStream({ write: () => Promise.reject(systemError("EPIPE")) });
    const ran = await run(["--output", "json=a.json"], { stdout, check: async () => exampleOutcome(verdict) });
    expect(ran).toMatchObject({ exitCode, stderr: "" });
    expect(ran.files.get("a.json")).toBe(`json ${verdict} plain\n`);
  });

  test("is no error for help either, and a full disk is one", async () => {
    const broken = fakeStream({ write: () => Promise.reject(systemError("EPIPE")) });
    expect(await run(["--help"], { stdout: broken })).toMatchObject({ exitCode: 0, stderr: "" });
    const full = fakeStream({ write: () => Promise.reject(systemError("ENOSPC")) });
    expect(await run([], { stdout: full })).toMatchObject({
      exitCode: 2,
      stderr: "portcullis: cannot write to standard output\n",
    });
  });
});

describe("output files", () => {
  test("that cannot be written are told before the run", async () => {
    const openOutputs = () => Promise.reject(new UsageError("cannot write gone/a.json: its folder does not exist"));
    const ran = await run(["--output", "json=gone/a.json"], { openOutputs });
    expect(ran).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: "portcullis: cannot write gone/a.json: its folder does not exist\n",
      requests: [],
    });
  });

  test("that fail in the end make an error, whatever the verdict", async () => {
    const openOutputs = async (): Promise<OutputFiles> => ({
      write: () => Promise.reject(new UsageError("cannot write a.json: no space left")),
      discard: () => undefined,
    });
    expect(await run(["--output", "json=a.json"], { openOutputs })).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: "portcullis: cannot write a.json: no space left\n",
    });
  });
});

describe("an interruption", () => {
  test.each([130, 143])("ends with %d, prints nothing and writes nothing", async (code) => {
    const done: string[] = [];
    let finish: () => void = () => undefined;
    const ran = await run(["--output", "json=a.json"], {
      openOutputs: async () => ({
        write: async () => {
          done.push("written");
        },
        discard: () => done.push("discarded"),
      }),
      onInterrupt: (stop) => {
        setImmediate(() => stop(code));
        return () => done.push("not listening");
      },
      check: () =>
        new Promise((settle) => {
          finish = () => settle(exampleOutcome("fail"));
        }),
    });
    finish();
    await new Promise((later) => setImmediate(later));
    expect(ran).toMatchObject({ exitCode: code, stdout: "", stderr: "" });
    expect(done).toEqual(["discarded", "not listening"]);
  });

  test("is no longer listened to after the run", async () => {
    let listening = true;
    await run([], {
      onInterrupt: () => () => {
        listening = false;
      },
    });
    expect(listening).toBe(false);
  });
});
