import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { dump, load, loadAll } from "js-yaml";
import type { Finding } from "../../src/model/finding.ts";
import { allRules, judgeFixture, type FixtureHeader } from "../support/judge.ts";
import { readFixtureHeader } from "../support/markers.ts";
import { expandTokens } from "../support/tokens.ts";

/** The forms in which what a rule looks for reaches a cluster; a rule is shown in each that it can meet. */
type Shape = "list" | "init container" | "CronJob";

/** Rules that can't meet a shape, and why. All others are shown in it. */
const IMPOSSIBLE: Readonly<Record<Shape, Readonly<Record<string, string>>>> = {
  list: {
    "secrets/helm-values-credential-default": "reads values files and templates of charts, not objects",
  },
  "init container": {
    "audit/audit-policy-secret-handling": "reads the API server's flags, which its main container has",
    "injection/secret-volume-disk-backed": "an init container may write what it hands over; the rest is about volumes",
    "rotation/csi-rotation-off": "reads the flags of the driver's main container",
    "rotation/rotation-schedule-undeclared": "reads the flags of the Sealed Secrets controller's main container",
    "rotation/service-account-token-lifetime": "reads the API server's flags, which its main container has",
    "stores/secrets-not-encrypted-at-rest": "reads the API server's flags, which its main container has",
  },
  CronJob: {
    "audit/audit-policy-secret-handling": "the API server is no job",
    "gitops/revision-not-pinned-or-no-rollback": "a CronJob keeps no revisions",
    "orchestration/secret-store-reachability": "a secret store is no job",
    "rotation/csi-rotation-off": "a driver is no job",
    "rotation/rotated-secret-not-reloaded": "each run of a CronJob gets the secret anew",
    "stores/secrets-not-encrypted-at-rest": "the API server is no job",
  },
};

const WORKLOADS = ["Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"];

const isWorkload = ({ object }: Finding) => WORKLOADS.includes(object?.kind ?? "");

/** Which shapes a rule with these findings has to be shown in. */
const met: Readonly<Record<Shape, (finding: Finding) => boolean>> = {
  list: () => true,
  "init container": (finding) => isWorkload(finding) && finding.path.includes("containers"),
  CronJob: isWorkload,
};

/** Whether the finding stands in the document of a `List`, or of a list of one kind. */
function isInList({ location }: Finding, text: string): boolean {
  const lines = text.split("\n");
  const start = lines.lastIndexOf("---", location.range.start.line - 1);
  const end = lines.indexOf("---", location.range.start.line);
  return lines.slice(start + 1, end < 0 ? lines.length : end).some((line) => /^kind: \w*List$/.test(line));
}

function shapesOf(finding: Finding, text: string): readonly Shape[] {
  return [
    ...(isInList(finding, text) ? (["list"] as const) : []),
    ...(finding.path.includes("initContainers") ? (["init container"] as const) : []),
    ...(finding.object?.kind === "CronJob" ? (["CronJob"] as const) : []),
  ];
}

async function judge(rule: string, name: string, change = (text: string) => text) {
  const fixture = expandTokens(readFileSync(`rego/rules/${rule}/${name}`, "utf8"));
  const header = (load(readFixtureHeader(fixture) ?? "{}") ?? {}) as FixtureHeader;
  const text = change(fixture);
  const { report } = await judgeFixture(rule, name, text, header);
  return report.findings.filter((finding) => finding.rule === rule).map((finding) => ({ finding, text }));
}

/** A text whose documents stand in a list, and that in an object which carries others. */
function carried(text: string): string {
  const items = loadAll(text);
  const list = { apiVersion: "v1", kind: "List", items };
  return dump({
    apiVersion: "template.openshift.io/v1",
    kind: "Template",
    metadata: { name: "carrier" },
    objects: [list],
  });
}

/** What is found in objects, wherever these stand. */
const inObjects = (found: readonly { readonly finding: Finding }[]) =>
  found
    .flatMap(({ finding: { object, variant, path } }) =>
      object === null ? [] : [`${object.kind} ${object.namespace}/${object.name} ${path.join(".")}: ${variant}`],
    )
    .sort((a, b) => a.localeCompare(b));

// The findings of a fixture are its markers: `fixtures.test.ts` sees to that.
describe.each(allRules.map(({ id }) => id))("%s", (rule) => {
  test("is shown in every shape that it can meet", async () => {
    const names = readdirSync(`rego/rules/${rule}`).filter((name) => /^bad(-.*)?\.yaml$/.test(name));
    const found = (await Promise.all(names.map((name) => judge(rule, name)))).flat();
    const shown = new Set(found.flatMap(({ finding, text }) => shapesOf(finding, text)));
    const shapes = Object.keys(met) as readonly Shape[];
    const wanted = shapes.filter((shape) => found.some(({ finding }) => met[shape](finding)));
    expect(wanted.filter((shape) => !shown.has(shape))).toEqual(shapes.filter((shape) => rule in IMPOSSIBLE[shape]));
  });
});

// What is wrong with one of an object's values may be told by the file, which is another one then.
describe.each(allRules.map(({ id }) => id))("%s", (rule) => {
  test("finds the same in what another object carries", async () => {
    const found = await judge(rule, "bad.yaml", (text) =>
      loadAll(text)
        .map((document) => dump(document))
        .join("---\n"),
    );
    expect(inObjects(await judge(rule, "bad.yaml", carried))).toEqual(inObjects(found));
  });
});

test("says of existing rules alone what they can't meet", () => {
  const ids = allRules.map(({ id }): string => id);
  const named = Object.values(IMPOSSIBLE).flatMap((rules) => Object.keys(rules));
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});
