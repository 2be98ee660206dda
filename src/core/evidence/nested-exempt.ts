/** How much of a text decides what it is, in UTF-16 units. */
const HEAD = 4000;

/**
 * Whether a text talks about credentials without holding any: policies in Rego, CSV or Kyverno, JSON
 * Schemas, Grafana dashboards. `name` is the name of the entry or file that it comes from.
 */
export function isAboutCredentials(text: string, name: string): boolean {
  const head = text.slice(0, HEAD);
  return isRego(head, name) || isPolicyTable(head) || isPolicyObject(head) || isSchema(head) || isDashboard(text);
}

function isRego(head: string, name: string): boolean {
  if (/\.rego$/i.test(name)) return true;
  return (
    /^[ \t]*package [\w.]+(?:\["[^"]+"\])?[ \t]*$/m.test(head) &&
    /^[ \t]*(?:default |allow|deny|violation|import |warn|contains)/m.test(head)
  );
}

// Every line of Argo CD's `policy.csv` is a policy or a group (Casbin).
function isPolicyTable(head: string): boolean {
  const lines = head
    .split("\n")
    .slice(0, -1)
    .concat(head.length < HEAD ? [head.slice(head.lastIndexOf("\n") + 1)] : []);
  const said = lines.filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
  return said.length > 0 && said.every((line) => /^[ \t]*[pg], ?[\w:*./-]+,/.test(line));
}

function isPolicyObject(head: string): boolean {
  return /^apiVersion: ["']?(?:kyverno\.io|templates\.gatekeeper\.sh|constraints\.gatekeeper\.sh|policies\.kyverno\.io)\//m.test(
    head,
  );
}

function isSchema(head: string): boolean {
  return (
    /^\s{0,20}\{[^{}]{0,500}"\$schema"\s{0,5}:\s{0,5}"[^"]{0,100}json-schema/.test(head) ||
    /^\$schema:[^\n]{0,100}json-schema/m.test(head)
  );
}

function isDashboard(text: string): boolean {
  return /^\s{0,20}\{/.test(text) && /"panels"\s{0,5}:/.test(text) && /"schemaVersion"\s{0,5}:/.test(text);
}

/** Whether an entry is a bundle of texts for people, by its name: `messages_en.properties`, `i18n.json`. */
export function isLanguageBundle(name: string): boolean {
  return (
    /(?:^|[/_.-])(?:messages|i18n|l10n|locales?|lang|translations?|strings|labels)(?:[_.-][A-Za-z_-]{2,8})?(?:\.[a-z]+)?$/i.test(
      name,
    ) || /^[a-z]{2}(?:[-_][A-Z]{2})?\.(?:json|ya?ml|properties|po)$/.test(name)
  );
}

/** Whether a text is a shell script. */
export function isShellScript(text: string, name: string): boolean {
  return (
    /\.(?:sh|bash|zsh|ksh)$/i.test(name) || /^\s*#!\s*\S*(?:\/env +)?\S*\b(?:ba|da|z|k|a)?sh\b/.test(text.slice(0, 200))
  );
}
