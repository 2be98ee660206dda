import { expect, test } from "@jest/globals";
import { changeFacts, changesSince } from "../../../../src/core/compare/changes.ts";
import type { JudgedObject } from "../../../../src/core/input/policy-input.ts";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";
import { isJsonObject, type Json } from "../../../../src/model/json.ts";

const memory = new Memory();

/** Objects whose data is redacted, as in a run. */
function objectsOf(files: Readonly<Record<string, string>>): readonly JudgedObject[] {
  const texts = Object.entries(files).map(([uri, text]) => ({
    source: { uri, text },
    explicit: false,
    context: false,
  }));
  const redact = (value: Json): Json => (isJsonObject(value) ? { ...value, data: "[redacted]" } : value);
  return load(texts, memory).files.flatMap((file) =>
    file.objects.map((object) => ({ object, redacted: redact(object.value), evidence: [], certificates: [] })),
  );
}

const config = (name: string, value: string, kind = "Secret") =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\ndata:\n  a: ${value}\n`;
const role = (name: string, verb: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: ${name}, namespace: shop}\nrules: [{verbs: [${verb}]}]\n`;

function touched(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  renames: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  return [...changesSince(objectsOf(before), objectsOf(now), renames)].map(([{ object }, change]) => {
    const was = change.before === null ? "added" : `was ${change.before.object.name}`;
    return `${object.name} ${was}${change.content ? ", other content" : ""}`;
  });
}

test("what is as it was is not touched, wherever it stands", () => {
  const before = { "a.yaml": [config("a", "eA=="), config("b", "eA==")].join("---\n"), "c.yaml": role("c", "get") };
  expect(touched(before, before)).toEqual([]);
  expect(
    touched(before, { "x/a.yaml": config("b", "eA=="), "z.yaml": `${role("c", "get")}---\n${config("a", "eA==")}` }),
  ).toEqual([]);
});

test("another secret is other content, though nobody sees it", () => {
  expect(touched({ "a.yaml": config("a", "eA==") }, { "a.yaml": config("a", "eQ==") })).toEqual([
    "a was a, other content",
  ]);
});

test("a rule that changes is no other content", () => {
  expect(touched({ "a.yaml": role("a", "get") }, { "a.yaml": role("a", "list") })).toEqual(["a was a"]);
});

test("files and objects are followed to their new names", () => {
  const renames = new Map([["old.yaml", "new.yaml"]]);
  expect(touched({ "old.yaml": role("a", "get") }, { "new.yaml": role("a", "list") }, renames)).toEqual(["a was a"]);
  expect(touched({ "a.yaml": role("a", "get") }, { "a.yaml": role("renamed", "get") })).toEqual(["renamed was a"]);
});

test("an object is followed once: its copy is added", () => {
  const one = role("a", "get");
  expect(touched({ "a.yaml": one }, { "a.yaml": one, "b.yaml": one })).toEqual(["a added, other content"]);
});

test("the policy sees what was there before under the id that it has now, and no secret", () => {
  const before = objectsOf({ "a.yaml": config("a", "c2VjcmV0"), "b.yaml": role("b", "get") });
  const now = objectsOf({
    "a.yaml": config("a", "b3RoZXI="),
    "b.yaml": role("b", "get"),
    "c.yaml": config("c", "eA=="),
  });
  const changes = changesSince(before, now, new Map());
  const [a, , c] = now.map(({ object }) => object.id);
  const facts = changeFacts(now, changes);
  expect(facts).toMatchObject({
    changes: {
      added: [c],
      contents: [a],
      before: { objects: [{ id: a, name: "a", file: "a.yaml" }], kinds: { Secret: [0] } },
    },
  });
  expect(JSON.stringify(facts)).not.toMatch(/c2VjcmV0|b3RoZXI=/);
  expect(changeFacts(now.slice(1, 2), changes)).toEqual({});
});
