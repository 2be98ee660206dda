import type { ValuesLeaf } from "../../model/chart-rendering.ts";
import type { DataPath } from "../../model/json.ts";
import { fileOf } from "./answer.ts";
import { decodeFrame } from "./frame.ts";

interface Feed {
  readonly path: DataPath;
  readonly kind: "set" | "file" | "chart";
  readonly source: string;
  readonly at: DataPath;
}

/** The answer to a `feed` call: the leaves for each scalar, in the order of the question. */
export function readFeeds(frame: Uint8Array): readonly (readonly ValuesLeaf[])[] {
  const { feeds } = decodeFrame(frame).header as { feeds: (Feed[] | null)[] };
  return feeds.map((each) =>
    (each ?? []).map((feed): ValuesLeaf => ({ path: feed.path, source: sourceOf(feed), at: feed.at })),
  );
}

function sourceOf(feed: Feed): ValuesLeaf["source"] {
  if (feed.kind === "set") return { kind: "set" };
  return feed.kind === "file" ? { kind: "file", name: feed.source } : { kind: "chart", file: fileOf(feed.source) };
}
