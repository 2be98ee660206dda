import { GitHubError, type GitHubClient } from "./client.ts";
import type { PullRequestAddress } from "./address.ts";

/** Marks the gate's one comment. People cannot see it. */
const MARKER = "<!-- portcullis: the gate's comment -->";
const MOST_PAGES = 30;

interface Comment {
  readonly id: number;
  readonly node_id: string;
  readonly body?: string | null;
  readonly user: { readonly type?: string } | null;
}

/**
 * Makes the gate's one comment hold `body`; where `body` is only worth an update (`quiet`), a pull request without the comment gets none, and the
 * comment is folded away as resolved. A comment that somebody deleted meanwhile is made anew. Only comments of bots are taken for the gate's,
 * since anybody can write the marker. Throws `GitHubError`.
 */
export async function upsertComment(
  client: GitHubClient,
  address: PullRequestAddress,
  { body, quiet }: { readonly body: string; readonly quiet: boolean },
): Promise<void> {
  const text = `${MARKER}\n${body}`;
  const known = await findComment(client, address);
  const comment = known === null ? null : await update(client, address, known, text);
  if (comment === null) {
    if (quiet) return;
    await client.call("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { ...issue(address), body: text });
    return;
  }
  await setMinimised(client, comment, quiet);
}

async function findComment(client: GitHubClient, address: PullRequestAddress): Promise<Comment | null> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const comments = await client.call<readonly Comment[]>("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...issue(address),
      per_page: 100,
      page,
    });
    const found = comments.find(({ body, user }) => body?.startsWith(MARKER) === true && user?.type === "Bot");
    if (found !== undefined) return found;
    if (comments.length < 100) return null;
  }
  return null;
}

async function update(
  client: GitHubClient,
  { owner, repo }: PullRequestAddress,
  comment: Comment,
  body: string,
): Promise<Comment | null> {
  if (comment.body === body) return comment;
  try {
    await client.call("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      owner,
      repo,
      comment_id: comment.id,
      body,
    });
    return comment;
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return null;
    throw error;
  }
}

// Folding is GraphQL's alone. A comment that stays unfolded still says the right thing, so failing at it is no failure.
async function setMinimised(client: GitHubClient, { node_id: id }: Comment, minimised: boolean): Promise<void> {
  const query = minimised
    ? "mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: RESOLVED}) { clientMutationId } }"
    : "mutation($id: ID!) { unminimizeComment(input: {subjectId: $id}) { clientMutationId } }";
  await client
    .call("POST /graphql", { baseUrl: client.graphqlUrl, query, variables: { id } })
    .catch((error: unknown) => {
      if (!(error instanceof GitHubError)) throw error;
    });
}

function issue({ owner, repo, number }: PullRequestAddress): object {
  return { owner, repo, issue_number: number };
}
