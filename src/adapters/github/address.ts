/** Where a pull request is. */
export interface PullRequestAddress {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}
