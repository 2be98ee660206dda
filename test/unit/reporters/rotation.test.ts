import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "@jest/globals";
import type { RotationEntry } from "../../../src/model/rotation.ts";
import { formats, reporters } from "../../../src/reporters/index.ts";
import { renderMarkdownWithin } from "../../../src/reporters/markdown.ts";
import { context, report, rotation } from "./sample-report.ts";

const schema = JSON.parse(readFileSync("src/reporters/schema/report.schema.json", "utf8")) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

const DB: RotationEntry = {
  kind: "Secret",
  namespace: "shop",
  name: "db",
  unit: "loose",
  producers: [
    {
      object: { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", namespace: "shop", name: "db" },
      how: "ExternalSecret",
      uri: "deploy/db.yaml",
      line: 4,
      renewal: "synced every 1h",
    },
  ],
  consumers: [
    {
      object: { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "api" },
      mode: "env",
      uri: "deploy/api.yaml",
      line: null,
      notices: "only when it restarts",
    },
  ],
  missing: ["consumer does not notice: Deployment api"],
};

const render = (format: keyof typeof reporters, entries: readonly RotationEntry[] | null) =>
  reporters[format](report({ rotation: entries }), context());

describe("the rotation view", () => {
  test("as text", () => {
    expect(render("text", [DB])).toContain(
      [
        "Rotation",
        "  Secret shop/db",
        "    made by ExternalSecret shop/db, deploy/db.yaml:4: synced every 1h",
        "    used by Deployment shop/api as env, deploy/api.yaml: only when it restarts",
        "    missing: consumer does not notice: Deployment api",
      ].join("\n"),
    );
    expect(render("text", [])).toContain("Rotation\n  no secret is declared or used");
  });

  test("as a table", () => {
    expect(render("markdown", [DB])).toContain(
      "### Rotation\n\n| Secret | Made by | Renewed | Used by | Notices | Missing |",
    );
    expect(render("markdown", [DB])).toContain(
      "| Secret shop/db | ExternalSecret shop/db <code>deploy/db.yaml&#58;4</code> |",
    );
  });

  test("as JSON, which its schema knows", () => {
    const json = JSON.parse(render("json", [DB])) as { rotation: unknown };
    expect(validate(json)).toBe(true);
    expect(json.rotation).toMatchObject([{ name: "db", producers: [{ file: "deploy/db.yaml", line: 4 }] }]);
  });

  test.each(formats)("is not in %s where nobody asked", (format) => {
    expect(render(format, null)).not.toMatch(/rotation"|^(?:### )?Rotation$/m);
  });

  test("is bounded: what is left out is counted", () => {
    const many = rotation("x", 25);
    expect(render("text", many)).toContain("    used by 5 more\n");
    expect(render("markdown", many)).toContain("<br>5 more |");
    const page = renderMarkdownWithin(report({ rotation: Array.from({ length: 500 }, () => DB) }), context(), 20_000);
    expect(page).toMatch(/Left out here for size: \d+ secrets/);
  });
});
