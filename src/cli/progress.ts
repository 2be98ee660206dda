import type { TextStream } from "./effects.ts";

const QUIET_MS = 1000;
const INTERVAL_MS = 100;
const ERASE_LINE = "\r\u001B[2K";

/** A line on a terminal that says how far the run is. */
export interface ProgressLine {
  /** Cheap enough to be called for every file. */
  report(stage: string, done: number, total: number): void;
  /** Takes the line away, if it is there, and ends it: later reports are ignored. */
  clear(): Promise<void>;
}

/**
 * The progress line on `stream`: it shows once the run has taken a second, ten times a second at
 * most. On anything but a terminal it stays silent.
 */
export function createProgress(stream: TextStream, now: () => number, enabled: boolean): ProgressLine {
  const started = now();
  let next = started + QUIET_MS;
  let visible = false;
  let ended = !enabled || !stream.isTTY;
  let written: Promise<void> = Promise.resolve();
  const show = (text: string): void => {
    // Nobody is told when the terminal is gone: the report says so, or nothing is left to say.
    written = stream.write(text).catch(() => undefined);
  };
  return {
    report(stage, done, total) {
      if (ended || now() < next) return;
      next = now() + INTERVAL_MS;
      visible = true;
      const text = total > 0 ? `${stage} ${done}/${total}` : stage;
      show(`${ERASE_LINE}${text.slice(0, Math.max((stream.columns || 80) - 1, 1))}`);
    },
    async clear() {
      ended = true;
      if (visible) show(ERASE_LINE);
      visible = false;
      await written;
    },
  };
}
