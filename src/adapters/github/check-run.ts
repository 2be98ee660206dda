import type { CheckRun } from "../../model/pull-request.ts";
import type { PullRequestAddress } from "./address.ts";
import type { GitHubClient } from "./client.ts";

/** The API takes this many annotations in a request, and adds those of the next to them. */
const BATCH = 50;
/** Name of the check run, beside that of the job. */
export const CHECK_NAME = "Portcullis findings";

/** Makes a check run with all annotations, in batches of 50. Throws `GitHubError`. */
export async function createCheckRun(
  client: GitHubClient,
  { owner, repo }: Pick<PullRequestAddress, "owner" | "repo">,
  { headSha, conclusion, title, summary, annotations }: CheckRun,
): Promise<void> {
  const output = (start: number): object => ({ title, summary, annotations: annotations.slice(start, start + BATCH) });
  const { id } = await client.call<{ id: number }>("POST /repos/{owner}/{repo}/check-runs", {
    owner,
    repo,
    name: CHECK_NAME,
    head_sha: headSha,
    status: "completed",
    conclusion,
    output: output(0),
  });
  for (let start = BATCH; start < annotations.length; start += BATCH) {
    await client.call("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      owner,
      repo,
      check_run_id: id,
      output: output(start),
    });
  }
}
