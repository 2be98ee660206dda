import type { PullRequestAddress } from "./address.ts";
import { GitHubError, type GitHubClient } from "./client.ts";

const MOST_PAGES = 30;

interface Review {
  readonly state: string;
  readonly commit_id?: string | null;
  readonly user: { readonly login: string } | null;
}

/**
 * Who of the listed users and teams (`octocat`, `@org/team`) has approved `commit`, or the head of the pull request where it is `null`: the last review of a person that
 * approves or asks for changes counts, and one of an older commit does not. An author can't approve on GitHub. Throws `GitHubError`.
 */
export async function approversOf(
  client: GitHubClient,
  { owner, repo, number }: PullRequestAddress,
  commit: string | null,
  approvers: readonly string[],
): Promise<readonly string[]> {
  const pull = { owner, repo, pull_number: number };
  const approved =
    commit ??
    (await client.call<{ head: { sha: string } }>("GET /repos/{owner}/{repo}/pulls/{pull_number}", pull)).head.sha;
  const last = new Map<string, Review>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const reviews = await client.call<readonly Review[]>("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
      ...pull,
      per_page: 100,
      page,
    });
    for (const each of reviews) {
      if (each.user !== null && ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].includes(each.state))
        last.set(each.user.login, each);
    }
    if (reviews.length < 100) break;
  }
  const approving = [...last].filter(([, { state, commit_id }]) => state === "APPROVED" && commit_id === approved);
  const counted: string[] = [];
  for (const [login] of approving) if (await isListed(client, login, approvers)) counted.push(login);
  return counted;
}

async function isListed(client: GitHubClient, login: string, approvers: readonly string[]): Promise<boolean> {
  const wanted = login.toLowerCase();
  if (approvers.some((each) => each.replace(/^@/, "").toLowerCase() === wanted)) return true;
  for (const team of approvers) {
    const [, org, slug] = /^@?([^/]+)\/([^/]+)$/.exec(team) ?? [];
    if (org === undefined || slug === undefined) continue;
    const membership = await client
      .call<{ state: string }>("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", {
        org,
        team_slug: slug,
        username: login,
      })
      .catch((error: unknown) => {
        // Not a member, or a token that may not know.
        if (error instanceof GitHubError && error.absence === "forbidden") return null;
        throw error;
      });
    if (membership?.state === "active") return true;
  }
  return false;
}
