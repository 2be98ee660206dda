import { expect, test } from "@jest/globals";
import { fileOf } from "../../../../src/adapters/helm/answer.ts";
import { decodeFrame, encodeFrame } from "../../../../src/adapters/helm/frame.ts";

test("a frame gives its header and its parts back", () => {
  const parts = ["ü😀", "", "a: 1\n"].map((text) => new TextEncoder().encode(text));
  const { header, take } = decodeFrame(
    encodeFrame({ name: "ümlaut", sizes: parts.map(({ length }) => length) }, parts),
  );
  expect(header).toEqual({ name: "ümlaut", sizes: [6, 0, 5] });
  expect(parts.map(({ length }) => new TextDecoder().decode(take(length)))).toEqual(["ü😀", "", "a: 1\n"]);
});

test("a frame that is a view into a larger buffer can be read", () => {
  const frame = encodeFrame({ a: 1 }, [new Uint8Array([7])]);
  const larger = new Uint8Array(frame.length + 9);
  larger.set(frame, 5);
  const { header, take } = decodeFrame(larger.subarray(5, 5 + frame.length));
  expect(header).toEqual({ a: 1 });
  expect([...take(1)]).toEqual([7]);
});

test.each([
  ["templates/x.yaml", { path: "templates/x.yaml", archive: null }],
  ["charts/sub/values.yaml", { path: "charts/sub/values.yaml", archive: null }],
  ["charts/a-1.0.0.tgz!/templates/x.yaml", { path: "templates/x.yaml", archive: "charts/a-1.0.0.tgz" }],
  ["charts/a.tgz!/charts/b.tgz!/values.yaml", { path: "values.yaml", archive: "charts/a.tgz" }],
])("%s", (path, file) => {
  expect(fileOf(path)).toEqual(file);
});
