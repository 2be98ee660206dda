import { describe, expect, test } from "@jest/globals";
import { collectSchemaDefaults, isValuesSchema } from "../../../../src/core/charts/schema-defaults.ts";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";

function loadAll(texts: Readonly<Record<string, string>>, isValues?: (uri: string) => boolean) {
  const inputs = Object.entries(texts).map(([uri, text]) => ({
    source: { uri, text },
    explicit: false,
    context: false,
  }));
  return load(inputs, new Memory(), isValues).files;
}

const CHART = "apiVersion: v2\nname: a\nversion: 1.0.0\n";

describe("sources of a chart", () => {
  test("are told of with their chart, in one unit", () => {
    const files = loadAll({
      "apps/a/Chart.yaml": CHART,
      "apps/a/templates/x.yaml": "{{ .Values.a }}",
      "apps/a/charts/b/Chart.yaml": CHART,
      "apps/a/charts/b/templates/deep/_y.tpl": "{{ .Values.b }}",
      "apps/a/charts/b/values.yaml": "a: b\n",
      "apps/a/nested/Chart.yaml": CHART,
      "apps/a/nested/templates/z.yaml": "{{ .Values.c }}",
      "values.yaml": "a: b\n",
    });
    const seen = files.flatMap(({ source, objects, templateOf }) =>
      objects.map(({ kind, units }) => [source.uri, kind, units, templateOf]),
    );
    expect(seen).toEqual([
      ["apps/a/Chart.yaml", "HelmChartFile", ["chart-source:apps/a"], undefined],
      ["apps/a/templates/x.yaml", "HelmTemplate", ["chart-source:apps/a"], "apps/a"],
      ["apps/a/charts/b/templates/deep/_y.tpl", "HelmTemplate", ["chart-source:apps/a"], "apps/a/charts/b"],
      ["apps/a/charts/b/values.yaml", "HelmValues", ["chart-source:apps/a"], undefined],
      ["apps/a/nested/Chart.yaml", "HelmChartFile", ["chart-source:apps/a/nested"], undefined],
      ["apps/a/nested/templates/z.yaml", "HelmTemplate", ["chart-source:apps/a/nested"], "apps/a/nested"],
    ]);
  });

  test("may lie at the root", () => {
    const files = loadAll({
      "Chart.yaml": CHART,
      "templates/x.yaml": "{{ 1 }}",
      "charts/b/Chart.yaml": CHART,
      "charts/b/templates/y.yaml": "{{ 1 }}",
    });
    expect(
      files.flatMap(({ templateOf, objects }) => (templateOf === undefined ? [] : [[templateOf, objects[0]?.units]])),
    ).toEqual([
      ["", ["chart-source:."]],
      ["charts/b", ["chart-source:."]],
    ]);
  });

  test("may be values elsewhere, unless they are manifests", () => {
    const manifest = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n";
    const files = loadAll({ "env/prod.yaml": "a: b\n", "env/secret.yaml": manifest, "other.yaml": "a: b\n" }, (uri) =>
      uri.startsWith("env/"),
    );
    expect(files.flatMap(({ objects }) => objects.map(({ kind, units }) => [kind, units]))).toEqual([
      ["HelmValues", ["values:env/prod.yaml"]],
      ["Secret", ["loose"]],
    ]);
  });
});

describe("defaults of values schemas", () => {
  function defaults(schema: object | string): readonly unknown[] {
    const text = typeof schema === "string" ? schema : JSON.stringify(schema);
    return loadAll({ "Chart.yaml": CHART, "values.schema.json": text }).flatMap(({ source, lines, objects }) =>
      objects
        .flatMap((object) => collectSchemaDefaults(object, lines, {}, new Memory().nextEvidence))
        .map(({ keyName, class: found, path, range }) => ({
          keyName,
          found,
          path: path.join("."),
          text: source.text.slice(range.start.offset, range.end.offset),
        })),
    );
  }

  test("are judged under the name of their property", () => {
    expect(
      defaults({
        properties: {
          auth: {
            properties: {
              password: { type: "string", default: "letmein" },
              tokens: { items: { properties: { token: { const: "Zu7-mellow-33" } } } },
            },
          },
          other: { $ref: "#/$defs/db", anyOf: [{ properties: { passphrase: { default: "letmein" } } }] },
        },
        $defs: { db: { properties: { password: { anyOf: [{ default: "admin" }] } } } },
      }),
    ).toEqual([
      { keyName: "password", found: "weak", path: "properties.auth.properties.password.default", text: "letmein" },
      {
        keyName: "token",
        found: "likely",
        path: "properties.auth.properties.tokens.items.properties.token.const",
        text: "Zu7-mellow-33",
      },
      {
        keyName: "passphrase",
        found: "weak",
        path: "properties.other.anyOf.0.properties.passphrase.default",
        text: "letmein",
      },
      { keyName: "password", found: "weak", path: "$defs.db.properties.password.anyOf.0.default", text: "admin" },
    ]);
  });

  test("are none where nothing is given", () => {
    expect(
      defaults({
        default: "letmein",
        properties: {
          password: { type: "string", default: "", description: "letmein", examples: ["letmein"], pattern: "letmein" },
          token: { default: null },
          user: { default: "admin" },
          default: { type: "string", const: "admin" },
        },
      }),
    ).toEqual([]);
    expect(defaults("[]")).toEqual([]);
  });

  test("do not multiply by aliases", () => {
    const names = Array.from(
      { length: 30 },
      (_, index) => `  p${index + 1}: &a${index + 1} {properties: {x: *a${index}, y: *a${index}}}`,
    );
    expect(
      defaults(
        `properties:\n  p0: &a0 {properties: {password: {default: letmein}}}\n${names.slice(0, 8).join("\n")}\n`,
      ),
    ).toHaveLength(1);
  });

  test.each(["values.schema.json", "a/values.schema.yaml", "values-x.schema.json"])("%s is a schema", (uri) =>
    expect(isValuesSchema(uri)).toBe(true),
  );
  test.each(["values.yaml", "schema.json", "values.schema.json/a", "myvalues.schema.json"])("%s is none", (uri) =>
    expect(isValuesSchema(uri)).toBe(false),
  );
});
