import type { PullRequestPort } from "../../core/ports.ts";
import type { Written } from "../../model/pull-request.ts";
import type { PullRequestAddress } from "./address.ts";
import { approversOf } from "./approvals.ts";
import { createCheckRun } from "./check-run.ts";
import { GitHubError, type GitHubClient } from "./client.ts";
import { upsertComment } from "./comment.ts";
import { review } from "./review.ts";

/** A pull request on GitHub. What the token may not do, or GitHub does not, is an answer, never an exception. */
export function githubPullRequest(client: GitHubClient, address: PullRequestAddress): PullRequestPort {
  return {
    comment: (body, quiet) => written(upsertComment(client, address, { body, quiet })),
    checkRun: (run) => written(createCheckRun(client, address, run)),
    review: (commit, comments) => written(review(client, address, commit, comments)),
    approvers: (commit, teams) =>
      approversOf(client, address, commit, teams).catch((error: unknown) => {
        if (error instanceof GitHubError) return null;
        throw error;
      }),
  };
}

async function written(work: Promise<void>): Promise<Written> {
  try {
    await work;
    return { kind: "written" };
  } catch (error) {
    if (error instanceof GitHubError) return { kind: "absent", reason: error.absence };
    throw error;
  }
}
