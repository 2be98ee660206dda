import type { ReviewComment } from "../../model/pull-request.ts";
import type { PullRequestAddress } from "./address.ts";
import { GitHubError, type GitHubClient } from "./client.ts";

/** More comments at once are called spam, by people and by GitHub's limits. */
const MOST_COMMENTS = 30;
const MOST_PAGES = 30;

const markerOf = (key: string): string => `<!-- portcullis: ${key} -->`;

/**
 * Comments on lines of a pull request, at most thirty and each once: what an earlier run said is not said again. `commit` is the
 * head that the lines are those of. Where GitHub takes one line for none of the diff, the comments are sent one by one. Throws `GitHubError`.
 */
export async function review(
  client: GitHubClient,
  address: PullRequestAddress,
  commit: string,
  comments: readonly ReviewComment[],
): Promise<void> {
  if (comments.length === 0) return;
  const said = await bodiesOf(client, address);
  const fresh = comments
    .filter(({ key }) => !said.some((body) => body.includes(markerOf(key))))
    .slice(0, MOST_COMMENTS);
  if (fresh.length === 0) return;
  const send = (some: readonly ReviewComment[]): Promise<unknown> =>
    client.call("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
      ...pull(address),
      commit_id: commit,
      event: "COMMENT",
      body: "",
      comments: some.map(fields),
    });
  try {
    await send(fresh);
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 422 || fresh.length === 1) throw error;
    for (const comment of fresh) {
      await send([comment]).catch((single: unknown) => {
        if (!(single instanceof GitHubError) || single.status !== 422) throw single;
      });
    }
  }
}

function fields({ path, startLine, endLine, body, key }: ReviewComment): object {
  const start = startLine === endLine ? {} : { start_line: startLine, start_side: "RIGHT" };
  return { path, ...start, line: endLine, side: "RIGHT", body: `${body}\n\n${markerOf(key)}` };
}

async function bodiesOf(client: GitHubClient, address: PullRequestAddress): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const comments = await client.call<readonly { body: string }[]>(
      "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
      { ...pull(address), per_page: 100, page },
    );
    bodies.push(...comments.map(({ body }) => body));
    if (comments.length < 100) break;
  }
  return bodies;
}

function pull({ owner, repo, number }: PullRequestAddress): object {
  return { owner, repo, pull_number: number };
}
