import { describe, expect, test } from "@jest/globals";
import { baseOfEvent } from "../../../src/action/event.ts";
import type { Json } from "../../../src/model/json.ts";

const id = (digit: string) => digit.repeat(40);
const [BASE, HEAD, MERGE_PARENT] = [id("a"), id("b"), id("c")];

const pull: Json = { pull_request: { head: { sha: HEAD }, base: { sha: BASE } } };

describe("what a run is compared with", () => {
  test.each<[string, Json, readonly string[], unknown]>([
    ["pull_request", pull, [MERGE_PARENT, HEAD], { ref: MERGE_PARENT, at: "commit", settings: MERGE_PARENT }],
    ["pull_request", pull, [MERGE_PARENT], { ref: BASE, at: "merge-base", settings: BASE }],
    ["pull_request", pull, [MERGE_PARENT, id("d")], { ref: BASE, at: "merge-base", settings: BASE }],
    ["pull_request", pull, [MERGE_PARENT, HEAD, id("d")], { ref: BASE, at: "merge-base", settings: BASE }],
    ["pull_request_target", pull, [], { ref: BASE, at: "merge-base", settings: BASE }],
    ["pull_request", {}, [], null],
    ["pull_request", { pull_request: { base: { sha: "--upload-pack=x" } } }, [], null],
    ["merge_group", { merge_group: { base_sha: BASE } }, [], { ref: BASE, at: "commit", settings: BASE }],
    ["push", { before: BASE }, [], { ref: BASE, at: "commit", settings: null }],
    ["push", { before: "0".repeat(40) }, [], null],
    ["schedule", {}, [], null],
    ["workflow_dispatch", { before: BASE }, [], null],
    ["", null, [], null],
  ])("%s %j %j", (name, payload, parents, expected) => {
    expect(baseOfEvent({ name, payload, parents })).toEqual(expected);
  });
});
