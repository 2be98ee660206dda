import type { Reporter } from "../model/report.ts";
import { renderGithub } from "./github.ts";
import { renderGitlab } from "./gitlab.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderSarif } from "./sarif.ts";
import { renderText } from "./text.ts";

/** The output formats, in the order in which help texts name them. */
export const formats = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"] as const;
export type Format = (typeof formats)[number];

/** The reporter of each format. All are pure and end their text with a line end. */
export const reporters: { readonly [format in Format]: Reporter } = {
  text: renderText,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
  gitlab: renderGitlab,
  markdown: renderMarkdown,
};
