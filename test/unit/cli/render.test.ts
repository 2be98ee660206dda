import { describe, expect, test } from "@jest/globals";
import type { ChartRendering } from "../../../src/model/chart-rendering.ts";
import type { RenderOutcome, RenderRequest } from "../../../src/model/render-request.ts";
import { NO_CHART_FLAGS } from "../../../src/core/config/effective.ts";
import { UsageError } from "../../../src/core/errors.ts";
import { fakeStream, run, type Ran } from "./fake-effects.ts";

const file = { path: "templates/a.yaml", archive: null };
const packed = { path: "templates/p.yaml", archive: "charts/p-1.0.0.tgz" };
const text = "password: hunter2\nk: \u001b[31m\u009b\u202e\n";
const good: ChartRendering = {
  name: "app",
  templates: [
    {
      name: "app/templates/a.yaml",
      file,
      text,
      origins: [
        { start: 0, line: 3, precision: "exact", helper: null },
        { start: 18, line: 4, precision: "enclosing", helper: { name: "h", file: packed, line: 7 } },
      ],
      generated: [{ start: 10, end: 17 }],
    },
  ],
  manifests: [{ template: 0, start: 0, end: text.length, hook: false }],
  failures: [],
  missing: [],
  missingDependencies: [],
};

function outcome(rendering: Partial<ChartRendering>, parts: Partial<RenderOutcome> = {}): RenderOutcome {
  return {
    rendering: { ...good, ...rendering },
    unreadable: [],
    folder: "deploy/app",
    displayPath: ({ path, archive }) => `deploy/app/${archive ?? path}`,
    displayUri: (uri) => `./${uri}`,
    ...parts,
  };
}

async function render(
  argv: readonly string[],
  result: RenderOutcome = outcome({}),
  isTTY = false,
): Promise<Ran & { asked: readonly RenderRequest[] }> {
  const asked: RenderRequest[] = [];
  const stdout = fakeStream({ isTTY });
  const ran = await run(["render", ...argv], {
    stdout,
    render: async (request) => {
      asked.push(request);
      return result;
    },
  });
  return { ...ran, stdout: stdout.written.join(""), asked };
}

describe("render", () => {
  test("prints what is judged, as it is", async () => {
    const ran = await render(["app"]);
    expect(ran).toMatchObject({ exitCode: 0, stderr: "", stdout: `---\n# Source: app/templates/a.yaml\n${text}` });
    expect(ran.asked).toEqual([{ cwd: "/work", chart: "app", flags: NO_CHART_FLAGS }]);
  });

  test("hands over the flags", async () => {
    const { asked } = await render(["app", "-f", "a.yaml", "-f", "b.yaml", "--set", "x=1", "--namespace", "ns"]);
    expect(asked[0]?.flags).toEqual({ ...NO_CHART_FLAGS, values: ["a.yaml", "b.yaml"], set: ["x=1"], namespace: "ns" });
  });

  test("sends no control characters to a terminal", async () => {
    const { stdout } = await render(["app"], outcome({}), true);
    expect(stdout).toBe("---\n# Source: app/templates/a.yaml\npassword: hunter2\nk: \uFFFD[31m\uFFFD\uFFFD\n");
  });

  test("--provenance json says where each line comes from", async () => {
    const { stdout, exitCode } = await render(["app", "--provenance", "json"]);
    expect(exitCode).toBe(0);
    const a = "deploy/app/templates/a.yaml";
    expect(JSON.parse(stdout)).toEqual({
      chart: "app",
      lines: [
        { line: 1, text: "---", template: null, helper: null, precision: null },
        {
          line: 2,
          text: "# Source: app/templates/a.yaml",
          template: { file: a, line: null },
          helper: null,
          precision: "file",
        },
        {
          line: 3,
          text: "password: hunter2",
          template: { file: a, line: 3 },
          helper: null,
          precision: "exact",
          generated: true,
        },
        {
          line: 4,
          text: "k: \u001b[31m\u009b\u202e",
          template: { file: a, line: 4 },
          helper: { name: "h", file: "deploy/app/charts/p-1.0.0.tgz", member: "templates/p.yaml", line: 7 },
          precision: "enclosing",
        },
      ],
    });
    // A line each, without anything that a terminal acts on.
    expect(stdout.split("\n")).toHaveLength(3 + 4 + 3);
    expect(stdout).not.toMatch(/[\u001b\u009b\u202e]/);
  });

  test("says on standard error what could not be rendered, and prints the rest", async () => {
    const ran = await render(
      ["app"],
      outcome(
        {
          failures: [
            {
              kind: "template",
              place: { file, line: 9 },
              message: "no template x",
              through: [{ file: packed, line: 2 }],
            },
            { kind: "load", place: { file: packed, line: 1 }, message: "the archive is damaged", through: [] },
          ],
          missingDependencies: [{ name: "db", version: "1.x", repository: "https://example.com" }],
        },
        {
          unreadable: [
            { uri: "app/templates/out.yaml", reason: "outside-root", message: "The link leaves the root.", at: null },
          ],
        },
      ),
    );
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toContain("hunter2");
    expect(ran.stderr.split("\n")).toEqual([
      "portcullis: ./app/templates/out.yaml: The link leaves the root.",
      "portcullis: deploy/app/templates/a.yaml:9: no template x (through deploy/app/charts/p-1.0.0.tgz (templates/p.yaml:2))",
      "portcullis: deploy/app/charts/p-1.0.0.tgz (templates/p.yaml:1): the archive is damaged",
      "portcullis: deploy/app/Chart.yaml: the dependency db 1.x is declared but not in charts/; run helm dependency build deploy/app",
      "",
    ]);
  });

  test("says which values are missing, which is no error", async () => {
    const missing: ChartRendering["missing"] = [
      { place: { file, line: 2 }, function: "required", message: "give a host" },
      { place: null, function: "fail", message: "…" },
    ];
    const ran = await render(["app"], outcome({ missing }));
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr.split("\n")).toEqual([
      "portcullis: deploy/app/templates/a.yaml:2: rendered without a value that the chart asks for (required): give a host",
      "portcullis: deploy/app: rendered without a value that the chart asks for (fail): …",
      "",
    ]);
  });

  test("prints nothing of a chart that could not be loaded", async () => {
    const failures: ChartRendering["failures"] = [
      {
        kind: "load",
        place: { file: { path: "Chart.yaml", archive: null }, line: 1 },
        message: "is no YAML",
        through: [],
      },
    ];
    const ran = await render(["app"], outcome({ name: "", templates: [], manifests: [], failures }));
    expect(ran).toMatchObject({ exitCode: 2, stdout: "", stderr: "portcullis: deploy/app/Chart.yaml:1: is no YAML\n" });
  });

  test("wrong usage is said in one line", async () => {
    const refuse = async () => {
      throw new UsageError('"app" is no chart: it has no Chart.yaml');
    };
    const ran = await run(["render", "app"], { render: refuse });
    expect(ran).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: 'portcullis: "app" is no chart: it has no Chart.yaml\n',
    });
  });

  test("--help warns of what it shows", async () => {
    const { stdout, exitCode } = await render(["--help"]);
    expect(exitCode).toBe(0);
    for (const part of ["Usage: portcullis render", "--provenance", "--set-string", "secrets included"])
      expect(stdout).toContain(part);
  });
});
