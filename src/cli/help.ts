/** What `--help` says below the options of `check`. */
export const CHECK_HELP = `
Examples:
  portcullis                                check everything below the repository's root
  portcullis deploy/ k8s/*.yaml             check some folders and files
  portcullis --fail-on medium --profile strict
  portcullis --format github --output sarif=portcullis.sarif
  portcullis --framework cis --framework owasp
                                            say which controls fail and pass, too
  portcullis charts/app -f prod.yaml        judge a chart with these values too
  portcullis render charts/app              print what of a chart is judged
  portcullis explain rbac/wildcard-grant    what a rule looks for, and what to do about it

A folder that is named like a command is checked with a path: portcullis ./rules

Exit codes:
  0    pass: no finding at or above --fail-on
  1    fail: there are such findings
  2    error: something could not be judged (wrong usage, wrong configuration, an unreadable file)
  130  interrupted
`;
