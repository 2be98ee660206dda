/** A check run to make: what it says, and what it marks in the files. */
export interface CheckRun {
  /** The commit that it is about. */
  readonly headSha: string;
  readonly conclusion: "success" | "failure";
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
}

/** An annotation of a check run, in the words of GitHub's API. Lines and columns are 1-based. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** A comment on lines of a pull request, with an edit to accept. */
export interface ReviewComment {
  readonly path: string;
  /** First and last line (1-based) on the right side of the diff. */
  readonly startLine: number;
  readonly endLine: number;
  /** Markdown. */
  readonly body: string;
  /** Names what the comment is about, so that it is not made twice. */
  readonly key: string;
}

/** How a surface came out: written, or why it is absent, in our words. */
export type Written = { readonly kind: "written" } | { readonly kind: "absent"; readonly reason: Absence };

/** `forbidden`: the token may not. `limited`: GitHub asked to slow down. `failed`: it did not answer, or refused. */
export type Absence = "forbidden" | "limited" | "failed";
