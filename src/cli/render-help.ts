/** What `render --help` says below the options. */
export const RENDER_HELP = `
Prints the manifests that check judges, in the form and order of helm template. Where the values leave
something out that the chart asks for, it is rendered without, and standard error says what is missing.
Values files are merged, later ones over earlier ones; check judges the chart with each by itself.

Caution: unlike every other command this one prints values as they are, secrets included. It is meant
for a desk; keep it out of the logs of CI.

Examples:
  portcullis render charts/app
  portcullis render charts/app -f values-prod.yaml --set image.tag=1.2
  portcullis render charts/app --provenance json    the template, line and helper behind every line

Exit codes:
  0    printed
  2    error: the chart, or a part of it, could not be rendered
`;
