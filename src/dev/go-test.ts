import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";

/**
 * Runs the tests of the Go module, writes their counts to `.cache/go-test.json`, and throws where one
 * fails. Packages without tests count nothing.
 */
export function goTest(folder: string): void {
  const vet = spawnSync("go", ["vet", "./..."], { cwd: folder, stdio: "inherit" });
  if (vet.status !== 0) throw new Error(`go vet ended with ${vet.status}`);
  const { stdout, status } = spawnSync("go", ["test", "-json", "./..."], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const events = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { Action: string; Test?: string; Package: string; Output?: string });
  const ended = (action: string) => events.filter((event) => event.Action === action && event.Test !== undefined);
  const failed = ended("fail");
  mkdirSync(".cache", { recursive: true });
  writeFileSync(".cache/go-test.json", JSON.stringify({ passed: ended("pass").length, failed: failed.length }));
  process.stdout.write(`   ${ended("pass").length} tests\n`);
  if (status === 0) return;
  const output = events.filter(({ Action, Test }) => Action === "output" && failed.some((each) => each.Test === Test));
  throw new Error(output.map(({ Output }) => Output).join("") || "go test failed");
}
