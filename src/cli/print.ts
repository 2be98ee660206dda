import type { TextStream } from "./effects.ts";
import { UsageError } from "../core/errors.ts";

/**
 * Writes `text` to standard output. A reader that has gone away (`| head`) is no error; anything
 * else that keeps the text from being written is one.
 */
export async function print(stream: TextStream, text: string): Promise<void> {
  try {
    await stream.write(text);
  } catch (error) {
    if (isBrokenPipe(error)) return;
    throw new UsageError("cannot write to standard output");
  }
}

/** Writes a line to standard error, where it can be written; nobody is left to be told otherwise. */
export async function complain(stream: TextStream, message: string): Promise<void> {
  await stream.write(`portcullis: ${harmless(message)}\n`).catch(() => undefined);
}

/** Whether a stream's reader has gone away: EPIPE, or what Node makes of it on a second write. */
export function isBrokenPipe(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return code === "EPIPE" || code === "EOF" || code === "ERR_STREAM_DESTROYED";
}

/**
 * On one line, without the characters that a terminal acts on or that turn the direction of text. A
 * second line could begin with `::`, which a runner takes for a command.
 */
function harmless(text: string): string {
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, "\uFFFD");
}
