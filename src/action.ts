import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import * as core from "@actions/core";
import type { Json } from "./model/json.ts";
import { checkRepository, readConfigAt } from "./app.ts";
import { runAction } from "./action/run.ts";
import { showInvisible } from "./reporters/harmless.ts";

const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice };

try {
  await runAction({
    input: (name) => core.getInput(name),
    lines: (name) => core.getMultilineInput(name),
    output: (name, value) => core.setOutput(name, value),
    annotate: (level, message, properties) => ANNOTATE[level](message, properties),
    info: (text) => core.info(text),
    fail: (message) => core.setFailed(message),
    writeSummary: async (markdown) => {
      if (process.env["GITHUB_STEP_SUMMARY"] === undefined) return;
      await core.summary.addRaw(markdown).write();
    },
    event: async () => {
      const path = process.env["GITHUB_EVENT_PATH"] ?? "";
      return {
        name: process.env["GITHUB_EVENT_NAME"] ?? "",
        payload: path === "" ? null : (JSON.parse(await readFile(path, "utf8")) as Json),
        serverUrl: process.env["GITHUB_SERVER_URL"] ?? "https://github.com",
      };
    },
    pullRequest: async (token, address) => {
      const [{ getOctokit }, { githubClient }, { githubPullRequest }] = await Promise.all([
        import("@actions/github"),
        import("./adapters/github/client.ts"),
        import("./adapters/github/pull-request.ts"),
      ]);
      const client = githubClient({
        octokit: getOctokit(token),
        apiUrl: process.env["GITHUB_API_URL"] ?? "https://api.github.com",
        sleep: (time) => setTimeout(time),
      });
      return githubPullRequest(client, address);
    },
    readConfig: readConfigAt,
    mask: (secret) => core.setSecret(secret),
    cwd: process.env["GITHUB_WORKSPACE"] ?? process.cwd(),
    check: checkRepository,
  });
} catch (error) {
  // A defect's message may quote what was read; its kind may not.
  core.setFailed(showInvisible(`portcullis: internal error (${error instanceof Error ? error.name : typeof error})`));
  process.exitCode = 2;
}
