/** The engine in WebAssembly against Helm itself, and against charts that mean harm. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { HelmRenderer } from "../../src/adapters/helm/renderer.ts";
import type { ChartRendering, RenderedTemplate } from "../../src/model/chart-rendering.ts";
import { requestFor, requestOf, testRenderer } from "../support/helm-renderer.ts";

const HELM = resolve(".cache/bin/helm");
const FIXTURES = readdirSync("fixtures/charts").map((name) => join("fixtures/charts", name));

const REFUSED = new Set(["broken", "incomplete", "too-new"].map((name) => join("fixtures/charts", name)));

let renderer: HelmRenderer;
beforeAll(async () => {
  renderer = await testRenderer();
}, 60_000);
afterAll(() => renderer.close());

/** A rendering as `helm template` prints it. */
function print({ templates, manifests }: ChartRendering): string {
  const piece = ({ template, start, end }: ChartRendering["manifests"][number]): string => {
    const { name, text } = templates[template] as RenderedTemplate;
    return `---\n# Source: ${name}\n${text.slice(start, end)}\n`;
  };
  const [plain, hooks] = [false, true].map((hook) =>
    manifests
      .filter((each) => each.hook === hook)
      .map(piece)
      .join(""),
  );
  return `${plain?.trim() ?? ""}\n${hooks ?? ""}`;
}

function helmTemplate(folder: string): string {
  return execFileSync(HELM, ["template", "--kube-version", "1.33.0", folder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, TZ: "UTC" },
  });
}

/** The lines that hold something generated. */
function generatedLines(templates: readonly RenderedTemplate[]): Set<string> {
  const lines = new Set<string>();
  for (const { text, generated } of templates) {
    for (const { start, end } of generated) {
      const from = text.lastIndexOf("\n", start - 1) + 1;
      const to = text.indexOf("\n", end);
      for (const line of text.slice(from, to < 0 ? undefined : to).split("\n")) lines.add(line);
    }
  }
  return lines;
}

(existsSync(HELM) ? describe : describe.skip)("renders as helm template does", () => {
  test.each(FIXTURES.filter((folder) => !REFUSED.has(folder)))(
    "%s",
    async (folder) => {
      const rendering = await renderer.render(await requestFor(folder));
      expect(rendering.failures).toEqual([]);
      const generated = generatedLines(rendering.templates);
      const blank = (line: string, own: string | undefined) => (own !== undefined && generated.has(own) ? "" : line);
      const got = print(rendering).split("\n");
      const wanted = helmTemplate(folder).split("\n");
      expect(got.map((line) => blank(line, line))).toEqual(wanted.map((line, index) => blank(line, got[index])));
    },
    60_000,
  );

  test.each([...REFUSED])(
    "%s is refused, as Helm does",
    async (folder) => {
      const { failures, missingDependencies } = await renderer.render(await requestFor(folder));
      expect(() => helmTemplate(folder)).toThrow("Command failed");
      expect(failures.length + missingDependencies.length).toBeGreaterThan(0);
    },
    60_000,
  );
});

describe("values", () => {
  test("schemas are checked with the merged values, without quoting them", async () => {
    const request = await requestFor("fixtures/charts/schema", {
      values: [{ name: "values-bad.yaml", data: new TextEncoder().encode("password: C4N4RY\n") }],
    });
    const { failures } = await renderer.render(request);
    expect(failures).toEqual([
      {
        kind: "schema",
        place: { file: { path: "values.schema.json", archive: null }, line: 1 },
        message: "the values don't fit the schema: at password, the value breaks pattern",
        through: [],
      },
    ]);
  });

  test("the leaves that feed a scalar are found", async () => {
    const request = await requestFor("fixtures/charts/features");
    const feeds = await renderer.feeding(request, [
      { template: "features/templates/secret.yaml", document: 0, path: ["data", "password"], text: null, part: "" },
      {
        template: "features/charts/packed/templates/secret.yaml",
        document: 0,
        path: ["stringData", "password"],
        text: null,
        part: "",
      },
      { template: "features/templates/secret.yaml", document: 0, path: ["kind"], text: null, part: "" },
    ]);
    expect(feeds.map((each) => each.map(({ source, at }) => ({ source, at })))).toEqual([
      [{ source: { kind: "chart", file: { path: "values.yaml", archive: null } }, at: ["database", "password"] }],
      [
        {
          source: { kind: "chart", file: { path: "values.yaml", archive: "charts/packed-2.0.0.tgz" } },
          at: ["password"],
        },
      ],
      [],
    ]);
  });

  test("what required and fail ask for is listed in lint mode", async () => {
    const { failures, missing, templates } = await renderer.render(
      await requestFor("fixtures/charts/incomplete", { lint: true }),
    );
    expect(failures).toEqual([]);
    expect(templates).toHaveLength(1);
    expect(missing).toContainEqual({
      place: { file: { path: "templates/config.yaml", archive: null }, line: 7 },
      function: "required",
      message: "host is needed",
    });
    expect(missing).toContainEqual({ place: null, function: "required", message: "…" });
  });
});

describe("charts that mean harm", () => {
  const ENDLESS = "{{ range until 30000 }}{{ range until 30000 }}{{ end }}{{ end }}";
  const HUGE =
    '{{ $x := repeat 1000 "0123456789" }}{{ range until 100000 }}{{ $x = print $x $x }}{{ end }}{{ len $x }}';
  test.each([
    ["time", ENDLESS, "longer"],
    ["memory", HUGE, "memory|longer"],
  ])(
    "an explosion in %s ends at the limit, and other charts go on",
    async (_name, source, message) => {
      const limited = await testRenderer({ timeLimit: 8000 });
      try {
        const { failures } = await limited.render(requestOf({ "templates/x.yaml": source }));
        expect(failures).toHaveLength(1);
        expect(failures[0]).toMatchObject({ kind: "limit" });
        expect(failures[0]?.message).toMatch(new RegExp(message));
        const next = await limited.render(requestOf({ "templates/x.yaml": "a: 1\n" }));
        expect(next.templates.map(({ text }) => text)).toEqual(["a: 1\n"]);
      } finally {
        await limited.close();
      }
    },
    60_000,
  );

  test("endless recursion is a failure of the template", async () => {
    const source = '{{ define "a" }}{{ include "a" . }}{{ end }}x: {{ include "a" . }}\n';
    const { failures } = await renderer.render(requestOf({ "templates/x.yaml": source }));
    expect(failures).toHaveLength(1);
  }, 60_000);

  test("a template sees no environment, no network, no files and no clock", async () => {
    const sources = {
      "templates/a.yaml": 'a: {{ env "PATH" }}\n',
      "templates/b.yaml": 'b: {{ getHostByName "localhost" | quote }}\n',
      "templates/c.yaml": 'c: {{ .Files.Get "../../etc/passwd" | quote }}\n',
      "templates/d.yaml": 'd: {{ now | date "2006" }}\n',
    };
    const { failures, templates } = await renderer.render(requestOf(sources));
    expect(failures.map(({ message }) => message)).toEqual(['function "env" not defined']);
    expect(templates.map(({ text }) => text)).toEqual(['b: ""\n', 'c: ""\n', "d: 2025\n"]);
  });

  test("a chart that can't be loaded is a failure of the chart", async () => {
    const { failures, templates } = await renderer.render(requestOf({ "values.yaml": "secret-text: [" }));
    expect(templates).toEqual([]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ kind: "load" });
    expect(JSON.stringify(failures)).not.toContain("secret-text");
  });
});
